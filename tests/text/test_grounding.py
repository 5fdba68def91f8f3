from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinee.text import Grounding, ground, syllables

TEXT = "Ngày 7/8, Tổng thống Nga Vladimir Putin nói: “Nga muốn hòa bình”. Ngay sau đó, ông đi."


def at(part: str) -> tuple[int, int]:
    start = TEXT.index(part)
    return start, start + len(part)


@pytest.mark.parametrize("string", ["Vladimir Putin", "7/8", "“Nga", "bình”.", ":"])
def test_a_string_that_stands_once_is_exact(string: str) -> None:
    assert ground(TEXT, string) == Grounding(at(string), (at(string),), "exact")


@pytest.mark.parametrize(
    ("string", "part"),
    [
        ("hoà bình", "hòa bình"),
        (unicodedata.normalize("NFD", "hòa bình"), "hòa bình"),
        ("Tổng_thống Nga", "Tổng thống Nga"),
        ("TổngthốngNga", "Tổng thống Nga"),
        (" Vladimir  Putin\n", "Vladimir Putin"),
        ("vladimir putin", "Vladimir Putin"),
        ('"Nga muốn', "“Nga muốn"),
    ],
)
def test_another_writing_is_repaired(string: str, part: str) -> None:
    assert ground(TEXT, string) == Grounding(at(part), (at(part),), "repaired")


@pytest.mark.parametrize("string", ["Mỹ", "8", "ng", "Putin nó", "", " ", "_"])
def test_what_is_not_there_is_ungrounded(string: str) -> None:
    assert ground(TEXT, string) == Grounding(None, (), "ungrounded")


def test_a_string_that_stands_twice_is_ambiguous() -> None:
    found = ground(TEXT, "Nga")

    assert found.status == "ambiguous"
    assert found.span == found.matches[0]
    assert [TEXT[start - 1 : end] for start, end in found.matches] == [" Nga", "“Nga"]


def test_an_occurrence_chooses() -> None:
    found = ground(TEXT, "Nga", occurrence=1)

    assert found == Grounding(found.matches[1], found.matches, "exact")


@pytest.mark.parametrize("occurrence", [2, -1])
def test_an_occurrence_that_does_not_exist_is_ungrounded(occurrence: int) -> None:
    found = ground(TEXT, "Nga", occurrence)

    assert (found.span, len(found.matches), found.status) == (None, 2, "ungrounded")


def test_an_exact_match_is_preferred_to_one_of_another_case() -> None:
    text = "Nước Mỹ có nhiều cảnh mỹ lệ"

    assert ground(text, "mỹ").matches == ((22, 24),)


def test_every_syllable_of_an_article_is_found_where_it_is(article: str) -> None:
    missed = [
        span
        for span in syllables(article)
        if span not in ground(article, article[slice(*span)]).matches
    ]

    assert missed == []


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_any_run_of_syllables_is_found_in_a_decomposed_article(
    article: str, data: st.DataObject
) -> None:
    text = unicodedata.normalize("NFD", article)
    spans = syllables(text)
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, min(first + 8, len(spans) - 1)))
    span = (spans[first][0], spans[last][1])

    assert span in ground(text, unicodedata.normalize("NFC", text[slice(*span)])).matches
