"""Bringing the strings of an answer onto the text."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from vinee.text import ground

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

Place: TypeAlias = tuple[int, int]
"""A half-open span in code points of the document."""


@dataclass
class Placing:
    """A stretch of a document, and counts of how strings were brought onto it.

    Attributes:
        text: The document's text.
        start: First code point of the stretch.
        end: One past its last code point.
        counts: ``exact``, ``repaired``, ``ambiguous`` and ``ungrounded``.
    """

    text: str
    start: int
    end: int
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def stretch(self) -> str:
        """The text of the stretch."""
        return self.text[self.start : self.end]

    def places(self, strings: Sequence[tuple[str, str]]) -> list[Place | None]:
        """Find strings that are listed in the order of the text, each with its label.

        The k-th time that a string is listed means the k-th place where it stands. Where it is
        listed more often than it stands there, each label is counted by itself, since one place
        may bear several. A string that is listed less often than it stands there is ambiguous:
        it means the first places. One that is listed more often is, for the rest, not grounded.

        Returns:
            For each string its place; None if there is none.
        """
        matches = [ground(self.stretch, string).matches for string, _ in strings]
        listed = Counter(matches)
        keys: list[Hashable] = [
            found if listed[found] <= len(found) else (found, label)
            for found, (_, label) in zip(matches, strings, strict=True)
        ]
        times, used = Counter(keys), defaultdict[object, int](int)
        placed: list[Place | None] = []
        for key, found, (string, _) in zip(keys, matches, strings, strict=True):
            grounding = ground(self.stretch, string, used[key])
            used[key] += 1
            unsure = grounding.span is not None and times[key] < len(found)
            self.counts["ambiguous" if unsure else grounding.status] += 1
            placed.append(None if grounding.span is None else self._shifted(grounding.span))
        return placed

    def near(self, string: str, trigger: Place, sentence: Place) -> Place | None:
        """Find the string of an argument: in the trigger's sentence if it stands there.

        Of several places it is the last before the trigger, or else the first after it; that
        is counted as ambiguous.
        """
        grounding = ground(self.stretch, string)
        self.counts[grounding.status] += 1
        found = [self._shifted(match) for match in grounding.matches]
        inside = [each for each in found if sentence[0] <= each[0] and each[1] <= sentence[1]]
        wanted = inside or found
        before = [each for each in wanted if each[0] < trigger[0]]
        return before[-1] if before else next(iter(wanted), None)

    def _shifted(self, span: Place) -> Place:
        return span[0] + self.start, span[1] + self.start
