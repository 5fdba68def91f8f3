from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinee.text import Alignment, align_tokens, is_mark, syllables

if TYPE_CHECKING:
    from collections.abc import Callable

MODERN = {
    "òa": "oà",
    "óa": "oá",
    "ỏa": "oả",
    "ọa": "oạ",
    "ỏe": "oẻ",
    "ùy": "uỳ",
    "úy": "uý",
    "ủy": "uỷ",
}
PENN = {"“": "``", "”": "''", '"': "''"}


def tokens_of(text: str) -> list[str]:
    return [text[start:end] for start, end in syllables(text)]


def covered(text: str, alignment: Alignment) -> list[str | None]:
    return [span and text[slice(*span)] for span in alignment.spans]


def modern(token: str) -> str:
    for traditional, placed in MODERN.items():
        token = token.replace(traditional, placed)
    return token


def decomposed(token: str) -> str:
    return unicodedata.normalize("NFD", token)


def penn(token: str) -> str:
    return PENN.get(token, token)


@pytest.mark.parametrize("rewrite", [modern, decomposed, penn, str.lower, str.upper])
def test_rewritten_tokens_come_back_to_their_own_spans(
    article: str, rewrite: Callable[[str], str]
) -> None:
    written = tokens_of(article)
    rewritten = [rewrite(token) for token in written]
    changed = sum(old != new for old, new in zip(written, rewritten, strict=True))

    alignment = align_tokens(article, rewritten)

    assert changed > 0 or rewrite is penn
    assert alignment == Alignment(
        tuple(syllables(article)), exact=len(written) - changed, repaired=changed, ungrounded=0
    )


def test_composed_tokens_come_back_to_a_decomposed_article(article: str) -> None:
    text = decomposed(article)

    alignment = align_tokens(text, tokens_of(article))

    assert list(alignment.spans) == syllables(text)


@pytest.mark.parametrize("joiner", ["_", " ", ""])
def test_joined_tokens_come_back(article: str, joiner: str) -> None:
    spans = syllables(article)
    pairs = list(zip(spans[::2], spans[1::2], strict=False))
    joined = [joiner.join(article[slice(*span)] for span in pair) for pair in pairs]

    alignment = align_tokens(article, joined)

    assert list(alignment.spans) == [(first[0], second[1]) for first, second in pairs]


def test_what_underthesea_rewrites_comes_back() -> None:
    from underthesea import word_tokenize

    text = "Thoả thuận hoà bình của uỷ ban, theo @abc: “quý” hoá 7/8"
    tokens = word_tokenize(text)

    alignment = align_tokens(text, tokens)

    assert "@ abc" in tokens
    assert "hòa bình" in tokens
    assert alignment.repaired > 0
    assert "".join(part or "" for part in covered(text, alignment)).replace(" ", "") == (
        text.replace(" ", "")
    )


@pytest.mark.parametrize("spacing", ["", "_"])
def test_syllables_that_run_together_into_a_false_diphthong_come_back(spacing: str) -> None:
    text = "có ai là chủ yếu, thú y"
    tokens = [f"có{spacing}ai", "là", f"chủ{spacing}yếu", ",", f"thú{spacing}y"]

    assert covered(text, align_tokens(text, tokens)) == ["có ai", "là", "chủ yếu", ",", "thú y"]


def test_an_invented_token_gets_no_span_and_does_not_derail() -> None:
    text = "Tổng thống Nga Vladimir Putin gặp Tổng thống Mỹ"
    tokens = tokens_of(text)
    tokens.insert(3, "[UNK]")

    alignment = align_tokens(text, tokens)

    assert alignment.ungrounded == 1
    assert alignment.spans[3] is None
    assert [span for span in alignment.spans if span] == syllables(text)


def test_an_unknown_word_in_every_seventh_place_does_not_derail(article: str) -> None:
    spans = syllables(article)
    tokens = [
        "[UNK]" if index % 7 == 3 else token for index, token in enumerate(tokens_of(article))
    ]

    alignment = align_tokens(article, tokens)

    assert list(alignment.spans) == [
        None if index % 7 == 3 else span for index, span in enumerate(spans)
    ]


def test_a_dropped_stretch_does_not_derail(article: str) -> None:
    spans = syllables(article)
    kept = spans[:100] + spans[160:]

    alignment = align_tokens(article, [article[slice(*span)] for span in kept])

    assert list(alignment.spans) == kept


def test_tokens_cut_short_are_all_grounded(article: str) -> None:
    spans = syllables(article)[:200]

    assert list(align_tokens(article, tokens_of(article)[:200]).spans) == spans


def test_tokens_of_another_text_are_counted_as_ungrounded(article: str) -> None:
    tokens = ["lorem", "ipsum", "dolor", "", " ", "_"]

    assert align_tokens(article, tokens) == Alignment((None,) * 6, 0, 0, 6)


def test_a_token_is_not_found_inside_another_syllable() -> None:
    text = "Xin chào, Ngay Mỹ"

    alignment = align_tokens(text, ["Xin", "chào", "[UNK]", "Nga", "[UNK]", "Mỹ"])

    assert covered(text, alignment) == ["Xin", "chào", None, None, None, "Mỹ"]


def test_a_token_between_two_unknown_ones_is_found() -> None:
    text = "Xin chào, Nga và Mỹ"

    alignment = align_tokens(text, ["Xin", "chào", "[UNK]", "Nga", "[UNK]", "Mỹ"])

    assert covered(text, alignment) == ["Xin", "chào", None, "Nga", None, "Mỹ"]


def test_a_token_that_lost_its_marks_does_not_part_them_from_their_letter() -> None:
    text = decomposed("Mỹ và Nga")

    alignment = align_tokens(text, ["My", "và", "Nga"])

    assert covered(text, alignment) == [None, decomposed("và"), "Nga"]


def test_a_piece_of_a_syllable_is_grounded() -> None:
    assert align_tokens("thống nhất", ["th", "ống", "nh", "ất"]).exact == 4


PIECES = ["Nga", "hòa", "hoà", "thú", "y", "ng", "Ủy", "a", "\u0301", "\u0323", ",", "“", "''", "_"]
PIECES += ["[UNK]", "", " ", "ß", "s", "\u200b", "7/8"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES)), st.lists(st.sampled_from(PIECES)))
def test_spans_ascend_and_keep_marks_whatever_the_tokens(
    pieces: list[str], tokens: list[str]
) -> None:
    text = " ".join(pieces).replace(" \u0301", "\u0301").replace(" \u0323", "\u0323")

    alignment = align_tokens(text, tokens)
    spans = [span for span in alignment.spans if span is not None]
    edges = [edge for span in spans for edge in span]

    assert edges == sorted(edges)
    assert all(start < end for start, end in spans)
    assert all(end == len(text) or not is_mark(text[end]) for _, end in spans)
    assert alignment.exact + alignment.repaired + alignment.ungrounded == len(tokens)


@settings(deadline=None)
@given(st.text(alphabet="aàêoóuyỳNgđ\u0301\u0323 .,_“\n7/-\u200b"))
def test_a_text_s_own_syllables_align_exactly(text: str) -> None:
    alignment = align_tokens(text, tokens_of(text))

    assert alignment.exact == len(alignment.spans)
