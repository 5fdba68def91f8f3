"""The best one-to-one alignment of gold and predicted chains, for CEAF."""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vinee.metrics.coref.overlap import Overlap

    Similarity: TypeAlias = Callable[[int, int, int], Fraction]
    Weights: TypeAlias = dict[tuple[int, int], Fraction]


_LARGEST_SCALE = 2**40  # leaves room below 2**53 for the sums that the search forms


def best_total(sides: Overlap, similarity: Similarity) -> Fraction:
    """Return the largest sum of similarities of a one-to-one alignment of chains.

    Chains that share no mention have similarity 0, so each group of chains that are linked by
    shared mentions is aligned by itself. The search is in double precision, over whole numbers
    if a common denominator of the group's similarities is at most 2**40, so that it is exact
    but for very large groups; the sum of the alignment found is exact always.

    Args:
        sides: The chains.
        similarity: From the number of shared mentions, at least 1, and the sizes of the gold and
            of the predicted chain.
    """
    total = Fraction(0)
    for group in _groups(sides):
        weights = {
            (gold, predicted): similarity(
                sides.gold[gold].pieces[predicted],
                sides.gold[gold].size,
                sides.predicted[predicted].size,
            )
            for gold in group
            for predicted in sides.gold[gold].pieces
        }
        total += _best_of_group(weights)
    return total


def _groups(sides: Overlap) -> Iterator[set[int]]:
    """Yield sets of gold chains that predicted chains connect."""
    unseen = {number for number, chain in enumerate(sides.gold) if chain.pieces}
    while unseen:
        group, ahead = set[int](), [min(unseen)]
        while ahead:
            gold = ahead.pop()
            if gold not in group:
                group.add(gold)
                for predicted in sides.gold[gold].pieces:
                    ahead.extend(sides.predicted[predicted].pieces.keys() - group)
        unseen -= group
        yield group


def _best_of_group(weights: Weights) -> Fraction:
    rows, columns = (sorted(set(side)) for side in zip(*weights, strict=True))
    if 1 in (len(rows), len(columns)):  # so it nearly always is, and scipy need not be imported
        return max(weights.values())

    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]  # it has none

    scale = lcm(*(weight.denominator for weight in weights.values()))
    if scale > _LARGEST_SCALE:
        scale = 1
    row_of, column_of = ({chain: at for at, chain in enumerate(side)} for side in (rows, columns))
    matrix = np.zeros((len(rows), len(columns)))
    for (gold, predicted), weight in weights.items():
        matrix[row_of[gold], column_of[predicted]] = float(weight * scale)
    aligned = zip(*linear_sum_assignment(matrix, maximize=True), strict=True)
    return sum(
        (weights.get((rows[row], columns[column]), Fraction(0)) for row, column in aligned),
        Fraction(0),
    )
