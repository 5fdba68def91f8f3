from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seqeval.metrics.sequence_labeling import get_entities

from vinee.errors import InvalidError
from vinee.text import decode, encode, syllables

TEXT = "Tổng thống Nga Vladimir Putin gặp ông Trump"
TOKENS = syllables(TEXT)
TYPES = ["PER", "GPE", "MEDIA-OUTLET"]


def at(part: str, kind: str) -> tuple[int, int, str]:
    start = TEXT.index(part)
    return start, start + len(part), kind


def test_spans_become_tags_in_any_order() -> None:
    spans = [at("Trump", "PER"), at("Vladimir Putin", "PER"), at("Nga", "GPE")]

    assert encode(TOKENS, spans) == (["O", "O", "B-GPE", "B-PER", "I-PER", "O", "O", "B-PER"])


def test_a_span_that_cuts_a_token_covers_it() -> None:
    assert encode(TOKENS, [at("adimir Pu", "PER")])[3:6] == ["B-PER", "I-PER", "O"]


@pytest.mark.parametrize(
    "spans",
    [
        [at("Nga Vladimir Putin", "PER"), at("Nga", "GPE")],
        [at("Nga", "GPE"), at("Nga", "GPE")],
        [at("Vladi", "PER"), at("mir", "PER")],
    ],
)
def test_spans_that_share_a_token_are_refused(spans: list[tuple[int, int, str]]) -> None:
    with pytest.raises(InvalidError, match="span-overlap"):
        encode(TOKENS, spans)


@pytest.mark.parametrize("span", [(4, 5, "PER"), (7, 7, "PER"), (9, 6, "PER"), (500, 510, "PER")])
def test_a_span_without_a_token_is_refused(span: tuple[int, int, str]) -> None:
    with pytest.raises(InvalidError, match="span-without-token"):
        encode(TOKENS, [span])


def test_a_stray_inside_tag_opens_a_span() -> None:
    tags = ["O", "I-PER", "I-PER", "I-GPE", "B-GPE", "O", "I-GPE", "O"]

    assert [(TEXT[start:end], kind) for start, end, kind in decode(TOKENS, tags)] == [
        ("thống Nga", "PER"),
        ("Vladimir", "GPE"),
        ("Putin", "GPE"),
        ("ông", "GPE"),
    ]


@pytest.mark.parametrize("tag", ["", "PER", "B-", "S-PER", "b-PER", "O-PER"])
def test_a_tag_of_another_scheme_is_refused(tag: str) -> None:
    with pytest.raises(InvalidError, match=r"\$\[7\].*tag-form"):
        decode(TOKENS, ["O"] * 7 + [tag])


@pytest.mark.parametrize("count", [7, 9])
def test_a_tag_for_each_token_is_required(count: int) -> None:
    with pytest.raises(InvalidError, match=f"{count} tags for 8 tokens"):
        decode(TOKENS, ["O"] * count)


@st.composite
def aligned_spans(draw: st.DrawFn) -> list[tuple[int, int, str]]:
    cuts = sorted(draw(st.sets(st.integers(0, len(TOKENS)), max_size=8)))
    return [
        (TOKENS[first][0], TOKENS[last - 1][1], draw(st.sampled_from(TYPES)))
        for first, last in pairwise(cuts)
        if draw(st.booleans())
    ]


@settings(deadline=None)
@given(aligned_spans())
def test_decoding_undoes_encoding(spans: list[tuple[int, int, str]]) -> None:
    assert decode(TOKENS, encode(TOKENS, spans)) == spans


ANY_TAG = st.sampled_from(["O"] + [f"{prefix}-{kind}" for prefix in "BI" for kind in TYPES])


@settings(deadline=None)
@given(st.lists(ANY_TAG, min_size=len(TOKENS), max_size=len(TOKENS)))
def test_seqeval_reads_any_tags_alike(tags: list[str]) -> None:
    expected = [
        (TOKENS[first][0], TOKENS[last][1], kind) for kind, first, last in get_entities(tags)
    ]

    assert decode(TOKENS, tags) == expected
