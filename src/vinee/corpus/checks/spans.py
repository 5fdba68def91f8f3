"""Checks on spans: inside the text, in order, and covering the text that they claim."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.corpus.checks.context import Context
    from vinee.corpus.findings import Finding
    from vinee.model import Located

_LOOSE = frozenset("\"'“”‘’«»,.;:!?… \t\n")
_PAIRS = (("“", "”"), ("‘", "’"), ("«", "»"), ('"', '"'))
_SHOWN = 60


def spans_lie_in_text(context: Context) -> Iterator[Finding]:
    """``span-reversed`` and ``span-outside``: ``0 <= start < end <= len(text)``."""
    length = len(context.text)
    for keys, span, _ in context.spans():
        if span.start >= span.end:
            yield context.finding(
                "span-reversed",
                keys,
                f"the span [{span.start}, {span.end}) is empty or reversed; "
                "start must be smaller than end, and end is exclusive",
            )
        elif span.start < 0 or span.end > length:
            yield context.finding(
                "span-outside",
                keys,
                f"the span [{span.start}, {span.end}) lies outside the text, which has "
                f"{length} code points; count code points, not bytes",
            )


def spans_cover_their_text(context: Context) -> Iterator[Finding]:
    """``span-text``: the text kept with a span is the text at its offsets."""
    for keys, span, claimed in context.spans():
        if claimed is None or not _inside(span, context):
            continue
        actual = context.text[span.start : span.end]
        if actual != claimed:
            yield context.finding("span-text", keys, _difference(span, claimed, actual))


def _inside(span: Located, context: Context) -> bool:
    return 0 <= span.start < span.end <= len(context.text)


def _difference(span: Located, claimed: str, actual: str) -> str:
    message = (
        f"the text says {claimed[:_SHOWN]!r}, but at [{span.start}, {span.end}) "
        f"stands {actual[:_SHOWN]!r}"
    )
    if unicodedata.normalize("NFC", claimed) == unicodedata.normalize("NFC", actual):
        return f"{message}; they differ in Unicode normalisation only, so count in the original"
    return f"{message}; count code points of the unchanged text"


def spans_have_tight_ends(context: Context) -> Iterator[Finding]:
    """``span-edge``: no space, quote or stop at the ends of mentions, times and triggers (G4).

    A quotation mark whose partner stands inside the span may stay.
    """
    for keys, span, _ in context.spans():
        if keys[0] not in {"mentions", "timexes", "events"} or not _inside(span, context):
            continue
        covered = context.text[span.start : span.end]
        if _is_loose(covered[:1], covered) or _is_loose(covered[-1:], covered):
            yield context.finding(
                "span-edge",
                keys,
                f"{covered[:_SHOWN]!r} begins or ends with space, quote or punctuation; "
                "leave that out of the span",
                "warning",
            )


def _is_loose(mark: str, covered: str) -> bool:
    if mark not in _LOOSE:
        return False
    return not any(mark in pair and _paired(covered, *pair) for pair in _PAIRS)


def _paired(covered: str, opening: str, closing: str) -> bool:
    if opening == closing:
        return covered.count(opening) % 2 == 0
    return covered.count(opening) == covered.count(closing)


def extents_hold_their_span(context: Context) -> Iterator[Finding]:
    """``extent-outside``: the extent of a mention contains its bare span."""
    for index, mention in enumerate(context.document.mentions or ()):
        extent = mention.extent
        if extent and not extent.start <= mention.start <= mention.end <= extent.end:
            yield context.finding(
                "extent-outside",
                ("mentions", index, "extent"),
                f"the extent [{extent.start}, {extent.end}) does not contain the bare span "
                f"[{mention.start}, {mention.end}); widen it",
            )
