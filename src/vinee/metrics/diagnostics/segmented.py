"""Items that word segmentation cuts: no system that works on such words can find them."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from vinee.metrics.diagnostics.attributes import Attribute
from vinee.text import word_tool, words

if TYPE_CHECKING:
    from vinee.metrics.diagnostics.attributes import Side

WHOLE, CUT = "whole", "cut"


def segmented() -> Attribute:
    """Divide by whether an item starts or ends inside a word of `vinee.text.words`.

    Raises:
        MissingExtraError: The tool that makes words is not installed.
    """
    about = f"whether its bounds are bounds of words, which {word_tool()} made"
    return Attribute("words", about, _values, (WHOLE, CUT))


def _values(side: Side) -> list[str]:
    spans = _words(side.text)
    starts = [start for start, _ in spans]

    def inside(place: int) -> bool:
        at = bisect_left(starts, place) - 1  # the last word that starts before the place
        return at >= 0 and place < spans[at][1]

    return [CUT if inside(item.start) or inside(item.end) else WHOLE for item in side.items]


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[tuple[int, int], ...]:
    # Both sides, all kinds of items and all systems ask for the same texts, and it is slow.
    return tuple(words(text))
