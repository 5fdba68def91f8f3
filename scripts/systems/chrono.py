"""chrono, a parser of dates for Node, with its Vietnamese rules.

Run it with `make systems`, or beside a folder ``node_modules`` with chrono-node: ``vinee run
chrono:ChronoExtractor``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import node

from vinee.extractors import Claims
from vinee.extractors.base import sentence_spans, text_of
from vinee.extractors.written import common, moments
from vinee.model import Document, Timex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class ChronoExtractor:
    """``chrono.vi.casual.parse()``, sentence by sentence.

    It reads every expression as a point in time, so all are ``DATE``, or ``TIME`` where it read
    an hour; it knows no weeks, durations or sets. Relative ones are resolved by the date in the
    article's dateline, and X stands for what would follow from a date that nobody knows.
    """

    name = "chrono"
    claims = Claims(timexes=True)
    licence = "MIT"
    texts_seen = "no"
    trained_on = "nothing: patterns written by hand"

    @property
    def version(self) -> str:
        """Version of the package."""
        return node.version("chrono-node")

    def extract(self, documents: Sequence[Document]) -> Iterator[Document]:
        """Annotate documents with times; starts Node once for each."""
        return map(_annotate, documents)


def _annotate(document: Document) -> Document:
    text = text_of(document)
    spans = sentence_spans(document)
    question = {
        "sentences": [text[start:end] for start, end in spans],
        "moments": [f"{moment.isoformat()}Z" for moment in moments(document)],
    }
    found = [
        (start + first, start + last, kind, values)
        for (start, _), times in zip(spans, node.answer("chrono.js", question), strict=True)
        for first, last, kind, values in times
    ]
    timexes = tuple(
        Timex(
            start,
            end,
            text=text[start:end],
            id=f"t{number}",
            type=kind,
            value=values and common(*values),
        )
        for number, (start, end, kind, values) in enumerate(found, start=1)
    )
    return Document(document.doc_id, timexes=timexes)
