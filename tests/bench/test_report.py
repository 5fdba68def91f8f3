from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from report_pages import HOSTILE_LABEL, HOSTILE_NAME, hostile, ordinary
from small_gold import gold

from vinee.bench import report
from vinee.bench.report import visible
from vinee.errors import InvalidError
from vinee.model import Document, Mention

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

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


@pytest.mark.parametrize("page", [ordinary(), hostile()], ids=["ordinary", "hostile"])
def test_every_element_is_closed_in_turn(page: str) -> None:
    assert Outline(page).open == []


@pytest.mark.parametrize("page", [ordinary(), hostile()], ids=["ordinary", "hostile"])
def test_no_script_handler_style_attribute_or_outside_address(page: str) -> None:
    for tag, attributes in Outline(page).tags:
        assert tag not in {"script", "img", "link", "iframe", "object", "base"}
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert attributes.get("href", "#").startswith("#")  # type: ignore[union-attr]
        assert "src" not in attributes
    assert "url(" not in page
    assert "@import" not in page


def test_the_policy_allows_our_style_and_nothing_else() -> None:
    page = ordinary()
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)

    assert style is not None
    assert policy is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1].replace("&#39;", "'") == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_languages_are_set() -> None:
    tags = Outline(ordinary()).tags

    assert ("html", {"lang": "en"}) in tags
    texts = [attributes for _, attributes in tags if attributes.get("class") == "text"]
    assert len(texts) == 3 * 2 * 2
    assert {each["lang"] for each in texts} == {"vi"}


def test_headings_step_down_one_level_at_a_time() -> None:
    levels = [int(tag[1]) for tag, _ in Outline(ordinary()).tags if re.fullmatch(r"h[1-6]", tag)]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_same_input_gives_the_same_page() -> None:
    assert ordinary() == ordinary()


def test_outcomes_are_told_by_words_and_not_by_colour_alone() -> None:
    page = ordinary()

    assert 'title="mention PER: correct"' in page
    assert 'role="img" aria-label="missed">−' in page


def test_markup_in_names_and_labels_is_text() -> None:
    page = hostile()

    assert HOSTILE_NAME not in page
    assert HOSTILE_LABEL not in page
    assert "&lt;/h4&gt;&lt;script&gt;" in page


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

    assert "against lonely" in page


def test_a_span_outside_the_text_is_refused() -> None:
    predicted = Document(gold()[0].doc_id, mentions=(Mention(0, 10**6, "PER"),))

    with pytest.raises(InvalidError, match="must lie in a text"):
        report.render([], gold(), {"wild": [predicted]})
