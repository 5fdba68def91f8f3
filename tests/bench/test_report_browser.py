"""The report in a real browser."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright
from report_pages import HOSTILE_TEXT, hostile, ordinary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium in the path: apt-get install chromium"
)
SWITCHES = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
# The article as a reader sees it: without labels and signs, hidden characters as themselves.
AS_READ = """element => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll('.label, .sign').forEach(each => each.remove());
    copy.querySelectorAll('.hidden-character').forEach(each => each.replaceWith(
        String.fromCodePoint(parseInt(each.textContent.slice(2), 16))));
    return copy.textContent;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield opened
        opened.close()


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


def visible_systems(page: Page) -> set[str]:
    found = page.locator(".pair:visible .side:last-child > h4").all_inner_texts()
    return set(found)


def test_hostile_text_runs_nothing(attack: Page) -> None:
    for box in attack.locator(".box:visible").all():
        box.hover(force=True)

    assert attack.title() == "ViNEE report"
    assert attack.evaluate("document.scripts.length") == 0


def test_hostile_text_is_shown_to_the_last_character(attack: Page) -> None:
    shown = [each.evaluate(AS_READ) for each in attack.locator(".text").all()]

    assert shown == [HOSTILE_TEXT, HOSTILE_TEXT]


def test_a_script_that_slipped_in_would_not_run(browser: Browser, tmp_path: Path) -> None:
    content = ordinary().replace("</main>", "<script>document.title = 'owned'</script></main>")

    page = show(browser, tmp_path, content)

    assert (page.title(), page.evaluate("document.scripts.length")) == ("ViNEE report", 1)
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

    assert (asked, complaints) == ([path.as_uri()], [])
    page.close()


def test_the_first_system_of_the_leaderboard_is_shown_first(page: Page) -> None:
    assert visible_systems(page) == {"perfect"}


def test_another_system_is_chosen_with_the_keyboard(page: Page) -> None:
    page.locator("#show-1").focus()
    page.keyboard.press("ArrowRight")

    assert visible_systems(page) == {"half"}


def test_all_systems_can_be_shown(page: Page) -> None:
    page.get_by_label("all systems").check()

    assert visible_systems(page) == {"perfect", "half"}


def test_no_script_is_needed(browser: Browser, tmp_path: Path) -> None:
    page = show(browser, tmp_path, ordinary(), java_script_enabled=False)
    page.get_by_label("half").check()

    assert visible_systems(page) == {"half"}
    page.close()


def test_outcomes_differ_in_their_borders(page: Page) -> None:
    page.get_by_label("half").check()
    styles = {
        outcome: page.locator(f".legend .{outcome}").first.evaluate(
            "element => getComputedStyle(element).borderTopStyle"
        )
        for outcome in ("correct", "missed", "spurious")
    }

    assert styles == {"correct": "solid", "missed": "dashed", "spurious": "double"}


def test_nested_names_stand_inside_each_other(page: Page) -> None:
    nested = page.locator(".pair:visible .box .box").first

    assert nested.evaluate(AS_READ) == "G20"


@pytest.mark.parametrize("width", [400, 800, 1280])
def test_the_page_is_no_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_sides_stand_below_each_other_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    gold, system = (each.bounding_box() for each in page.locator(".pair:visible .side").all()[:2])

    assert gold is not None
    assert system is not None
    assert gold["y"] + gold["height"] <= system["y"]


def test_dark_is_dark(page: Page) -> None:
    page.emulate_media(color_scheme="dark")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 20, 25)"


def test_on_paper_it_is_light_and_without_controls(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")

    assert page.locator(".choice").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_way_round_of_text_stays(attack: Page) -> None:
    assert attack.evaluate("document.body.innerText.includes('\\u202e')") is False
