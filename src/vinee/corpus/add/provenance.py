"""What is known of where an article comes from, with the evidence that it gives itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from vinee.corpus.seeds import Known, Provenance
from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from vinee.model import Document

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says of an article: a value, or None, and phrases of its text."""

    value: str | None = None
    evidence: tuple[str, ...] = ()


def origin(layout: Document, outlet: Claim, published: Claim) -> Provenance:
    """Check what is said of an article's outlet and day of publication.

    A value that a quoted phrase of the dateline states has the basis ``header``, another one
    ``inferred``; without a value it is ``unknown``.

    Args:
        layout: The article with its sections.
        outlet: The outlet's name.
        published: The day, ``YYYY-MM-DD``.

    Raises:
        InvalidError: A value has no evidence, evidence is not in the article, or the day is none.
    """
    if published.value is not None:
        _check_day(published.value, layout.doc_id)
    return Provenance(
        outlet=_known("outlet", outlet, layout), published=_known("published", published, layout)
    )


def _known(name: str, claim: Claim, layout: Document) -> Known:
    where = Where(doc_id=layout.doc_id, path=f"$.{name}")
    for quote in claim.evidence:
        if not quote.strip() or quote not in (layout.text or ""):
            problem = f"{quote!r} is not in the article; quote it exactly"
            raise InvalidError("seed-provenance", where, problem)
    if claim.value is None:
        explanation = "Not given when the article was added."
        return Known(None, "unknown", claim.evidence, explanation)
    if not claim.value.strip() or not claim.evidence:
        problem = f"{claim.value!r} needs a phrase of the article that shows it; give --{name}-"
        raise InvalidError("seed-provenance", where, f"{problem}evidence, or leave it unknown")
    datelines = [s.text or "" for s in layout.sections or () if s.kind == "dateline"]
    written = re.compile(_ways_to_write(claim.value))
    if any(written.search(q) and q in line for q in claim.evidence for line in datelines):
        return Known(claim.value, "header", claim.evidence, "The dateline states it.")
    explanation = "Given when the article was added, on the evidence quoted."
    return Known(claim.value, "inferred", claim.evidence, explanation)


def _ways_to_write(value: str) -> str:
    """Give a pattern of the value, and of a day also as Vietnamese writes it: 7/8/2025."""
    if not _DAY.fullmatch(value):
        return re.escape(value)
    year, month, day = value.split("-")
    return rf"{value}|\b0?{int(day)}[/.-]0?{int(month)}[/.-]{year}\b"


def _check_day(value: str, doc_id: str) -> None:
    try:
        if _DAY.fullmatch(value):
            date.fromisoformat(value)
            return
    except ValueError:
        pass  # no such day, which is told below
    problem = f"{value!r} is no day; write it YYYY-MM-DD"
    raise InvalidError("seed-provenance", Where(doc_id=doc_id, path="$.published"), problem)
