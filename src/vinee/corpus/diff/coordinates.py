"""Offsets that both editions of a document share, also where its text was changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.corpus.diff.change import TextChange

if TYPE_CHECKING:
    from vinee.corpus.diff.pairing import Span
    from vinee.model import Located


@dataclass(frozen=True, slots=True)
class Coordinates:
    """From the offsets of one edition to shared ones.

    In shared coordinates both replaced stretches stand one after the other, so that nothing
    inside the one is at the place of anything inside the other.

    Attributes:
        start: Where the replaced stretch begins.
        end: Where it ends in this edition.
        inside: How far what lies inside it is shifted.
        behind: How far what lies behind it is shifted.
    """

    start: int = 0
    end: int = 0
    inside: int = 0
    behind: int = 0

    def span(self, item: Located) -> Span:
        """Give an item's span; one that begins or ends at the stretch does not take it in."""
        if item.start >= self.end:
            start = item.start + self.behind
        else:
            start = item.start + (self.inside if item.start > self.start else 0)
        if item.end <= self.start:
            end = item.end
        else:
            end = item.end + (self.inside if item.end < self.end else self.behind)
        return start, max(start, end)


def shared(old: str | None, new: str | None) -> tuple[Coordinates, Coordinates, TextChange | None]:
    """Find coordinates that two texts share, and what differs between them.

    What lies before the first difference and behind the last one is taken to be the same text.
    A text that one edition leaves out is taken to be that of the other.
    """
    if old == new:
        return Coordinates(), Coordinates(), None
    if old is None or new is None:
        return Coordinates(), Coordinates(), TextChange("new" if old is None else "old")
    start = _common(old, new)
    same = _common(old[start:][::-1], new[start:][::-1])
    texts = old[start : len(old) - same], new[start : len(new) - same]
    lengths = len(texts[0]), len(texts[1])
    # The order must be that of the texts, not of the editions: a diff can be read either way.
    old_first = texts[0] < texts[1]
    ends = start + lengths[0], start + lengths[1]
    return (
        Coordinates(start, ends[0], 0 if old_first else lengths[1], lengths[1]),
        Coordinates(start, ends[1], lengths[0] if old_first else 0, lengths[0]),
        TextChange(None, (start, ends[0]), (start, ends[1])),
    )


def _common(left: str, right: str) -> int:
    """Count the characters with which both begin."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(left), len(right)))
