from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinee.text import keeps_syllables_whole, syllables

VIETNAMESE = "aàạăắâeêếoòôơớuúưyqgihnđĐN 278/.,:-_“”\"'…\n()\u0301\u0323\u0302\u031b\u200d👩"


def tokens(text: str, start: int = 0, end: int | None = None) -> list[str]:
    return [text[first:last] for first, last in syllables(text, start, end)]


def test_a_caption_of_the_first_article() -> None:
    assert " ".join(tokens("bên lề G20 năm 2019 (Ảnh: Nhà Trắng/DPA).")) == (
        "bên lề G20 năm 2019 ( Ảnh : Nhà Trắng / DPA ) ."
    )


@pytest.mark.parametrize("number", ["26/2", "7/8", "2025-08-07", "1.000,5", "19:30", "28/2/2025"])
def test_a_number_with_separators_is_one_token(number: str) -> None:
    assert tokens(f"hôm {number}, ông") == ["hôm", number, ",", "ông"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3%", ["3", "%"]),
        ("Nga-Mỹ", ["Nga", "-", "Mỹ"]),
        ("F-16", ["F", "-", "16"]),
        ("a_b", ["a", "_", "b"]),
        ("7.", ["7", "."]),
        ("7h30", ["7h30"]),
        ("“rất sớm”.", ["“", "rất", "sớm", "”", "."]),
        ("👩\u200d👧", ["👩", "\u200d", "👧"]),
        ("❤\ufe0f_\u0301", ["❤\ufe0f", "_\u0301"]),
    ],
)
def test_other_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_decomposed_text_has_the_same_syllables(article: str) -> None:
    decomposed = unicodedata.normalize("NFD", article)

    assert [unicodedata.normalize("NFC", token) for token in tokens(decomposed)] == tokens(article)


def test_a_window_cuts_tokens_at_its_edges() -> None:
    assert tokens("Tổng thống Nga", 5, 12) == ["thống", "N"]


def test_tokens_joined_are_the_article_without_white_space(article: str) -> None:
    assert "".join(tokens(article)) == "".join(article.split())


@settings(deadline=None)
@given(st.text(alphabet=VIETNAMESE))
def test_tokens_joined_are_any_text_without_white_space(text: str) -> None:
    assert "".join(tokens(text)) == "".join(text.split())


@settings(deadline=None)
@given(st.text(alphabet=VIETNAMESE))
def test_spans_ascend_and_are_disjoint(text: str) -> None:
    edges = [edge for span in syllables(text) for edge in span]

    assert edges == sorted(edges)
    assert all(start < end for start, end in syllables(text))


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("Ngay trong tuần", "Nga", False),
        ("Nga trong tuần", "Nga", True),
        ("hôm 7/8", "8", False),
        ("hôm 7/8", "7/8", True),
        ("Nga-Mỹ", "Mỹ", True),
        ("Nga-Mỹ", "-Mỹ", True),
        ("Nga_\u0301", "_", False),
        ("Nga ", "Nga ", True),
    ],
)
def test_a_span_may_cut_a_syllable(text: str, part: str, *, whole: bool) -> None:
    start = text.index(part)

    assert keeps_syllables_whole(text, start, start + len(part)) is whole
