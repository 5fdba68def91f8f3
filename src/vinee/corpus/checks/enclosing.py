"""Whether a span lies in one of many, without asking each."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.model import Located


class Enclosing:
    """Spans that may enclose others; they may be in any order, and overlap."""

    def __init__(self, spans: Iterable[Located]) -> None:
        ordered = sorted((span.start, span.end) for span in spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def hold(self, start: int, end: int) -> bool:
        """Tell whether one of the spans contains ``[start, end)``, in code points."""
        before = bisect_right(self._starts, start)
        return before > 0 and end <= self._reach[before - 1]
