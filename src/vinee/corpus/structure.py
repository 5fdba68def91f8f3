"""Layout: sections from the places where they begin, sentences that no section cuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee import text as segment
from vinee.model import Section, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.model import SectionKind


def sections(text: str, starts: Iterable[tuple[int, SectionKind]]) -> tuple[Section, ...]:
    """Cut ``text`` into sections.

    Args:
        text: The document's text.
        starts: Code-point offset and kind of each section, ascending; each reaches to the next.

    Returns:
        One section for each start, white space trimmed from its ends.
    """
    ordered = list(starts)
    ends = [start for start, _ in ordered[1:]] + [len(text)]
    return tuple(
        _section(text, start, end, kind) for (start, kind), end in zip(ordered, ends, strict=True)
    )


def sentences(text: str, located: Iterable[Section]) -> tuple[Span, ...]:
    """Split each section into sentences; spans are code points of ``text``."""
    return tuple(
        Span(
            section.start + start,
            section.start + end,
            text[section.start + start : section.start + end],
        )
        for section in located
        for start, end in segment.sentences(text[section.start : section.end])
    )


def _section(text: str, start: int, end: int, kind: SectionKind) -> Section:
    part = text[start:end]
    first = start + len(part) - len(part.lstrip())
    stripped = part.strip()
    return Section(first, first + len(stripped), kind, stripped)
