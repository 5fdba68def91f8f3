"""When an article was written, as far as it says so itself, and what follows from that."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from vinee.extractors.base import text_of

if TYPE_CHECKING:
    from vinee.model import Document

_DATE = re.compile(
    r"(?<!\d)(?:(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})[/-](?P<m2>\d{1,2})[/-](?P<y2>\d{4}))(?!\d)"
)
# Two moments that have nothing in common.
_DAYS = (date(2000, 1, 3), date(2016, 6, 18))
_TIMES = (time(5, 10), time(17, 43))


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


def moments(document: Document) -> tuple[datetime, datetime]:
    """Give two moments in which the document may have been written, for systems that need one.

    They share what is known: the day if a dateline says it, and never the time of day. So what
    an expression means in both it means by itself, and `common` tells that from the rest.
    """
    day = written(document)
    first, last = _DAYS if day is None else (day, day)
    return datetime.combine(first, _TIMES[0]), datetime.combine(last, _TIMES[1])


def common(one: str, other: str) -> str:
    """Keep the fields that two values of one form share, with X for the digits of the others."""
    fields = zip(re.split(r"(\d+)", one), re.split(r"(\d+)", other), strict=True)
    return "".join(this if this == that else "X" * len(this) for this, that in fields)
