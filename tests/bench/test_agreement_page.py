"""The page of agreement, as HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from agreement_pages import HOSTILE, hostile, measured, ordinary

from vinee.bench import agreement
from vinee.bench.agreement import page
from vinee.bench.agreement.layers import is_shown
from vinee.corpus import gold

VOID = {"meta", "input", "br", "img", "link"}


class Elements(HTMLParser):
    """Collects what a browser would see, and whether each element is closed where it should."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[str] = []
        self.text: list[str] = []
        self.wrong: list[str] = []
        self._open: list[str] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_every_spot_that_is_not_a_repetition_is_on_the_page() -> None:
    spots = sum(is_shown(spot.layers) for pair in measured().pairs for spot in pair.spots)

    assert spots > 250
    assert ordinary().count('<li class="spot ') == spots


@pytest.mark.parametrize("content", [ordinary, hostile])
def test_elements_are_closed_where_they_should_be(content: Callable[[], str]) -> None:
    assert Elements(content()).wrong == []


def test_hostile_text_is_text() -> None:
    found = Elements(hostile())

    assert "script" not in found.names
    assert "img" not in found.names
    assert not {"onmouseover", "onerror"} & set(found.attributes)
    assert "\u202e" not in hostile()
    assert HOSTILE.partition("\u202e")[0] in "".join(found.text)


def test_nothing_is_loaded_from_outside_and_no_script_may_run() -> None:
    content = html.unescape(ordinary())

    assert not re.search(r"(src|href)=\"(?!#)", content)
    assert "default-src 'none'" in content
    assert "script-src 'none'" in content


def test_the_same_agreement_gives_the_same_bytes() -> None:
    assert page.render(measured()) == ordinary()


def test_the_page_can_be_made_of_the_file(tmp_path: Path) -> None:

    path = tmp_path / "agreement.json"
    agreement.write(path, measured())

    assert page.render(agreement.read(path)) == ordinary()


def test_what_is_left_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MOST_SPOTS", 20)
    monkeypatch.setattr(page, "MOST_PAIRS", 2)

    content = page.render(measured())

    assert content.count('<li class="spot ') == 20
    assert "of 6 pairs the first 2 are shown" in content
    assert "of 42 spots the first 10 are shown" in content


def test_two_annotators_who_agree_have_a_page_without_matrix_and_spots() -> None:
    found = agreement.agreement({"a": gold.documents(), "b": gold.documents()}, {})

    content = page.render(found)

    assert "They agree on everything." in content
    assert 'id="pairs"' not in content
    assert 'name="show"' not in content


def test_annotators_who_share_no_article_are_named() -> None:
    documents = gold.documents()
    found = agreement.agreement({"a": documents, "b": documents[:2], "c": documents[2:]}, {})

    content = page.render(found)

    assert "b and c share no article" in content
