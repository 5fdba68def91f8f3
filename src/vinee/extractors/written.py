"""The date of an article, where the article itself says it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from vinee.extractors.base import text_of

if TYPE_CHECKING:
    from vinee.model import Document

_DATE = re.compile(
    r"(?<!\d)(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})[/-](?P<m2>\d{1,2})[/-](?P<y2>\d{4}))(?!\d)"
)


def written(document: Document) -> date | None:
    """Give the first full date of the document's datelines, ``2025-08-07`` or ``7/8/2025``.

    It is the one date that a system may resolve relative expressions by: the gold, which knows
    more, is not shown to systems.

    Raises:
        ExtractorError: The document has no text.
    """
    text = text_of(document)
    for section in document.sections or ():
        if section.kind == "dateline":
            for match in _DATE.finditer(text, section.start, section.end):
                try:
                    return _day(match)
                except ValueError:  # no day of the calendar
                    continue
    return None


def _day(match: re.Match[str]) -> date:
    parts = {name[0]: int(number) for name, number in match.groupdict().items() if number}
    return date(parts["y"], parts["m"], parts["d"])
