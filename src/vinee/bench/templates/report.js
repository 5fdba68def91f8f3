// Draws the arcs of arguments over the text, and lights up what belongs together. Without it the
// page has the same content: arguments stand in lists, chains have numbers that are links.
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const LINES = "li[data-gold], li[data-predicted]";

  const element = (name, attributes) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };

  // Gold arcs end above the text, predicted ones below it.
  const place = (id, side, frame) => {
    const mark = document.getElementById(id);
    const box = mark && mark.getClientRects()[0];
    if (!box) return null;
    return {
      x: box.left + Math.min(box.width, 64) / 2 - frame.left,
      y: (side === "gold" ? box.top : box.bottom) - frame.top,
    };
  };

  const curve = (one, other, side) => {
    const up = side === "gold" ? -1 : 1;
    const far = Math.abs(one.x - other.x) + Math.abs(one.y - other.y);
    const bend = up * Math.min(8 + far / 8, 26);
    const top = up < 0 ? Math.min(one.y, other.y) : Math.max(one.y, other.y);
    return {
      path: `M${one.x},${one.y} C${one.x},${top + bend} ${other.x},${top + bend} ${other.x},${other.y}`,
      x: (one.x + other.x) / 2,
      y: top + 0.75 * bend + (up < 0 ? -2 : 9),
    };
  };

  const draw = (reading) => {
    const text = reading.querySelector(".text");
    const old = text.querySelector("svg");
    if (old) old.remove();
    const frame = text.getBoundingClientRect();
    if (!frame.width) return;
    const layer = element("svg", { class: "arcs", "aria-hidden": "true", focusable: "false" });
    for (const line of reading.querySelectorAll(LINES)) {
      for (const side of ["gold", "predicted"]) {
        if (!line.dataset[side]) continue;
        const [from, to] = line.dataset[side].split(" ");
        const one = place(from, side, frame);
        const other = place(to, side, frame);
        if (!one || !other) continue;
        const shape = curve(one, other, side);
        const group = element("g", { class: `arc ${side} ${line.className}` });
        group.dataset.from = from;
        group.dataset.to = to;
        group.append(element("path", { d: shape.path }));
        group.append(element("circle", { cx: other.x, cy: other.y, r: 2.5 }));
        const role = element("text", { x: shape.x, y: shape.y });
        // One arc for both sides says both roles, where they differ.
        const alone = line.dataset.gold && line.dataset.predicted;
        const roles = line.querySelectorAll(alone ? `.said-${side} .role` : ".role");
        role.textContent = [...new Set([...roles].map((each) => each.textContent))].join(" → ");
        group.append(role);
        layer.append(group);
      }
    }
    text.append(layer);
  };

  const readings = [...document.querySelectorAll(".reading")];
  const redraw = () => readings.forEach(draw);

  const dim = (reading) => {
    for (const each of reading.querySelectorAll(".lit")) each.classList.remove("lit");
  };

  const light = (reading, target) => {
    dim(reading);
    const mark = target.closest(".mark");
    const line = target.closest(LINES);
    const wanted = line ? [line.dataset.gold, line.dataset.predicted] : [];
    const id = mark && (mark.dataset.of || mark.id);
    for (const arc of reading.querySelectorAll(".arc")) {
      const { from, to } = arc.dataset;
      if (from === id || to === id || wanted.includes(`${from} ${to}`)) {
        arc.classList.add("lit");
        for (const end of [from, to]) document.getElementById(end).classList.add("lit");
      }
    }
    if (!mark) return;
    for (const side of ["g", "p"]) {
      const chain = mark.dataset[side];
      if (!chain) continue;
      for (const each of reading.querySelectorAll(`.mark[data-${side}="${chain}"]`)) {
        each.classList.add("lit");
      }
    }
  };

  // Links to the next error pass over those that the filter hides.
  const hides = (mark) => {
    const outcome = [...mark.classList].find((name) => name.startsWith("is-")).slice(3);
    return [`class-${outcome}`, `layer-${mark.classList[1]}`].some((id) => {
      const box = document.getElementById(id);
      return box && !box.checked;
    });
  };
  const follow = (event) => {
    const link = event.target.closest("a.next");
    if (!link) return;
    let mark = document.getElementById(link.hash.slice(1));
    while (mark && hides(mark)) mark = document.getElementById(mark.dataset.next || "");
    if (!mark) {
      event.preventDefault();
    } else if (mark.id !== link.hash.slice(1)) {
      event.preventDefault();
      location.hash = mark.id;
    }
  };

  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) draw(target.closest(".reading"));
  });
  for (const reading of readings) {
    observer.observe(reading.querySelector(".text"));
    for (const name of ["pointerover", "focusin"]) {
      reading.addEventListener(name, (event) => light(reading, event.target));
    }
    for (const name of ["pointerleave", "focusout"]) {
      reading.addEventListener(name, () => dim(reading));
    }
  }
  document.addEventListener("change", redraw);
  document.addEventListener("click", follow);

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const each of closed) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of closed) each.open = false;
    closed = [];
    redraw();
  });
})();
