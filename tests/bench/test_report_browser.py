"""The report in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from chromium import CHROMIUM, MISSING, chromium
from report_pages import HOSTILE_TEXT, every_class, hostile, ordinary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)
# The article as a reader sees it: without labels and signs, hidden characters as themselves.
AS_READ = """element => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll('.tag, svg').forEach(each => each.remove());
    copy.querySelectorAll('.hidden-character').forEach(each => each.replaceWith(
        String.fromCodePoint(parseInt(each.textContent.slice(2), 16))));
    return copy.textContent;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def show(browser: Browser, folder: Path, content: str, **options: object) -> Page:
    path = folder / "report.html"
    path.write_text(content, encoding="utf-8")
    page = browser.new_page(**options)  # type: ignore[arg-type]
    page.goto(path.as_uri())
    return page


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    shown = show(browser, tmp_path, ordinary(), viewport={"width": 1280, "height": 900})
    yield shown
    shown.close()


@pytest.fixture
def attack(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    shown = show(browser, tmp_path, hostile(), viewport={"width": 1280, "height": 900})
    yield shown
    shown.close()


@pytest.fixture
def classes(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    shown = show(browser, tmp_path, every_class(), viewport={"width": 1280, "height": 900})
    yield shown
    shown.close()


def visible_systems(page: Page) -> set[str]:
    found = page.locator(".reading:visible > h4").all_inner_texts()
    return {each.removeprefix("Gold and ") for each in found}


def visible_tags(page: Page) -> set[str]:
    """The classes of errors of the marks whose labels are shown."""
    return set(
        page.locator(".text .mark > .tag:visible").evaluate_all(
            "all => all.map(each => each.parentNode.className.match(/is-(\\w+)/)[1])"
        )
    )


def test_hostile_text_runs_nothing(attack: Page) -> None:
    dialogs: list[str] = []
    attack.on("dialog", lambda dialog: dialogs.append(dialog.message))
    for mark in attack.locator(".mark:visible, li.argument:visible").all():
        mark.hover(force=True)
    for mark in attack.locator(".text a.event:visible").all():
        mark.focus()

    assert attack.title() == "ViNEE report"
    assert attack.evaluate("document.scripts.length") == 1
    assert attack.locator("svg.arcs script, svg.arcs img, svg.arcs a").count() == 0
    assert dialogs == []


def test_hostile_text_is_shown_to_the_last_character(attack: Page) -> None:
    shown = [each.evaluate(AS_READ) for each in attack.locator(".text").all()]

    assert shown == [HOSTILE_TEXT]


def test_a_script_that_slipped_in_would_not_run(browser: Browser, tmp_path: Path) -> None:
    content = ordinary().replace("</main>", "<script>document.title = 'owned'</script></main>")

    page = show(browser, tmp_path, content)

    assert (page.title(), page.evaluate("document.scripts.length")) == ("ViNEE report", 2)
    page.close()


def test_nothing_is_asked_for_outside(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(hostile(), encoding="utf-8")
    page = browser.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))

    page.goto(path.as_uri())
    page.locator(".text a.event").first.focus()

    assert (asked, complaints) == ([path.as_uri()], [])
    page.close()


def test_the_first_system_of_the_leaderboard_is_shown_first(page: Page) -> None:
    assert visible_systems(page) == {"perfect"}


def test_another_system_is_chosen_with_the_keyboard(page: Page) -> None:
    page.locator("#show-1").focus()
    page.keyboard.press("ArrowRight")

    assert visible_systems(page) == {"half"}


def test_all_systems_can_be_shown(page: Page) -> None:
    page.locator("#show-all").check()

    assert visible_systems(page) == {"perfect", "half"}


def test_no_script_is_needed(browser: Browser, tmp_path: Path) -> None:
    page = show(browser, tmp_path, ordinary(), java_script_enabled=False)
    page.locator("#show-2").check()

    assert visible_systems(page) == {"half"}
    page.close()


def test_outcomes_differ_in_their_lines_and_signs(classes: Page) -> None:
    found = classes.locator(".legend .mention").evaluate_all(
        """all => all.map(each => [getComputedStyle(each).borderTopStyle,
            getComputedStyle(each).borderTopWidth, getComputedStyle(each).borderBottomWidth,
            each.querySelector('.sign').textContent].join())"""
    )

    assert len(set(found)) == 7


def test_gold_is_above_and_predicted_below(classes: Page) -> None:
    widths = """each => [getComputedStyle(each).borderTopWidth,
        getComputedStyle(each).borderBottomWidth].map(each => each !== '0px')"""

    assert classes.locator(".text .is-missed").first.evaluate(widths) == [True, False]
    assert classes.locator(".text .is-spurious").first.evaluate(widths) == [False, True]
    assert classes.locator(".text .is-correct").first.evaluate(widths) == [True, True]


def test_nested_names_stand_inside_each_other(page: Page) -> None:
    nested = page.locator(".reading:visible .mark .mark").first

    assert nested.evaluate(AS_READ) == "G20"


def test_lines_of_nested_names_do_not_lie_on_each_other(page: Page) -> None:
    top = "each => each.getClientRects()[0].top"
    outer = page.locator(".reading:visible .mark:has(> .mark)").first

    assert outer.evaluate(top) <= outer.locator("> .mark").evaluate(top) - 4


def test_a_class_is_hidden_with_the_keyboard(classes: Page) -> None:
    before = visible_tags(classes)
    classes.locator("#class-missed").focus()
    classes.keyboard.press("Space")

    assert before == {"correct", "type", "boundary", "both", "missed", "spurious", "unscored"}
    assert visible_tags(classes) == before - {"missed"}
    assert classes.locator("li.is-missed:visible").count() == 0


def test_a_layer_is_hidden(classes: Page) -> None:
    classes.locator("#layer-mention").uncheck()

    assert classes.locator(".text .mention > .tag:visible").count() == 0
    assert classes.locator(".text .trigger > .tag:visible").count() == 1
    assert classes.locator(".text").evaluate(AS_READ).startswith("Tổng thống Nga Vladimir Putin")


def test_filters_need_no_script(browser: Browser, tmp_path: Path) -> None:
    page = show(browser, tmp_path, every_class(), java_script_enabled=False)
    for name in ("correct", "type", "boundary", "both", "spurious", "unscored"):
        page.locator(f"#class-{name}").uncheck()

    assert page.locator(".text .tag:visible").count() == 1
    page.close()


def test_numbers_stand_beside_the_filters(classes: Page) -> None:
    labels = classes.locator(".controls label").all_inner_texts()

    assert [each.strip() for each in labels] == [
        *("✓ correct (4)", "T type (2)", "B boundary (1)", "TB both (1)"),
        *("− missed (1)", "+ spurious (1)", "· unscored (2)"),
        *("mentions (7)", "times (1)", "triggers (1)", "arguments (3)", "chains (1)"),
    ]


def test_numbers_are_those_of_the_system_that_is_shown(page: Page) -> None:
    missed = page.locator("label:has(#class-missed)")
    first = missed.inner_text()
    page.locator("#show-2").check()

    assert (first.strip(), missed.inner_text().strip()) == ("− missed (0)", "− missed (4)")


# Each arc's ends with the places of the marks that it must connect.
ENDS = """all => all.map(arc => {
    const path = arc.querySelector('path');
    const matrix = path.getScreenCTM();
    const end = at => path.getPointAtLength(at).matrixTransform(matrix);
    const near = (point, id) => {
        const box = document.getElementById(id).getClientRects()[0];
        return box.left <= point.x && point.x <= box.right
            && Math.min(Math.abs(point.y - box.top), Math.abs(point.y - box.bottom)) < 2;
    };
    const {from, to} = arc.dataset;
    return near(end(0), from) && near(end(path.getTotalLength()), to);
})"""


def test_arcs_connect_triggers_with_fillers(classes: Page) -> None:
    arcs = classes.locator(".arc")
    ends = arcs.evaluate_all(
        """all => all.map(arc => [arc.dataset.from, arc.dataset.to].map(id => {
            const mark = document.getElementById(id).cloneNode(true);
            mark.querySelectorAll('.tag').forEach(each => each.remove());
            return mark.textContent;
        }))"""
    )

    assert ends == [["gặp", "Vladimir Putin"], ["gặp", "Donald Trump"], ["gặp", "bên lề"]]
    assert arcs.evaluate_all(ENDS) == [True] * 3


def test_arcs_follow_the_text_when_the_window_changes(classes: Page) -> None:
    classes.set_viewport_size({"width": 420, "height": 900})
    classes.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))")

    assert classes.locator(".arc").evaluate_all(ENDS) == [True] * 3


def test_arcs_of_a_system_are_drawn_when_it_is_chosen(page: Page) -> None:
    page.locator("#show-2").check()

    page.locator(".of-2 .arc").first.wait_for(state="attached")
    assert all(page.locator(".of-2 .arc").evaluate_all(ENDS))


def test_a_trigger_in_focus_lights_its_arguments_up(classes: Page) -> None:
    classes.locator(".text .trigger a.event").focus()

    assert classes.locator(".arc.lit").count() == 3
    assert classes.locator(".arc.lit text").all_text_contents() == [
        "Entity → Place",
        "Entity",
        "Place",
    ]


def test_a_trigger_leads_to_its_arguments_and_back(classes: Page) -> None:
    classes.locator(".text .trigger a.event").focus()
    classes.keyboard.press("Enter")
    target = classes.locator(":target")

    assert "Contact.Meet" in target.inner_text()
    assert target.is_visible()
    target.locator("> a").click()
    assert classes.locator(".text .trigger:target").count() == 1


def test_a_chain_in_focus_lights_up_together(classes: Page) -> None:
    link = classes.locator(".text a.chain").first
    link.focus()
    lit = classes.locator(".text .mark.lit").evaluate_all("all => all.map(each => each.id)")

    assert len(lit) >= 2
    assert str(link.get_attribute("href"))[1:] in lit


def test_arguments_stand_in_a_list_where_no_script_runs(browser: Browser, tmp_path: Path) -> None:
    page = show(browser, tmp_path, every_class(), java_script_enabled=False)

    page.locator("summary", has_text="event with arguments").click()
    assert [each.inner_text() for each in page.locator("li.argument:visible").all()] == [
        "T gold Entity Vladimir Putin, predicted Place Vladimir Putin",
        "✓ Entity Donald Trump",
        "· Place bên lề (implicit)",
    ]
    assert page.locator(".arc").count() == 0
    page.close()


def test_links_lead_from_error_to_error(classes: Page) -> None:
    seen = []
    link = classes.locator(".way a.next")
    while link.count():
        link.first.focus()
        classes.keyboard.press("Enter")
        seen.append(classes.evaluate("document.querySelector(':target').className.split(' ')[2]"))
        place = classes.evaluate("location.hash")
        link = classes.locator(f"{place} > .tag > a.next")

    assert seen == [
        *("is-missed", "is-type", "is-boundary", "is-boundary"),
        *("is-spurious", "is-both", "is-both"),
    ]


def test_links_pass_over_errors_that_are_hidden(classes: Page) -> None:
    classes.locator("#class-missed").uncheck()
    classes.locator(".way a.next").click()

    assert "is-type" in classes.evaluate("document.querySelector(':target').className")


def test_the_first_key_leads_past_the_head(page: Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("location.hash") == "#articles"


def test_what_has_the_focus_can_be_seen(classes: Page) -> None:
    for _ in range(30):
        classes.keyboard.press("Tab")
        width = classes.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert float(width.removesuffix("px")) >= 2


def test_controls_tables_and_pictures_have_names(classes: Page) -> None:
    nameless = classes.evaluate(
        """() => [...document.querySelectorAll('input, a, summary, [role], section, article, nav')]
            .filter(each => !each.closest('svg.arcs'))
            .filter(each => !(each.labels?.length || each.textContent.trim()
                || each.getAttribute('aria-label')
                || document.getElementById(each.getAttribute('aria-labelledby') || '')))
            .length"""
    )

    assert nameless == 0
    assert classes.locator("main").count() == classes.locator("h1").count() == 1


CONTRASTS = """() => {
    const parts = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = colour => parts(colour).slice(0, 3).map(part => part / 255)
        .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
    const ground = each => {
        for (let at = each; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (colour.startsWith('rgb') && (parts(colour)[3] ?? 1) === 1) return colour;
        }
        return 'rgb(255, 255, 255)';
    };
    return [...document.querySelectorAll('.chip, .sign, .text, p, th, td, label, a, summary')]
        .filter(each => each.checkVisibility())
        .map(each => {
            const [one, other] = [light(getComputedStyle(each).color), light(ground(each))];
            return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_both_themes(classes: Page, scheme: Literal["light", "dark"]) -> None:
    classes.emulate_media(color_scheme=scheme)

    assert min(classes.evaluate(CONTRASTS)) >= 4.5


@pytest.mark.parametrize("width", [400, 800, 1280])
def test_the_page_is_no_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_dark_is_dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 20, 25)"


def test_on_paper_it_is_light_and_without_controls(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")

    assert page.locator(".controls").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_it_prints_with_all_that_was_folded(classes: Page) -> None:
    printed = classes.pdf()
    shown = classes.locator("details").evaluate_all("all => all.map(each => each.open)")
    classes.evaluate("dispatchEvent(new Event('beforeprint'))")
    unfolded = classes.locator("details").evaluate_all("all => all.map(each => each.open)")

    assert printed.startswith(b"%PDF")
    assert not all(shown)
    assert all(unfolded)


def test_the_way_round_of_text_stays(attack: Page) -> None:
    assert attack.evaluate("document.body.innerText.includes('\\u202e')") is False


def test_the_filters_do_not_cover_the_headings_above_an_error_of_the_first_line(page: Page) -> None:
    room, bar, above = page.evaluate(
        """() => {
            const top = selector => document.querySelector(selector).getBoundingClientRect().top;
            return [
                parseFloat(getComputedStyle(document.querySelector('.mark')).scrollMarginTop),
                document.querySelector('.controls').getBoundingClientRect().height,
                top('.reading:not(.of-2) .text') - top('article h3'),
            ];
        }"""
    )

    assert room >= bar + above
