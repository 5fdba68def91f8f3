"""Windows over a sentence that is longer than a model can read; nothing is left out."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of items, ``[start, stop)``, and those that it decides on, ``[first, last)``.

    Where two windows overlap, each decides on the half that lies farther from its own edge.
    """

    start: int
    stop: int
    first: int
    last: int


def windows(
    sizes: Sequence[int], budget: int, overlap: int, most: int | None = None
) -> list[Window]:
    """Cover items by windows that a model can read.

    Args:
        sizes: The size of each item, such as the sub-words of a word.
        budget: Most that a window's sizes may sum to; a single item may be larger.
        overlap: How many items two neighbours share.
        most: Most items in a window.

    Returns:
        Windows in ascending order that together decide on each item once; none without items.
    """
    sums = list(accumulate(sizes, initial=0))
    spans: list[tuple[int, int]] = []
    start = 0
    while start < len(sizes):
        stop = max(start + 1, bisect_right(sums, sums[start] + budget) - 1)
        stop = stop if most is None else min(stop, start + most)
        spans.append((start, stop))
        if stop == len(sizes):
            break
        # At least half of each window is new, so that the number of windows stays linear.
        start = max(stop - overlap, (start + stop + 1) // 2)
    cuts = [0, *((after[0] + before[1]) // 2 for before, after in pairwise(spans)), len(sizes)]
    return [Window(*span, *own) for span, own in zip(spans, pairwise(cuts), strict=False)]
