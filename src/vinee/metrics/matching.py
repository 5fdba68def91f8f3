"""How many spans of two sides can be paired one-to-one where pairs must overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    Span: TypeAlias = tuple[int, int]


def overlapping_pairs(gold: Collection[Span], predicted: Collection[Span]) -> int:
    """Return the size of the largest one-to-one pairing of spans that overlap.

    Spans are half-open, so ``[0, 5)`` and ``[5, 8)`` only touch and do not overlap. No order of
    the input matters, and nothing that a greedy choice would lose is lost: the pairing is a
    maximum matching, found by augmenting paths (Berge 1957).
    """
    given = sorted(predicted)
    longest = max((end - start for start, end in given), default=0)
    candidates = [_overlapping(span, given, longest) for span in sorted(gold)]
    pair_of: dict[int, int] = {}  # number of a predicted span -> number of its gold span
    return sum(_augmented(start, candidates, pair_of) for start in range(len(candidates)))


def _overlapping(span: Span, ordered: Sequence[Span], longest: int) -> list[int]:
    start, end = span
    near = range(bisect_left(ordered, (start - longest, 0)), bisect_left(ordered, (end, 0)))
    return [number for number in near if ordered[number][1] > start]


def _augmented(start: int, candidates: Sequence[Sequence[int]], pair_of: dict[int, int]) -> bool:
    """Pair one gold span more, if others can be paired anew to make room for it."""
    came_from: dict[int, int] = {}
    had: dict[int, int] = {}
    pending = deque([start])
    while pending:
        gold = pending.popleft()
        for predicted in candidates[gold]:
            if predicted in came_from:
                continue
            came_from[predicted] = gold
            if predicted in pair_of:
                had[pair_of[predicted]] = predicted
                pending.append(pair_of[predicted])
                continue
            free = predicted
            while came_from[free] != start:
                pair_of[free] = came_from[free]
                free = had[came_from[free]]
            pair_of[free] = start
            return True
    return False
