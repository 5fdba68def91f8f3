"""Makes the guides' pictures of the annotation interface again, from a server that runs.

    LABEL_STUDIO_URL=http://127.0.0.1:8080 LABEL_STUDIO_API_KEY=… LABEL_STUDIO_PASSWORD=… \
        python scripts/label_studio/screenshots.py docs/label-studio/images

The password is that of the key's owner. A project is made for the pictures and deleted after.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from chromium import chromium
from msgspec.structs import replace
from picture import keep

from vinee import ontology, resources
from vinee.corpus import gold, quoted
from vinee.corpus.adjudication import articles
from vinee.formats.label_studio import task
from vinee.labelstudio.adjudicating import adjudicate
from vinee.labelstudio.config import instructions, labeling_config
from vinee.labelstudio.connection import connect
from vinee.labelstudio.projects import ensure, find
from vinee.model import NIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from vinee.corpus.adjudication import Article
    from vinee.labelstudio.connection import Connection

_TITLE = "ViNEE, for the guides"
_PASSES = ("a1", "a2")
_DECIDED = "002_7d1fedcf346e9907"
_ENTITY = "kremlin"
_SIZE = {"width": 1600, "height": 960}
# Where lines are long, fewer arrows go from one to another.
_WIDE = 2000
# What the eyes in the panels do: that above the relations, and that at the label EXTENT.
_HIDE_ARROWS = "Htx.annotationStore.selected.relationStore.toggleAllVisibility()"
_HIDE_EXTENTS = """Htx.annotationStore.selected.regionStore.regions
    .filter(each => each.labels.includes('EXTENT') && !each.hidden)
    .forEach(each => each.toggleHidden())"""
# What stands above and below the text.
_AROUND_TEXT = 160
_LOADED = "document.querySelectorAll('.vinee-text .htx-highlight').length > 20"


def main() -> None:
    """Push the gold, look at it, and keep what is seen."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    connection = connect(os.environ["LABEL_STUDIO_URL"], os.environ["LABEL_STUDIO_API_KEY"])
    with _project(connection) as addresses, _page(connection) as page:
        for name, address in addresses.items():
            _open(page, address)
            page.evaluate(_HIDE_ARROWS)
            _whole_article(page, folder / f"article-{name[:3]}.png", _SIZE["width"])
            _open(page, address)
            page.evaluate(_HIDE_EXTENTS)
            _whole_article(page, folder / f"article-{name[:3]}-arguments.png", _WIDE)
        _open(page, next(iter(addresses.values())))
        _details(page, folder)
        _decisions(connection, page, folder)


@contextmanager
def _project(connection: Connection) -> Iterator[dict[str, str]]:
    """Make a project of the gold; give the addresses of its tasks by document."""
    known = ontology.default()
    project = ensure(connection, _TITLE, labeling_config(known), instructions(known))
    projects: Any = connection.sdk.projects
    try:
        projects.import_tasks(project.id, request=[task(each) for each in gold.documents()])
        tasks: Any = connection.sdk.tasks.list(project=project.id)
        numbers = {each.data["doc_id"]: each.id for each in tasks}
        data = f"{connection.url}/projects/{project.id}/data"
        yield {name: f"{data}?task={number}" for name, number in sorted(numbers.items())}
    finally:
        projects.delete(project.id)


@contextmanager
def _page(connection: Connection) -> Iterator[Page]:
    with chromium(connection.url) as browser:
        page = browser.new_page(viewport=_SIZE)  # type: ignore[arg-type]
        page.goto(f"{connection.url}/user/login/")
        page.fill("input[name=email]", connection.email)
        page.fill("input[name=password]", os.environ["LABEL_STUDIO_PASSWORD"])
        page.click("button[type=submit]")
        page.wait_for_url(lambda address: "/login" not in address)
        yield page


def _open(page: Page, address: str) -> None:
    page.set_viewport_size(_SIZE)  # type: ignore[arg-type]
    page.goto(address)
    page.wait_for_function(_LOADED)
    # Arrows are drawn a moment after the regions.
    page.wait_for_timeout(1500)


def _whole_article(page: Page, path: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": _SIZE["height"]})
    page.wait_for_timeout(500)
    height = page.locator(".vinee-text").evaluate("element => element.scrollHeight")
    page.set_viewport_size({"width": width, "height": height + _AROUND_TEXT})
    page.wait_for_timeout(1500)
    box = page.locator(".vinee-text").bounding_box()
    keep(page, path, box)


def _details(page: Page, folder: Path) -> None:
    page.get_by_role("button", name="Instructions").click()
    page.get_by_text("Step by step").wait_for()
    keep(page, folder / "instructions.png")
    page.keyboard.press("Escape")
    page.get_by_text("Step by step").wait_for(state="hidden")
    for name, label in (("mention", "GPE"), ("time", "DATE"), ("trigger", "Contact.Meet")):
        page.locator(f'.htx-highlight[data-label*=":{label}"]').nth(1).click()
        page.wait_for_timeout(500)
        keep(page, folder / f"{name}.png")
        page.keyboard.press("Escape")
    page.keyboard.press("f")
    page.keyboard.type("meet")
    page.wait_for_timeout(300)
    keep(page, folder / "filter.png")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Backspace")
    _arrow(page, folder / "arrow.png")
    _relation(page, folder / "relation.png")


def _decisions(connection: Connection, page: Page, folder: Path) -> None:
    """Show an article of our two passes, and one on which two differ in an item, made up for it."""
    passes = resources.root() / "annotations" / "passes"
    first, second = (quoted.resolved(passes / who) for who in _PASSES)
    real = next(a for a in articles(first, second, _PASSES) if a.doc_id == _DECIDED)
    with _adjudicated(connection, real) as address:
        _open(page, address)
        block = page.locator(".vinee-block").first
        block.locator("label", has_text="a1: ").click()
        block.get_by_role("textbox").first.click()
        page.keyboard.type("A6: câu này cho biết điều được chuẩn bị")
        keep(page, folder / "adjudicating.png")
    document = next(each for each in gold.documents() if each.doc_id == _DECIDED)
    other = replace(
        document,
        entities=tuple(
            replace(each, wikidata=NIL) if each.corpus_id == _ENTITY else each
            for each in document.entities or ()
        ),
    )
    with _adjudicated(connection, *articles([document], [other], ("lan", "minh"))) as address:
        _open(page, address)
        keep(page, folder / "adjudicating-item.png")


@contextmanager
def _adjudicated(connection: Connection, article: Article) -> Iterator[str]:
    """Make a project of what two state, in which nothing is decided; give the task's address."""
    title = f"{_TITLE}, decisions"
    with TemporaryDirectory() as logs:
        [found] = adjudicate(connection, [article], title, Path(logs))
    try:
        yield found.url
    finally:
        projects: Any = connection.sdk.projects
        projects.delete(find(connection, title).id)


def _arrow(page: Page, path: Path) -> None:
    """Point at the name of an arrow."""
    name = page.locator(".relations-overlay g[id] g").filter(has_text="Speaker").first
    name.locator("rect").hover()
    page.wait_for_timeout(500)
    keep(page, path)
    page.mouse.move(0, 0)


def _relation(page: Page, path: Path) -> None:
    page.locator("#Relations-draggable").click()
    entry = page.locator(".lsf-relations__item").filter(has_text="Contact.Meet").first
    entry.hover()
    page.get_by_label("Show Relation Labels").click()
    page.wait_for_timeout(500)
    keep(page, path)


if __name__ == "__main__":
    main()
