from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seqeval import scheme as seqeval_schemes
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import Entities

from vinee.errors import InvalidError
from vinee.text import decode, encode, syllables
from vinee.text.tags import SCHEMES, Scheme, chunks, faults, is_tag, tagged

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


ADJACENT = [(0, 1, "PER"), (1, 4, "PER"), (4, 5, "PER"), (6, 8, "GPE")]


@pytest.mark.parametrize(
    ("scheme", "tags"),
    [
        ("IOB2", "B-PER B-PER I-PER I-PER B-PER O B-GPE I-GPE"),
        ("IOBES", "S-PER B-PER I-PER E-PER S-PER O B-GPE E-GPE"),
        ("BILOU", "U-PER B-PER I-PER L-PER U-PER O B-GPE L-GPE"),
        ("IOB1", "I-PER B-PER I-PER I-PER B-PER O I-GPE I-GPE"),
        ("IOE2", "E-PER I-PER I-PER E-PER E-PER O I-GPE E-GPE"),
        ("IOE1", "E-PER I-PER I-PER E-PER I-PER O I-GPE I-GPE"),
    ],
)
def test_each_scheme_has_its_own_tags(scheme: Scheme, tags: str) -> None:
    assert tagged(ADJACENT, 8, scheme) == tags.split()
    assert chunks(tags.split()) == ADJACENT


@st.composite
def typed_chunks(draw: st.DrawFn) -> tuple[list[tuple[int, int, str]], int]:
    length = draw(st.integers(0, 14))
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=length)))
    found = [
        (first, last, draw(st.sampled_from(TYPES)))
        for first, last in pairwise(cuts)
        if draw(st.integers(0, 3))
    ]
    return found, length


@pytest.mark.parametrize("scheme", SCHEMES)
@given(typed_chunks())
def test_reading_undoes_writing_in_every_scheme(
    scheme: Scheme, drawn: tuple[list[tuple[int, int, str]], int]
) -> None:
    found, length = drawn
    tags = tagged(found, length, scheme)

    assert chunks(tags) == found
    assert faults(tags, scheme) == []
    assert all(is_tag(tag, scheme) for tag in tags)


@pytest.mark.parametrize("scheme", SCHEMES)
@given(typed_chunks())
def test_spans_come_back_in_every_scheme(
    scheme: Scheme, drawn: tuple[list[tuple[int, int, str]], int]
) -> None:
    found, length = drawn
    tokens = [(2 * at, 2 * at + 1) for at in range(length)]
    spans = [(2 * first, 2 * last - 1, kind) for first, last, kind in found]

    assert decode(tokens, encode(tokens, spans, scheme), scheme) == spans


def by_strict_seqeval(tags: list[str], scheme: Scheme) -> list[tuple[int, int, str]]:
    (found,) = Entities([tags], getattr(seqeval_schemes, scheme)).entities
    return [(each.start, each.end, each.tag) for each in found]


@pytest.mark.parametrize("scheme", ["IOB2", "IOBES", "BILOU", "IOB1", "IOE2"])
@given(typed_chunks())
def test_strict_seqeval_reads_well_formed_tags_alike(
    scheme: Scheme, drawn: tuple[list[tuple[int, int, str]], int]
) -> None:
    found, length = drawn
    tags = tagged(found, length, scheme)

    assert chunks(tags) == by_strict_seqeval(tags, scheme)


@given(typed_chunks())
def test_strict_seqeval_reads_ioe1_alike_where_it_can(
    drawn: tuple[list[tuple[int, int, str]], int],
) -> None:
    # seqeval 1.2.2 says of its IOE1 that it does not handle all cases: it opens no chunk at an
    # E after anything but an E of the same type, and ends none at an E of another type.
    found, length = drawn
    tags = tagged([(a, b, "PER") for a, b, _ in found if b - a > 1], length, "IOE1")

    assert chunks(tags) == by_strict_seqeval(tags, "IOE1")


BIES = st.sampled_from(["O"] + [f"{prefix}-{kind}" for prefix in "BIES" for kind in TYPES])


@given(st.lists(BIES, max_size=12))
def test_seqeval_reads_any_tags_with_ends_alike(tags: list[str]) -> None:
    assert chunks(tags) == [(first, last + 1, kind) for kind, first, last in get_entities(tags)]


# conlleval's rules for IOB: after the tag before and at this one, does a chunk open or end?
# With ``=`` the types are the same, with ``/`` they differ.
OPENS = {"OB", "OI", "B=B", "B/B", "I=B", "I/B", "B/I", "I/I"}
ENDS = {"BO", "IO", "B=B", "B/B", "I=B", "I/B", "B/I", "I/I"}


def by_the_rules_of_conlleval(tags: list[str]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    start = 0
    for at, (before, tag) in enumerate(pairwise(["O", *tags, "O"])):
        inside = before != "O" and tag != "O"
        relation = ("=" if before[2:] == tag[2:] else "/") if inside else ""
        pair = f"{before[0]}{relation}{tag[0]}"
        if pair in ENDS:
            found.append((start, at, before[2:]))
        if pair in OPENS:
            start = at
    return found


@given(st.lists(ANY_TAG, max_size=12))
def test_conlleval_reads_any_iob_tags_alike(tags: list[str]) -> None:
    assert chunks(tags) == by_the_rules_of_conlleval(tags)


def test_middles_and_wholes_may_be_spelled_m_and_w() -> None:
    tags = ["B-PER", "M-PER", "E-PER", "W-GPE"]

    assert chunks(tags) == [(0, 3, "PER"), (3, 4, "GPE")]
    assert faults(tags, "IOBES") == []
    assert faults(tags, "BILOU") == [(1, "I-PER"), (2, "L-PER"), (3, "U-GPE")]


def test_tags_of_no_scheme_are_read_by_what_they_have() -> None:
    tags = ["B", "I", "B-", "X-PER", "X-PER", "PER", "O-PER", "", "-GPE"]

    assert chunks(tags) == [(0, 2, "_"), (2, 3, "_"), (3, 5, "PER"), (8, 9, "GPE")]


def test_faults_name_the_tag_that_should_be_there() -> None:
    tags = ["I-PER", "I-PER", "O", "B-GPE", "I-PER", "E-PER", "PER", "B"]

    assert faults(tags, "IOB2") == [
        (0, "B-PER"),
        (4, "B-PER"),
        (5, "I-PER"),
        (6, "O"),
        (7, "B-_"),
    ]


@given(st.lists(ANY_TAG | BIES, max_size=10), st.sampled_from(SCHEMES))
def test_tags_without_faults_are_those_that_the_scheme_writes(
    tags: list[str], scheme: Scheme
) -> None:
    found = faults(tags, scheme)
    mended = list(tags)
    for index, want in found:
        mended[index] = want

    assert mended == tagged(chunks(tags), len(tags), scheme)
    assert chunks(mended) == chunks(tags)


def test_spans_that_share_a_token_are_refused_in_the_words_of_the_scheme() -> None:
    with pytest.raises(InvalidError, match="IOBES tags hold flat spans only"):
        encode(TOKENS, [at("Nga Vladimir", "PER"), at("Nga", "GPE")], "IOBES")


def test_a_tag_of_another_scheme_is_refused_with_those_of_this_one() -> None:
    with pytest.raises(InvalidError, match="'O', 'I-type' or 'E-type'"):
        decode(TOKENS, ["B-PER", *"OOOOOOO"], "IOE2")
