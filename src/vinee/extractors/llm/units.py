"""How much text a model is given at a time."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from vinee.extractors.base import sentence_spans, text_of
from vinee.text import paragraphs

if TYPE_CHECKING:
    from vinee.extractors.llm.settings import Unit
    from vinee.model import Document

Stretch: TypeAlias = tuple[tuple[int, int], ...]
"""Sentences that a model is given together, as half-open spans in code points, ascending."""


def stretches(document: Document, unit: Unit) -> list[Stretch]:
    """Cut a document into stretches of whole sentences; one without a sentence gives none.

    A sentence belongs to the paragraph, a line of the text, in which it begins.

    Raises:
        ExtractorError: The document came without text.
    """
    text = text_of(document)
    spans = sorted(sentence_spans(document))
    sentences = tuple(span for span in spans if text[slice(*span)].strip())
    if unit == "sentence":
        return [(sentence,) for sentence in sentences]
    if unit == "document":
        return [sentences] if sentences else []
    grouped = (
        tuple(sentence for sentence in sentences if start <= sentence[0] < end)
        for start, end in _lines(text)
    )
    return [stretch for stretch in grouped if stretch]


def halves(stretch: Stretch) -> tuple[Stretch, Stretch] | None:
    """Cut a stretch in the middle of its sentences; None if it is a single one."""
    middle = len(stretch) // 2
    return (stretch[:middle], stretch[middle:]) if middle else None


def covered(stretch: Stretch) -> tuple[int, int]:
    """Give the span of a stretch."""
    return stretch[0][0], stretch[-1][1]


def _lines(text: str) -> list[tuple[int, int]]:
    """Give the paragraphs, each reaching to the next, so that no sentence lies between two."""
    starts = [0, *(start for start, _ in paragraphs(text)[1:]), len(text)]
    return list(pairwise(starts))
