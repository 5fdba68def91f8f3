"""The page of agreement in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from agreement_pages import HOSTILE_TEXT, hostile, ordinary
from chromium import CHROMIUM, MISSING, chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=MISSING)
# The sentence as it stands in the article: hidden characters as themselves.
AS_READ = """element => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll('.hidden-character').forEach(each => each.replaceWith(
        String.fromCodePoint(parseInt(each.textContent.slice(2), 16))));
    return copy.textContent;
}"""
# What stands on a ground of its own, against that ground.
CONTRASTS = """() => {
    const light = colour => {
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = 1;
        const context = canvas.getContext('2d');
        context.fillStyle = colour;
        context.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map(each => {
            const part = each / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = element => {
        const own = getComputedStyle(element).backgroundColor;
        return own === 'rgba(0, 0, 0, 0)' ? ground(element.parentElement) : own;
    };
    return [...document.querySelectorAll('mark, .said, .nothing, .where, .matrices td, h3, label')]
        .filter(each => each.getClientRects().length)
        .map(each => {
            const [one, other] = [light(getComputedStyle(each).color), light(ground(each))];
            return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        });
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def show(browser: Browser, folder: Path, content: str) -> Page:
    path = folder / "agreement.html"
    path.write_text(content, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(path.as_uri())
    return page


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    shown = show(browser, tmp_path, ordinary())
    yield shown
    shown.close()


@pytest.fixture
def attack(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    shown = show(browser, tmp_path, hostile())
    yield shown
    shown.close()


def test_hostile_text_runs_nothing(attack: Page) -> None:
    dialogs: list[str] = []
    attack.on("dialog", lambda dialog: dialogs.append(dialog.message))
    for mark in attack.locator("mark:visible").all():
        mark.hover(force=True)

    assert attack.title() == "ViNEE: agreement of annotators"
    assert attack.evaluate("document.scripts.length") == 0
    assert dialogs == []


def test_sentences_are_shown_to_the_last_character(attack: Page) -> None:
    shown = {each.evaluate(AS_READ) for each in attack.locator(".sentence").all()}

    assert shown == {HOSTILE_TEXT}


def test_nothing_is_asked_for_outside(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "agreement.html"
    path.write_text(hostile(), encoding="utf-8")
    page = browser.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))

    page.goto(path.as_uri())

    assert (asked, complaints) == ([path.as_uri()], [])
    page.close()


def test_the_spots_of_one_pair_are_shown_at_first_and_another_is_chosen(page: Page) -> None:
    assert page.locator(".pair:visible > h3").all_inner_texts() == ["a1 and a2"]

    page.locator("#show-1").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".pair:visible > h3").all_inner_texts() == ["a1 and a3"]

    page.locator("#show-all").check()
    assert page.locator(".pair:visible").count() == 6


def test_layers_and_kinds_are_filtered_and_counted(page: Page) -> None:
    page.locator("#show-2").check()
    counted = page.locator("label:has(#group-arguments) .of:visible").inner_text()
    assert page.locator(".spot.group-arguments:visible").count() == int(counted) > 0

    page.locator("#group-arguments").uncheck()
    page.locator("#kind-chain").uncheck()

    assert page.locator(".spot.group-arguments:visible, .spot.kind-chain:visible").count() == 0
    assert page.locator(".spot:visible").count() > 0


def test_both_annotations_stand_side_by_side_and_one_below_the_other_on_a_phone(page: Page) -> None:
    def boxes() -> list[tuple[float, float]]:
        found = [each.bounding_box() for each in page.locator(".spot .side").all()[:2]]
        return [(box["x"], box["y"]) for box in found if box is not None]

    (left, top), (right, same) = boxes()
    assert left < right
    assert top == same

    page.set_viewport_size({"width": 390, "height": 800})
    (left, top), (below_left, below) = boxes()
    assert left == below_left
    assert top < below


@pytest.mark.parametrize("width", [360, 800, 1280])
def test_the_page_is_no_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_both_themes(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.locator("#show-all").check()

    contrasts = page.evaluate(CONTRASTS)

    assert len(contrasts) > 500
    assert min(contrasts) >= 4.5


def test_on_paper_it_is_light_and_without_controls(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")

    assert page.locator(".controls").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
