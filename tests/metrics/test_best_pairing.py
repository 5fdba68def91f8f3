from __future__ import annotations

from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from vinee.metrics.pairing import Match, best, most, overlapping

spans = st.tuples(st.integers(0, 8), st.integers(1, 4)).map(lambda t: (t[0], t[0] + t[1]))
weights = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 3)), st.fractions(0, 1, max_denominator=7)
)


@given(weights)
def test_the_best_pairing_is_the_best_of_all(worth: dict[tuple[int, int], Fraction]) -> None:
    found = best(Match(*pair, credit) for pair, credit in worth.items())

    every = (
        sum(worth.get(pair, Fraction(0)) for pair in enumerate(order))
        for order in permutations(range(4))
    )
    assert sum(match.credit for match in found) == max(every)
    assert len({match.gold for match in found}) == len({match.predicted for match in found})


@given(st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3))), st.data())
def test_most_pairs_first_and_then_the_preferred(
    edges: set[tuple[int, int]], data: st.DataObject
) -> None:
    preferred = data.draw(st.sets(st.sampled_from(sorted(edges)))) if edges else set()

    found = {(match.gold, match.predicted) for match in most(edges, preferred)}

    every = [edges & set(enumerate(order)) for order in permutations(range(4))]
    assert (len(found), len(found & preferred)) == max(
        (len(each), len(each & preferred)) for each in every
    )


@given(st.lists(spans | st.just((3, 3)), max_size=6), st.lists(spans | st.just((4, 4)), max_size=6))
def test_overlapping_finds_each_pair_that_shares_a_code_point(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    shared = [
        (a, b)
        for a, left in enumerate(one)
        for b, right in enumerate(other)
        if {*range(*left)} & {*range(*right)}
    ]

    assert sorted(overlapping(one, other)) == shared
