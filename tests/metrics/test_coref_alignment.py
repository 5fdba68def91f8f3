"""Alignments of more chains than can be tried one by one, and exact sums."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import lcm
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinee.corpus.assignment import best
from vinee.errors import InvalidError
from vinee.metrics.coref.alignment import best_total
from vinee.metrics.coref.overlap import Overlap, overlap
from vinee.metrics.coref.totals import total

Similarity = Callable[[int, int, int], tuple[int, int]]
MENTIONS, CHAINS = 60, 20
ANY_SIZES = lcm(*range(1, 2 * MENTIONS))  # what makes similarities whole
law = settings(max_examples=50, deadline=None)


def dice(shared: int, gold: int, predicted: int) -> tuple[int, int]:
    return 2 * shared, gold + predicted


def count(shared: int, _: int, __: int) -> tuple[int, int]:
    return shared, 1


def noisy_chains(seed: int, noise: float) -> Overlap:
    """Cluster mentions at random, then move the share ``noise`` of them to any chain."""
    random = Random(seed)  # noqa: S311 - test data, no secret
    chains: list[list[set[int]]] = [[set() for _ in range(CHAINS)] for _ in range(2)]
    for mention in range(MENTIONS):
        number = random.randrange(CHAINS)
        chains[0][number].add(mention)
        moved = random.randrange(CHAINS) if random.random() < noise else number
        chains[1][moved].add(mention)
    return overlap(*chains)


sides = st.builds(noisy_chains, st.integers(0, 2**32), st.sampled_from([0.0, 0.1, 0.3, 0.6, 1.0]))


@pytest.mark.parametrize("similarity", [dice, count])
@law
@given(sides=sides)
def test_chains_aligned_in_advance_cost_nothing(sides: Overlap, similarity: Similarity) -> None:
    exact = {
        (chain, other): Fraction(*similarity(shared, split.size, sides.predicted[other].size))
        for chain, split in enumerate(sides.gold)
        for other, shared in split.pieces.items()
    }
    searched = best((*pair, int(similar * ANY_SIZES)) for pair, similar in exact.items())

    assert best_total(sides, similarity) == sum(exact[pair] for pair in searched)


@pytest.mark.parametrize("similarity", [dice, count])
@law
@given(sides=sides)
def test_the_total_is_that_of_the_hungarian_method(sides: Overlap, similarity: Similarity) -> None:
    matrix = np.zeros((len(sides.gold), len(sides.predicted)))
    for chain, split in enumerate(sides.gold):
        for other, shared in split.pieces.items():
            above, below = similarity(shared, split.size, sides.predicted[other].size)
            matrix[chain, other] = above / below
    optimize = pytest.importorskip("scipy.optimize")
    rows, columns = optimize.linear_sum_assignment(matrix, maximize=True)

    assert float(best_total(sides, similarity)) == pytest.approx(matrix[rows, columns].sum())


def test_a_pair_is_not_aligned_in_advance_where_two_others_are_worth_more() -> None:
    # abc shares 2 with abde, the most, but abc-c and de-abde share 1 and 2.
    assert best_total(overlap(["abc", "de"], ["abde", "c"]), count) == 3


@law
@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(1, 12))))
def test_fractions_are_added_exactly(terms: list[tuple[int, int]]) -> None:
    assert total(terms) == sum((Fraction(*term) for term in terms), Fraction(0))


@pytest.mark.parametrize(("chains", "named"), [(["ab", "cb"], "b"), (["a", "cddc"], "d")])
def test_a_mention_that_is_repeated_is_named(chains: list[str], named: str) -> None:
    with pytest.raises(InvalidError, match=f"the predicted mention '{named}'"):
        overlap(["abcd"], chains)
