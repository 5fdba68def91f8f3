from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee.bench.markup import Close, Marked, Open, Text, segments
from vinee.errors import InvalidError

TEXT = "Tổng thống Nga Vladimir Putin gặp"
BOUND = st.integers(0, len(TEXT))
SPANS = st.lists(st.tuples(BOUND, BOUND).filter(lambda pair: pair[0] < pair[1]), max_size=12).map(
    lambda pairs: [Marked(start, end, n) for n, (start, end) in enumerate(pairs)]
)


def written(text: str, *spans: tuple[int, int, str]) -> str:
    """Show pieces in brackets, ``…`` where one is cut."""
    shown = ""
    for piece in segments(text, [Marked(*span) for span in spans]):
        match piece:
            case Text(part):
                shown += part
            case Open(note, first):
                shown += f"<{note} " if first else f"<…{note} "
            case Close(_, last):
                shown += ">" if last else "…>"
    return shown


def test_a_span_becomes_one_piece() -> None:
    assert written(TEXT, (11, 14, "GPE")) == "Tổng thống <GPE Nga> Vladimir Putin gặp"


def test_nested_spans_nest() -> None:
    assert written("abcd", (1, 3, "x"), (0, 4, "y"), (1, 2, "z")) == "<y a<x <z b>c>d>"


def test_a_span_that_crosses_is_cut_where_the_other_ends() -> None:
    assert written("abcd", (0, 3, "x"), (1, 4, "y")) == "<x a<y bc…>><…y d>"


def test_spans_that_touch_do_not_nest() -> None:
    assert written("abcd", (0, 2, "x"), (2, 4, "y")) == "<x ab><y cd>"


def test_equal_spans_nest_in_the_order_given() -> None:
    assert written("ab", (0, 2, "x"), (0, 2, "y")) == "<x <y ab>>"


def test_text_without_spans_stays_whole() -> None:
    assert written(TEXT) == TEXT


def test_an_empty_text_has_no_pieces() -> None:
    assert written("") == ""


@pytest.mark.parametrize("span", [(-1, 2), (2, 2), (3, 2), (0, 5)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(InvalidError, match="must lie in a text of 4 code points"):
        list(segments("abcd", [Marked(*span, "x")]))


@given(SPANS)
def test_the_texts_together_are_the_text(spans: list[Marked[int]]) -> None:
    assert "".join(each.text for each in segments(TEXT, spans) if each.kind == "text") == TEXT


@given(SPANS)
def test_pieces_are_closed_in_turn(spans: list[Marked[int]]) -> None:
    stack: list[int] = []
    for piece in segments(TEXT, spans):
        if isinstance(piece, Open):
            stack.append(piece.note)
        elif isinstance(piece, Close):
            assert stack.pop() == piece.note
    assert stack == []


@given(SPANS)
def test_the_pieces_of_a_span_cover_it(spans: list[Marked[int]]) -> None:
    covered = dict.fromkeys(range(len(spans)), "")
    stack: list[int] = []
    for piece in segments(TEXT, spans):
        match piece:
            case Text(part):
                for note in stack:
                    covered[note] += part
            case Open(note):
                stack.append(note)
            case Close():
                stack.pop()
    assert covered == {span.note: TEXT[span.start : span.end] for span in spans}


@given(SPANS)
def test_each_span_begins_once_and_ends_once(spans: list[Marked[int]]) -> None:
    pieces = list(segments(TEXT, spans))

    begun = [each.note for each in pieces if isinstance(each, Open) and each.first]
    ended = [each.note for each in pieces if isinstance(each, Close) and each.last]
    assert sorted(begun) == sorted(ended) == [span.note for span in spans]
