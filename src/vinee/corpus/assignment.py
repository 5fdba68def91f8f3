"""The best one-to-one assignment over few possible pairs."""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    Edges = dict[int, dict[int, int]]


def best(edges: Iterable[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Choose pairs, each left and each right in at most one, of the greatest total weight.

    Shortest augmenting paths over the given pairs only (Jonker and Volgenant 1987), so that
    what overlaps little costs little. If the best choice is unique, it does not depend on the
    order of the input.

    Args:
        edges: ``(left, right, weight)``, each pair once, weights greater than 0.

    Returns:
        The chosen ``(left, right)``, ascending.
    """
    weights: Edges = defaultdict(dict)
    for left, right, weight in edges:
        weights[left][right] = weight
    found = _Assignment(weights)
    for left in sorted(weights):
        found.add(left)
    return sorted(found.right_of.items())


class _Assignment:
    """The best assignment of the lefts added so far; a left may stay alone, at no cost."""

    def __init__(self, weights: Edges) -> None:
        self.weights = weights
        self.right_of: dict[int, int] = {}
        self.left_of: dict[int, int] = {}
        # Potentials keep the reduced cost, -weight - of_left - of_right, at 0 or above.
        self._of_left = {left: -max(row.values()) for left, row in weights.items()}
        self._of_right: dict[int, int] = defaultdict(int)

    def add(self, source: int) -> None:
        """Let one more left take part; others give way where the total gains by it."""
        reached = {source: 0}
        settled: dict[int, int] = {}
        parent: dict[int, int] = {}
        # A right of None is to stay alone; the counter keeps rights from being compared.
        queue: list[tuple[int, int, int | None, int]] = []
        order = count()
        left = source
        while True:
            base = reached[left] - self._of_left[left]
            heappush(queue, (base, next(order), None, left))
            for right, weight in self.weights[left].items():
                if right not in settled:
                    distance = base - weight - self._of_right[right]
                    heappush(queue, (distance, next(order), right, left))
            distance, right_, by = _nearest(queue, settled)
            if right_ is None or right_ not in self.left_of:
                break
            settled[right_], parent[right_] = distance, by
            left = self.left_of[right_]
            reached[left] = distance
        for each, near in reached.items():
            self._of_left[each] += distance - near
        for each, near in settled.items():
            self._of_right[each] -= distance - near
        self._shift(right_, by, parent)

    def _shift(self, right: int | None, left: int, parent: dict[int, int]) -> None:
        """Give ``right`` to ``left``, what that held to its parent, and so on."""
        while True:
            held = self.right_of.pop(left, None)
            if right is not None:
                self.right_of[left], self.left_of[right] = right, left
            if held is None:
                return
            right, left = held, parent[held]


def _nearest(
    queue: list[tuple[int, int, int | None, int]], settled: dict[int, int]
) -> tuple[int, int | None, int]:
    while True:
        distance, _, right, by = heappop(queue)
        if right is None or right not in settled:
            return distance, right, by
