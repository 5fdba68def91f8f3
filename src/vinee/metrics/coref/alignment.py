"""The best one-to-one alignment of gold and predicted chains, for CEAF."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, TypeAlias

from vinee.corpus.assignment import best

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vinee.metrics.coref.overlap import Overlap

    Similarity: TypeAlias = Callable[[int, int, int], tuple[int, int]]
    Weights: TypeAlias = list[dict[int, int]]


def best_total(sides: Overlap, similarity: Similarity) -> Fraction:
    """Return the largest sum of similarities of a one-to-one alignment of chains.

    Chains that share no mention have similarity 0 and need not be aligned. Similarities are
    brought to whole numbers by their common denominator, so that search and sum are exact.

    Args:
        sides: The chains.
        similarity: From the number of shared mentions, at least 1, and the sizes of the gold and
            of the predicted chain to a numerator and a denominator, both at least 1.
    """
    gold, scale = _weights(sides, similarity)
    predicted = [
        {chain: gold[chain][other] for chain in split.pieces}
        for other, split in enumerate(sides.predicted)
    ]
    aligned = _align_plain(gold, predicted)
    edges = [
        (chain, other, weight) for chain, row in enumerate(gold) for other, weight in row.items()
    ]
    aligned += sum(gold[chain][other] for chain, other in best(edges))
    return Fraction(aligned, scale)


def _weights(sides: Overlap, similarity: Similarity) -> tuple[Weights, int]:
    """Give whole weights of each gold chain's possible partners, and what they are scaled by."""
    sizes = [chain.size for chain in sides.predicted]
    similar = [
        {
            other: similarity(shared, chain.size, sizes[other])
            for other, shared in chain.pieces.items()
        }
        for chain in sides.gold
    ]
    scale = lcm(*{below for row in similar for _, below in row.values()})
    weights = [
        {other: above * (scale // below) for other, (above, below) in row.items()}
        for row in similar
    ]
    return weights, scale


def _align_plain(gold: Weights, predicted: Weights) -> int:
    """Take out pairs of chains that some best alignment has for certain; return their weight.

    Two chains are such a pair if their weight is at least that of the best rival of the one and
    the best rival of the other together: an alignment that parts them gains nothing by it. Each
    pair that goes is one rival less for others, which may make theirs certain. Of the chains of
    a system that is any good most are found so, and `best` has to search among few.

    Args:
        gold: For each gold chain the weights of its partners; changed in place.
        predicted: The same weights from the other side.
    """
    aligned = 0
    waiting = list(range(len(gold)))
    while waiting:
        chain = waiting.pop()
        if not gold[chain]:
            continue
        other = max(gold[chain], key=gold[chain].__getitem__)
        weight = gold[chain][other]
        rivals = _largest(gold[chain], other) + _largest(predicted[other], chain)
        if weight < rivals:
            continue
        aligned += weight
        left, right = gold[chain], predicted[other]
        gold[chain], predicted[other] = {}, {}
        for each in left.keys() - {other}:
            del predicted[each][chain]
            waiting.extend(predicted[each])
        for each in right.keys() - {chain}:
            del gold[each][other]
            waiting.append(each)
    return aligned


def _largest(weights: Mapping[int, int], but: int) -> int:
    if len(weights) == 1:
        return 0
    return max([weight for each, weight in weights.items() if each != but])
