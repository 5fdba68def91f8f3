from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace
from report_pages import (
    HOSTILE_ID,
    HOSTILE_LABEL,
    HOSTILE_NAME,
    HOSTILE_ROLE,
    every_class,
    hostile,
    ordinary,
)
from small_gold import SUMMIT, find, gold

from vinee import bench
from vinee.bench import report, scoring
from vinee.bench.report import visible
from vinee.errors import InvalidError
from vinee.model import Document, Mention, Timex

VOID = {"meta", "input", "br", "img", "link"}


class Outline(HTMLParser):
    """What stands in a page: elements in order, and whether each end fits its start."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


PAGES = pytest.mark.parametrize(
    "page", [ordinary(), every_class(), hostile()], ids=["ordinary", "classes", "hostile"]
)


@PAGES
def test_every_element_is_closed_in_turn(page: str) -> None:
    assert Outline(page).open == []


@PAGES
def test_no_handler_style_attribute_or_outside_address(page: str) -> None:
    for tag, attributes in Outline(page).tags:
        assert tag not in {"img", "link", "iframe", "object", "base", "form"}
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert attributes.get("href", "#").startswith("#")  # type: ignore[union-attr]
        assert "src" not in attributes
    assert "url(" not in page
    assert "@import" not in page


@PAGES
def test_the_only_script_is_ours(page: str) -> None:
    ours = (Path(bench.__file__).parent / "templates" / "report.js").read_text(encoding="utf-8")

    assert Outline(page).count("script") == 1
    assert f"<script>{ours}</script>" in page


def test_our_script_makes_no_markup_of_data_and_asks_for_nothing() -> None:
    ours = (Path(bench.__file__).parent / "templates" / "report.js").read_text(encoding="utf-8")

    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|Function\(|fetch|XMLHttp",
        ours,
    )


@PAGES
def test_the_policy_allows_our_style_and_script_and_nothing_else(page: str) -> None:
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    script = re.search(r"<script>(.*?)</script>", page, re.DOTALL)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)

    assert style is not None
    assert script is not None
    assert policy is not None
    one, other = (
        base64.b64encode(hashlib.sha256(each[1].encode()).digest()).decode()
        for each in (style, script)
    )
    assert policy[1].replace("&#39;", "'") == (
        f"default-src 'none'; style-src 'sha256-{one}'; script-src 'sha256-{other}'; "
        "base-uri 'none'; form-action 'none'"
    )


@PAGES
def test_no_id_occurs_twice_and_no_link_leads_nowhere(page: str) -> None:
    tags = Outline(page).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    named = [
        name
        for _, attributes in tags
        for key in ("aria-labelledby", "data-gold", "data-predicted", "data-next", "data-of")
        for name in (attributes.get(key) or "").split()
    ]
    links = [str(attributes["href"])[1:] for tag, attributes in tags if tag == "a"]

    assert len(ids) == len(set(ids))
    assert {*links, *named} <= {*ids}


@PAGES
def test_heads_of_tables_say_what_they_are_of(page: str) -> None:
    scopes = [attributes.get("scope") for tag, attributes in Outline(page).tags if tag == "th"]

    assert scopes
    assert set(scopes) == {"col", "row"}


def test_languages_are_set() -> None:
    tags = Outline(ordinary()).tags

    assert ("html", {"lang": "en"}) in tags
    texts = [attributes for _, attributes in tags if attributes.get("class") == "text"]
    assert len(texts) == 3 * 2
    assert {each["lang"] for each in texts} == {"vi"}


@PAGES
def test_headings_step_down_one_level_at_a_time(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in Outline(page).tags if re.fullmatch(r"h[1-6]", tag)]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_same_input_gives_the_same_page() -> None:
    ordinary.cache_clear()
    first = ordinary()
    ordinary.cache_clear()

    assert ordinary() == first


def test_the_order_of_documents_and_systems_changes_nothing() -> None:
    documents = {"b": [Document(each.doc_id, mentions=()) for each in gold()], "a": []}
    turned = {name: documents[name][::-1] for name in ("a", "b")}

    assert report.render([], gold(), documents) == report.render([], gold()[::-1], turned)


def test_outcomes_are_told_by_words_and_not_by_colour_alone() -> None:
    page = every_class()

    assert 'aria-label="correct">✓' in page
    assert 'aria-label="missed, go to the next error">−' in page
    assert '<span class="told"> gold </span>GPE' in page


@PAGES
def test_names_that_the_page_needs_are_ours(page: str) -> None:
    for _, attributes in Outline(page).tags:
        for key in ("id", "href", "class", "data-gold", "data-predicted", "data-g", "data-p"):
            assert re.fullmatch(r"[#\w :.-]*", attributes.get(key) or "", re.ASCII)


@pytest.mark.parametrize("text", [HOSTILE_NAME, HOSTILE_LABEL, HOSTILE_ROLE, HOSTILE_ID])
def test_markup_in_names_labels_roles_and_ids_is_text(text: str) -> None:
    assert text not in hostile()


def test_names_are_shown_escaped() -> None:
    page = hostile()

    assert "&lt;/h4&gt;&lt;script&gt;" in page
    assert "&lt;b&gt;doc" in page


def test_hidden_characters_of_names_are_shown() -> None:
    assert "\u202e" not in hostile()
    assert "\u200b" not in hostile()


def test_a_label_that_nobody_could_read_is_cut_and_its_length_told() -> None:
    page = hostile()

    assert "L" * 200 not in page
    assert "(10,000 characters)" in page


def test_characters_that_turn_text_round_are_shown() -> None:
    assert visible("a\u202eb") == (
        'a<span class="hidden-character" lang="en" title="RIGHT-TO-LEFT OVERRIDE">U+202E</span>b'
    )


@pytest.mark.parametrize("code", [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x061C, 0x2066])
def test_characters_without_width_are_shown(code: int) -> None:
    assert f">U+{code:04X}<" in visible(f"a{chr(code)}b")


def test_control_characters_are_shown() -> None:
    assert ">U+0007<" in visible("\x07")


def test_line_ends_and_vietnamese_stay_as_they_are() -> None:
    assert visible("Hà Nội\n\tnăm 2019") == "Hà Nội\n\tnăm 2019"


def test_a_system_without_results_is_shown_too() -> None:
    page = report.render([], gold(), {"lonely": []})

    assert "Gold and lonely" in page


def test_a_span_outside_the_text_is_refused() -> None:
    predicted = Document(gold()[0].doc_id, mentions=(Mention(0, 10**6, "PER"),))

    with pytest.raises(InvalidError, match="must lie in a text"):
        report.render([], gold(), {"wild": [predicted]})


def test_a_wrong_value_is_not_passed_over_where_spans_and_types_are_right() -> None:
    document = replace(
        gold()[0], timexes=(Timex(*find(SUMMIT, "năm 2019"), type="DATE", value="2019"),)
    )
    (time,) = document.timexes or ()
    found = replace(document, timexes=(replace(time, value="2018"),))

    page = report.render(
        [scoring.score([found], "timex", gold=[document])], [document], {"unnamed": [found]}
    )

    assert "No errors of span, type or role." in page
    assert "1 difference in value, polarity or realis" in page
    assert "gold 2019" in page
    assert "predicted 2018" in page
    assert "chains and links are not compared here" in page


@PAGES
def test_every_table_has_a_caption(page: str) -> None:
    outline = Outline(page)

    assert outline.count("caption") == outline.count("table")
