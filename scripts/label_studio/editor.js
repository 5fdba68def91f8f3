// What a page object must know of the editor's page: where a character stands on the screen, and
// what the editor holds. Nothing here changes anything but the scroll position.
window.vinee = (() => {
  // Milliseconds.
  const STAYS = 300;
  const GIVEN_UP = 5000;
  const MARGIN = 60; // pixels, for what may cover the upper and lower ends of the text
  let last = {};
  const annotation = () => window.Htx?.annotationStore?.selected ?? null;
  const container = () =>
    annotation()?.objects.find((each) => each.name === "text")?.mountNodeRef.current ?? null;
  const clean = (id) => id.replace(/#.*/, "");
  const words = new Intl.Segmenter("vi", { granularity: "grapheme" });

  // The editor splits the text at every \n and at every \r, and shows each as a <br>.
  const nodes = () => {
    const walker = document.createTreeWalker(container(), NodeFilter.SHOW_ALL);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType === Node.TEXT_NODE || node.nodeName === "BR") found.push(node);
    }
    return found;
  };
  const length = (node) => (node.nodeName === "BR" ? 1 : [...node.data].length);

  // The text node in which the code point at `offset` stands, and its place there in UTF-16 units.
  const place = (offset) => {
    let before = 0;
    for (const node of nodes()) {
      const size = length(node);
      if (offset < before + size) {
        if (node.nodeName === "BR") return { node, at: 0 };
        return { node, at: [...node.data].slice(0, offset - before).join("").length };
      }
      before += size;
    }
    throw new Error(`there is no character ${offset}, the text shown has ${before}`);
  };

  // The box of the whole sign, for a browser gives a combining mark no box of its own.
  const box = (offset) => {
    const { node, at } = place(offset);
    if (node.nodeName === "BR") throw new Error(`character ${offset} is the end of a line`);
    const sign = words.segment(node.data).containing(at);
    const range = document.createRange();
    range.setStart(node, sign.index);
    range.setEnd(node, sign.index + sign.segment.length);
    const boxes = [...range.getClientRects()].filter((each) => each.width > 0);
    if (!boxes.length) throw new Error(`character ${offset} is not shown`);
    return boxes[0];
  };

  // What is said of the whole task counts as regions to the editor, and is none in the text.
  const drawn = () => (annotation()?.regions ?? []).filter((each) => !each.classification);

  const regions = () =>
    drawn().map((each) => ({
      id: clean(each.id),
      control: each.labeling?.from_name.name.replace(/@.*/, "") ?? "",
      label: each.labeling?.mainValue?.[0] ?? "",
      start: each.globalOffsets?.start ?? each.startOffset,
      end: each.globalOffsets?.end ?? each.endOffset,
    }));

  const region = (id) => annotation().regions.find((each) => clean(each.id) === id);

  return {
    // "ready" when the task is there and every region can be seen in its text, "broken" when the
    // editor has stopped before that, "" as long as neither can be said. It makes all of it anew
    // several times while it loads, so that what it shows must stay for a while.
    verdict: (task) => {
      const { Htx } = window;
      const current = annotation();
      const root = container();
      const loaded =
        !!current &&
        (Htx.task?.id === task || task === null) &&
        !Htx.isLoading &&
        !Htx.isSubmitting;
      const complete =
        loaded &&
        !!root &&
        current.objects.every((each) => each.isReady) &&
        drawn().every((each) => root.contains(each._spans?.[0] ?? null));
      if (task === null && Htx?.noTask) return "ready";
      const seen = loaded ? `${complete} ${current.id} ${drawn().length}` : "";
      if (!loaded || seen !== last.seen || root !== last.root) {
        last = { seen, root, since: performance.now() };
        return "";
      }
      const stayed = performance.now() - last.since;
      return complete ? (stayed > STAYS ? "ready" : "") : stayed > GIVEN_UP ? "broken" : "";
    },
    state: () => ({
      task: window.Htx?.task?.id ?? null,
      key: annotation()?.pk ?? null,
      type: annotation()?.type ?? null,
      ready: annotation()?.objects?.map((each) => each.isReady) ?? [],
      unseen: drawn()
        .filter((each) => !each._spans?.[0]?.isConnected)
        .map((each) => clean(each.id)),
    }),
    // Whether the editor knows nothing of what the server has of the task.
    lost: async (task) => {
      const told = await (await fetch(`/api/tasks/${task}`)).json();
      const { annotations, predictions } = window.Htx.annotationStore;
      const shown = annotations.filter((each) => each.pk).length + predictions.length;
      return !shown && told.annotations.length + told.predictions.length > 0;
    },
    errors: () =>
      [...(window.Htx?.annotationStore?.validation ?? [])].map((each) =>
        String(each.error ?? each.value ?? each),
      ),
    text: () =>
      nodes()
        .map((node) => (node.nodeName === "BR" ? "\n" : node.data))
        .join(""),
    regions,
    relations: () =>
      annotation().relationStore.relations.map((each) => ({
        one: clean(each.node1.id),
        other: clean(each.node2.id),
        direction: each.direction,
        roles: [...(each.labels ?? [])],
      })),
    selected: () => {
      const node = annotation().highlightedNode;
      return node ? clean(node.id) : null;
    },
    linking: () => annotation().isLinkingMode,
    // Scrolls until the characters can be seen, the last of them as well if there is room.
    show: (first, last) => {
      const view = holder();
      const seen = (offset) => {
        const at = box(offset);
        const hit = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
        return container().contains(hit);
      };
      if (!seen(first) || !seen(last)) {
        const edge = Math.max(view.getBoundingClientRect().top, 0);
        view.scrollTop += box(first).top - edge - MARGIN;
      }
      return seen(first) && seen(last);
    },
    // A point in the left or right tenth of a character.
    point: (offset, side) => {
      const at = box(offset);
      const shift = side === "start" ? 0.1 : 0.9;
      return { x: at.left + at.width * shift, y: at.top + at.height / 2 };
    },
    // Where the label of a region stands: at the right end of its last line, inside no other.
    label: (id) => {
      const last = region(id)._spans.at(-1);
      last.scrollIntoView({ block: "center" });
      const at = [...last.getClientRects()].at(-1);
      return { x: at.right - 4, y: at.top + at.height / 2 };
    },
    control: (name) => {
      const tag = [...annotation().names.values()].find(
        (each) => each.name.replace(/@.*/, "") === name,
      );
      return tag?.elementRef?.current ?? null;
    },
  };

  function holder() {
    let found = container();
    while (
      found &&
      !(
        found.scrollHeight > found.clientHeight + 1 &&
        /auto|scroll/.test(getComputedStyle(found).overflowY)
      )
    ) {
      found = found.parentElement;
    }
    return found ?? document.scrollingElement;
  }
})();
