from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from vinee.metrics.matching import overlapping_pairs

spans = st.sets(
    st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda t: (t[0], t[0] + t[1])),
    max_size=6,
)


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert overlapping_pairs([(0, 5)], [(5, 8)]) == 0
    assert overlapping_pairs([(0, 6)], [(5, 8)]) == 1


def test_one_long_span_is_paired_once() -> None:
    assert overlapping_pairs([(0, 3), (4, 9)], [(0, 9)]) == 1


def test_an_earlier_pair_is_given_up_for_a_larger_pairing() -> None:
    # (0, 9) could take any of the three, and must leave the other two to those that need them.
    assert overlapping_pairs([(0, 9), (1, 2), (4, 5)], [(1, 2), (4, 5), (7, 8)]) == 3


def test_a_long_span_that_starts_far_before_is_seen() -> None:
    assert overlapping_pairs([(90, 95)], [(0, 100), (80, 81), (82, 83)]) == 1


@given(gold=spans, predicted=spans)
def test_the_pairing_is_as_large_as_the_best_of_all(
    gold: set[tuple[int, int]], predicted: set[tuple[int, int]]
) -> None:
    fewer, more = sorted((gold, predicted), key=len)
    best = max(
        sum(max(a[0], b[0]) < min(a[1], b[1]) for a, b in zip(sorted(fewer), chosen, strict=True))
        for chosen in permutations(more, len(fewer))
    )

    assert overlapping_pairs(gold, predicted) == best
