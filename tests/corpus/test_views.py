"""The outer spans are those that asking each against each would keep."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vinee.corpus import gold
from vinee.corpus.views import EntityView, TypedSpan, outermost

OFFSETS = st.integers(-3, 15)
SPANS = st.lists(st.tuples(OFFSETS, OFFSETS, st.sampled_from("AB")), max_size=15)


def one_against_each(spans: list[TypedSpan]) -> list[TypedSpan]:
    kept: list[TypedSpan] = []
    for start, end, label in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end, label))
    return sorted(kept)


@given(SPANS)
def test_outermost_keeps_what_asking_each_keeps(spans: list[TypedSpan]) -> None:
    assert outermost(spans) == one_against_each(spans)


def test_outer_names_of_the_gold_are_apart() -> None:
    for document in gold.documents():
        spans = EntityView(nesting="outer")(document)

        assert spans == one_against_each(EntityView()(document))
