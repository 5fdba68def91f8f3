"""How many mentions nest and cross, as it would be counted pair by pair."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from vinee.formats import usage
from vinee.model import Document, Mention

SPANS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(1, 8)).map(lambda pair: (pair[0], sum(pair))),
    max_size=8,
)


def counted(spans: list[tuple[int, int]]) -> tuple[int, int]:
    mentions = tuple(Mention(start, end, "PER") for start, end in spans)
    found = usage.counts(Document("a", "a" * 20, mentions=mentions))
    return found["mentions.nested"], found["mentions.crossing"]


@given(SPANS)
def test_nested_and_crossing_mentions_are_those_of_all_pairs(spans: list[tuple[int, int]]) -> None:
    nested = sum(
        any(a <= start and end <= b and (a, b) != (start, end) for a, b in spans)
        for start, end in spans
    )
    crossing = sum(
        any(a < start < b < end or start < a < end < b for a, b in spans) for start, end in spans
    )

    assert counted(spans) == (nested, crossing)


def test_a_document_of_twenty_thousand_mentions_is_counted_within_seconds() -> None:
    spans = [(3 * number, 3 * number + 5) for number in range(20_000)]
    began = time.process_time()

    assert counted(spans) == (0, 20_000)
    assert time.process_time() - began < 5
