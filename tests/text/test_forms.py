from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinee.text import fold, is_mark, place_tones

ANY_FORM = "aàáeéêếoóòỏôuúùủưyýỳqQgiìhHnOÓAYÚ_ \n“”’–-\u0301\u0323\u0302\u031b\u200bßĐ"


@pytest.mark.parametrize(
    ("traditional", "placed"),
    [
        ("hòa", "hoà"),
        ("HÒA", "HOÀ"),
        ("Hòa", "Hoà"),
        ("khỏe", "khoẻ"),
        ("thúy", "thuý"),
        ("ủy", "uỷ"),
        ("Ủy", "Uỷ"),
        ("thỏa", "thoả"),
        ("đọan", "đoạn"),
        ("qúy", "quý"),
        ("QÙA", "QUÀ"),
        ("gìa", "già"),
    ],
)
def test_a_tone_mark_moves_to_the_main_vowel(traditional: str, placed: str) -> None:
    assert place_tones(traditional) == placed


@pytest.mark.parametrize(
    "syllable",
    [
        *("hoà", "hoàn", "xoáy", "ngoéo", "huỳnh", "khuỷu", "quý", "quỳ", "quả", "già", "giữa"),
        *("gìn", "mùa", "lúa", "bìa", "nói", "túi", "thuyền", "chủyếu", "tiến", "có", "thú y"),
    ],
)
def test_a_tone_mark_in_its_place_stays(syllable: str) -> None:
    assert place_tones(syllable) == syllable


def test_composed_and_decomposed_fold_alike(article: str) -> None:
    assert fold(unicodedata.normalize("NFD", article)).text == fold(article).text


def test_folding_without_tones_is_nfc(article: str) -> None:
    assert fold(unicodedata.normalize("NFD", article), tones=False).text == article


def test_a_folded_span_maps_to_the_decomposed_original() -> None:
    text = unicodedata.normalize("NFD", "một thỏa thuận hòa bình")
    folded = fold(text)
    start = folded.text.index("hoà bình")

    first, last = folded.original(start, start + len("hoà bình"))

    assert text[first:last] == unicodedata.normalize("NFD", "hòa bình")


@pytest.mark.parametrize(
    ("text", "flag", "expected"),
    [
        ("“rất ‘sớm’”", "quotes", "\"rất 'sớm'\""),
        ("Nga – Mỹ — Anh", "dashes", "Nga - Mỹ - Anh"),
        ("Tổng_thống \n Nga\u200b", "joiners", "TổngthốngNga"),
        ("ĐIỆN Kremlin", "case", "điện kremlin"),
    ],
)
def test_each_flag_folds_one_difference(text: str, flag: str, expected: str) -> None:
    assert fold(text, **{flag: True}).text == expected


@pytest.mark.parametrize("text", ["“Nga”", "Nga – Mỹ", "Tổng_thống Nga", "Điện"])
def test_nothing_else_is_folded_unasked(text: str) -> None:
    assert fold(text).text == text


def test_one_letter_that_folds_to_two_is_cut_by_neither() -> None:
    folded = fold("Großbritannien", case=True)

    assert folded.text == "grossbritannien"
    assert not folded.is_whole(0, 4)
    assert folded.is_whole(0, 5)


@settings(deadline=None)
@given(st.text(alphabet=ANY_FORM))
def test_placing_tones_keeps_the_length(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)

    assert len(place_tones(composed)) == len(composed)


@settings(deadline=None)
@given(st.text(alphabet=ANY_FORM))
def test_folding_without_flags_agrees_with_unicodedata(text: str) -> None:
    assert fold(text, tones=False).text == unicodedata.normalize("NFC", text)


@settings(deadline=None)
@given(st.text(alphabet=ANY_FORM, min_size=1))
def test_no_folded_character_parts_a_letter_from_its_marks(text: str) -> None:
    folded = fold(text, joiners=True, case=True)

    assert all(end == len(text) or not is_mark(text[end]) for end in folded.ends)
    assert all(start == 0 or not is_mark(text[start]) for start in folded.starts)
