"""Makes the pictures of an annotator's first day again, from a server that runs.

    LABEL_STUDIO_URL=http://127.0.0.1:8080 LABEL_STUDIO_API_KEY=… LABEL_STUDIO_PASSWORD=… \
        python scripts/label_studio/first_day.py docs/label-studio/images

The password is that of the key's owner, and becomes that of lan@example.org, who accepts the
invitation. Two projects are made for the pictures and deleted after; the account stays.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator import Annotator
from chromium import chromium
from picture import keep

from vinee.labelstudio import pushing
from vinee.labelstudio.connection import connect
from vinee.labelstudio.pushing import predicting, source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import FloatRect, Page

    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.pushing.predicting import Predicted
    from vinee.model import Document

_LAN = "lan@example.org"
_BLIND, _SUGGESTED = "Articles of May", "Articles of May, with suggestions"
_SIZE = {"width": 1600, "height": 960}
_SMALL = {"width": 1100, "height": 760}
# The half of a small page on which its form stands.
_FORM: FloatRect = {"x": 600, "y": 140, "width": 450, "height": 500}
# Arrows and lists are drawn a moment after what they belong to.
_DRAWN = 1200
_PUTIN, _WHOLE, _MEET = "Vladimir Putin", "Tổng thống Nga Vladimir Putin", "gặp"
_PLANNED = "gặp người đồng cấp"


def main() -> None:
    """Go through an annotator's first day, and keep what is seen."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    connection = connect(os.environ["LABEL_STUDIO_URL"], os.environ["LABEL_STUDIO_API_KEY"])
    found = source.articles(None).documents
    with _project(connection, _BLIND, found) as blind, chromium(connection.url) as browser:
        page = browser.new_page(viewport=_SMALL)  # type: ignore[arg-type]
        lan = Annotator(page, connection.url)
        _come_in(lan, connection, folder)
        page.set_viewport_size(_SIZE)  # type: ignore[arg-type]
        _list(page, f"{connection.url}/projects/{blind}/data", folder)
        lan.open_next(blind)
        _annotate(lan, found[0].text or "", folder)
        with _suggested(connection, found) as suggested:
            lan.open_next(suggested)
            page.wait_for_timeout(_DRAWN)
            keep(page, folder / "suggestions.png")


@contextmanager
def _project(
    connection: Connection,
    title: str,
    documents: Sequence[Document],
    predicted: Predicted | None = None,
) -> Iterator[int]:
    """Make a project of articles, and delete it in the end."""
    asked = pushing.Request(documents, title, predicted=predicted)
    number = pushing.push(connection, asked).project
    projects: Any = connection.sdk.projects
    try:
        yield number
    finally:
        projects.delete(number)


@contextmanager
def _suggested(connection: Connection, documents: Sequence[Document]) -> Iterator[int]:
    with tempfile.TemporaryDirectory() as kept:
        predicted = predicting.by_extractor("rules", documents, Path(kept))
        with _project(connection, _SUGGESTED, documents, predicted) as number:
            yield number


def _come_in(lan: Annotator, connection: Connection, folder: Path) -> None:
    """Accept the invitation, leave, and log in again."""
    page, password = lan.page, os.environ["LABEL_STUDIO_PASSWORD"]
    lan.log_in(connection.email, password)
    invitation = page.evaluate("fetch('/api/invite').then(answer => answer.json())")
    page.context.clear_cookies()
    page.goto(f"{connection.url}{invitation['invite_url']}")
    page.locator("input[name=email]").fill(_LAN)
    page.locator("input[name=password]").fill(password)
    keep(page, folder / "invitation.png", _FORM)
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
    page.goto(f"{connection.url}/user/login/")
    page.locator("input[name=email]").fill(_LAN)
    keep(page, folder / "login.png", _FORM)
    lan.log_in(_LAN, password)


def _list(page: Page, address: str, folder: Path) -> None:
    page.goto(address)
    page.get_by_role("button", name="Label All Tasks").wait_for()
    page.wait_for_timeout(_DRAWN)
    keep(page, folder / "tasks.png")


def _annotate(lan: Annotator, text: str, folder: Path) -> None:
    page = lan.page
    putin = _place(text, _PUTIN)
    _drag_halfway(lan, "1", putin, folder / "drawing.png")
    [mention] = lan.regions()
    extent = lan.label("0", *_place(text, _WHOLE))
    lan.relate(mention, extent, "extent")
    trigger = lan.label("shift+m", *_place(text, _MEET))
    lan.select(trigger)
    page.keyboard.press("Alt+r")
    page.wait_for_function("vinee.linking()")
    page.wait_for_timeout(_DRAWN)
    keep(page, folder / "linking.png")
    found = page.evaluate("id => vinee.label(id)", mention.id)
    page.mouse.click(found["x"], found["y"])
    page.wait_for_function("vinee.relations().length === 2")
    _roles(page, 1, folder / "roles.png")
    start, _ = _place(text, _PLANNED)
    planned = lan.label("shift+m", start, start + len(_MEET))
    lan.select(planned)
    for control, value in (("realis", "OTHER"), ("polarity", "POSITIVE"), ("modality", "PLANNED")):
        lan.choose(control, value)
    lan.write("chain", "gap-sap-toi")
    page.wait_for_timeout(_DRAWN)
    keep(page, folder / "event.png")
    keep(page, folder / "submit.png", _bottom(page))


def _drag_halfway(lan: Annotator, key: str, place: tuple[int, int], path: Path) -> None:
    """Keep what is seen with the button of the mouse still down."""
    page = lan.page
    page.keyboard.press(key)
    one, other = (
        page.evaluate("([at, side]) => vinee.point(at, side)", [at, side])
        for at, side in ((place[0], "start"), (place[1] - 1, "end"))
    )
    page.mouse.move(one["x"], one["y"])
    page.mouse.down()
    page.mouse.move(other["x"], other["y"], steps=4)
    keep(page, path)
    page.mouse.up()
    page.wait_for_function("vinee.regions().length === 1")
    # What ends where this did, and as fast as a double click, would get the label of this.
    page.wait_for_timeout(_DRAWN)


def _roles(page: Page, index: int, path: Path) -> None:
    """Keep the list of roles, opened in the way that `Annotator.relate` opens it."""
    page.locator("#Relations-draggable").click()
    row = page.locator(".lsf-relations__item").nth(index)
    row.hover()
    row.get_by_role("button", name="Show Relation Labels").click()
    row.locator(".lsf-relation-meta button").first.click()
    page.wait_for_timeout(_DRAWN)
    keep(page, path)
    page.get_by_test_id("select-option-Entity").click()
    page.keyboard.press("Escape")
    page.locator("#Regions-draggable").click()


def _bottom(page: Page) -> FloatRect:
    box = page.locator(".lsf-bottombar").bounding_box()
    if box is None:
        raise SystemExit("there is no bar with buttons below the text")
    return box


def _place(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


if __name__ == "__main__":
    main()
