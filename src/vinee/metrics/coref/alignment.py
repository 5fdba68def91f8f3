"""The best one-to-one alignment of gold and predicted chains, for CEAF."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, TypeAlias

from vinee.corpus.assignment import best

if TYPE_CHECKING:
    from collections.abc import Callable

    from vinee.metrics.coref.overlap import Overlap

    Similarity: TypeAlias = Callable[[int, int, int], Fraction]


def best_total(sides: Overlap, similarity: Similarity) -> Fraction:
    """Return the largest sum of similarities of a one-to-one alignment of chains.

    Chains that share no mention have similarity 0 and need not be aligned. Similarities are
    brought to whole numbers by their common denominator, so that search and sum are exact.

    Args:
        sides: The chains.
        similarity: From the number of shared mentions, at least 1, and the sizes of the gold and
            of the predicted chain.
    """
    weights = {
        (gold, predicted): similarity(shared, chain.size, sides.predicted[predicted].size)
        for gold, chain in enumerate(sides.gold)
        for predicted, shared in chain.pieces.items()
    }
    scale = lcm(*(weight.denominator for weight in weights.values()))
    edges = ((*pair, int(weight * scale)) for pair, weight in weights.items())
    return sum((weights[pair] for pair in best(edges)), Fraction(0))
