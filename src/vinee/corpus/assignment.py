"""The best one-to-one assignment over few possible pairs."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Edges = Mapping[int, Mapping[int, float]]


def best(edges: Iterable[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Choose pairs, each left and each right in at most one, of the greatest total weight.

    Each group of items that pairs connect is assigned by itself, so that what is seldom linked
    costs little. The result does not depend on the order of the input. The search is in double
    precision: exact for whole weights as long as their sums stay below 2**53.

    Args:
        edges: ``(left, right, weight)``, each pair once, weights greater than 0.

    Returns:
        The chosen ``(left, right)``, ascending.
    """
    rights: dict[int, dict[int, float]] = defaultdict(dict)
    lefts: dict[int, dict[int, float]] = defaultdict(dict)
    for left, right, weight in edges:
        rights[left][right] = weight
        lefts[right][left] = weight
    return sorted(pair for group in _groups(rights, lefts) for pair in _assigned(group, rights))


def _groups(rights: Edges, lefts: Edges) -> Iterator[list[int]]:
    """Yield lefts that are connected by rights that they share."""
    unseen = set(rights)
    while unseen:
        group, ahead = set[int](), [min(unseen)]
        while ahead:
            left = ahead.pop()
            if left not in group:
                group.add(left)
                for right in rights[left]:
                    ahead.extend(lefts[right].keys() - group)
        unseen -= group
        yield sorted(group)


def _assigned(group: list[int], rights: Edges) -> Iterator[tuple[int, int]]:
    columns = sorted({right for left in group for right in rights[left]})
    if len(group) == 1:  # so it nearly always is, and scipy need not be imported
        row = rights[group[0]]
        yield group[0], max(columns, key=lambda right: (row[right], -right))
        return

    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]  # it has none

    at = {right: number for number, right in enumerate(columns)}
    matrix = np.zeros((len(group), len(columns)))
    for number, left in enumerate(group):
        for right, weight in rights[left].items():
            matrix[number, at[right]] = weight
    for row_, column in zip(*linear_sum_assignment(matrix, maximize=True), strict=True):
        if columns[column] in rights[group[row_]]:
            yield group[row_], columns[column]
