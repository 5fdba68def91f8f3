"""A first guess at the sections of an article, by rule; the annotator decides."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from vinee import text as segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.model import SectionKind

_MOST_IN_HEADING = 20  # syllables
_MOST_IN_SUBJECT = 10
_MOST_IN_DATELINE = 12
_DATE = r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4})"
_OUTLET = r"\([^()\n]{1,40}\)"
_DASH = r"\s*[-–—](?=\s|\Z)"
_DATELINE = re.compile(
    rf"date\s+{_DATE}(?:\s*{_OUTLET})?(?:{_DASH})?"
    rf"|{_DATE}(?:\s*{_OUTLET})?(?:{_DASH}|\s*\Z)"
    rf"|{_OUTLET}{_DASH}"
)
_CREDIT = re.compile(r"\(?\b[ẢảAa]nh\s*:[^()\n]*\)?[.…]*\Z")
_STOPS = tuple(".?!…:;,\"'”’»")


def guess_sections(text: str) -> tuple[tuple[int, SectionKind], ...]:
    """Guess where sections start, after the rules S1 to S4 of the guidelines.

    - ``dateline``: a date, an outlet in parentheses before a dash, or both, that open the text;
      or a short first line with a date (``Thứ năm, 7/8/2025, 10:30``) and no full stop;
    - ``caption``: a paragraph that ends with a credit, ``(Ảnh: …)``; or a first paragraph that
      is short and has a full stop, and so names who a picture shows;
    - ``heading``: a short paragraph without a final stop that another one follows;
    - ``body``: all the rest.

    Returns:
        Code-point offset and kind of each section, ascending; paragraphs of the same kind that
        follow each other are one section.
    """
    found: list[tuple[int, SectionKind]] = []
    for start, kind in _paragraphs(text):
        if not found or found[-1][1] != kind:
            found.append((start, kind))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[tuple[int, SectionKind]]:
    spans = segment.paragraphs(text)
    start, stop = spans[0]
    dateline = _dateline(text, start, stop)
    if dateline is not None:
        yield start, "dateline"
        rest = text[dateline:stop].lstrip()
        spans = [(stop - len(rest), stop), *spans[1:]] if rest else spans[1:]
    for number, (start, end) in enumerate(spans):
        has_next = number + 1 < len(spans)
        yield start, _kind(text[start:end], is_first=number == 0, has_next=has_next)


def _dateline(text: str, start: int, stop: int) -> int | None:
    """Give where the dateline ends that the first paragraph begins with, if it does."""
    found = _DATELINE.match(text, start, stop)
    if found is not None:
        return found.end()
    line = text[start:stop]
    short = len(segment.syllables(line)) <= _MOST_IN_DATELINE and not line.endswith(_STOPS)
    return stop if short and re.search(_DATE, line) else None


def _kind(paragraph: str, *, is_first: bool, has_next: bool) -> SectionKind:
    if _CREDIT.search(unicodedata.normalize("NFC", paragraph)):
        return "caption"
    length = len(segment.syllables(paragraph))
    stopped = paragraph.endswith(_STOPS)
    if has_next and not stopped and length <= _MOST_IN_HEADING:
        return "heading"
    if has_next and stopped and is_first and length <= _MOST_IN_SUBJECT:
        return "caption"
    return "body"
