"""The best one-to-one assignment, against trying all of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vinee.corpus.assignment import best

Weights = dict[tuple[int, int], int]
SMALL = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)), st.integers(1, 9), max_size=14
)


def greatest(weights: Weights) -> int:
    """The greatest total, by choosing for each left every free right, or none."""
    lefts = sorted({left for left, _ in weights})

    def total(at: int, taken: frozenset[int]) -> int:
        if at == len(lefts):
            return 0
        choices = [
            weight + total(at + 1, taken | {right})
            for (left, right), weight in weights.items()
            if left == lefts[at] and right not in taken
        ]
        return max([total(at + 1, taken), *choices])

    return total(0, frozenset())


@given(SMALL)
def test_total_is_the_greatest_that_can_be(weights: Weights) -> None:
    found = best((left, right, weight) for (left, right), weight in weights.items())

    assert sum(weights[pair] for pair in found) == greatest(weights)


@given(SMALL)
def test_each_side_is_in_one_pair_at_most(weights: Weights) -> None:
    found = best((left, right, weight) for (left, right), weight in weights.items())

    lefts, rights = [left for left, _ in found], [right for _, right in found]
    assert len(set(lefts)) == len(lefts)
    assert len(set(rights)) == len(rights)


def test_one_gives_way_where_both_gain() -> None:
    assert best([(0, 0, 5), (0, 1, 4), (1, 0, 4)]) == [(0, 1), (1, 0)]


def test_one_stays_alone_where_another_gains_more() -> None:
    assert best([(0, 0, 3), (1, 0, 5)]) == [(1, 0)]


def test_nothing_to_pair_gives_no_pairs() -> None:
    assert best([]) == []
