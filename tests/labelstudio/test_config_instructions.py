from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hostile_ontology import DEFINITION, ENTITY, hostile

from vinee.labelstudio.config import guidelines, instructions
from vinee.labelstudio.config.hotkeys import hotkeys
from vinee.labelstudio.config.labels import labels
from vinee.ontology import default

ONTOLOGY = default()
HTML = instructions(ONTOLOGY)
VOID = {"hr", "br"}


class Page(HTMLParser):
    """Tags, rows of tables and text of a page; every tag must be closed where it belongs."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.rows: list[list[str]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in VOID:
            self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"td", "th"} & set(self._open):
            self.rows[-1][-1] += data


def test_every_label_stands_with_its_key_its_name_and_its_meaning() -> None:
    rows = Page(HTML).rows
    keys = hotkeys(ONTOLOGY)

    for label in labels(ONTOLOGY):
        assert [keys.get(label, ""), label.value, label.vi, label.definition] in rows


def test_steps_are_told_in_both_languages() -> None:
    assert HTML.index("Các bước") < HTML.index("Step by step")


def test_page_does_not_show_the_line_ends_of_the_file() -> None:
    assert HTML.startswith('<div class="vinee-guide" style="white-space: normal">')


def test_guidelines_stand_in_full_in_both_languages() -> None:
    assert "Annotation guidelines, edition 1.1" in HTML
    assert "Hướng dẫn gán nhãn, ấn bản 1.1" in HTML
    assert HTML.count("<strong>M10. ") == 2


def test_no_link_leads_to_a_file_that_the_server_does_not_have() -> None:
    assert Page(HTML).links == []


def test_a_link_to_another_page_opens_beside_and_others_are_text() -> None:
    made = guidelines.rendered("# T\n\n[a](https://example.org/) [b](other.md) [c](javascript:x)")

    assert Page(made.html).links == ["https://example.org/"]
    assert made.html.startswith('<p><a href="https://example.org/" target="_blank" rel="noopener">')
    assert " b " in made.html


def test_html_in_the_guidelines_is_shown_and_not_obeyed() -> None:
    made = guidelines.rendered("# A <b>B</b>\n\n<script>alert(1)</script>")

    assert "script" not in Page(made.html).tags
    assert "script" not in Page(instructions(ONTOLOGY, [made])).tags


def test_guidelines_without_a_heading_have_a_title_all_the_same() -> None:
    assert guidelines.rendered("Text.") == guidelines.Guidelines("Guidelines", "<p>Text.</p>\n")


def test_hostile_names_are_shown_as_text() -> None:
    page = Page(instructions(hostile(), []))

    assert page.tags <= Page(HTML).tags
    assert any(row[1] == ENTITY and row[3] == DEFINITION for row in page.rows)


@pytest.mark.parametrize("kept", ["<style>", "<details>"])
def test_page_uses_what_the_interface_leaves_in(kept: str) -> None:
    assert kept in HTML
