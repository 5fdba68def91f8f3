"""What is counted together, and so resampled together: articles, paragraphs or sentences."""

from __future__ import annotations

from bisect import bisect_right
from itertools import repeat
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from vinee.errors import InvalidError, UnknownNameError, Where
from vinee.text import paragraphs, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vinee.metrics.base import Metric
    from vinee.model import Document

Unit: TypeAlias = Literal["document", "paragraph", "sentence"]
UNITS: tuple[Unit, ...] = get_args(Unit)

_DIGITS = 6  # so that the names of a document's parts are in the order of the text


class Rows:
    """The units of gold documents, in ascending order of their names.

    A document is named by its ``doc_id``, its parts ``doc_id#000000``, ``doc_id#000001``, …
    Whatever lies between two parts belongs to the one before, so that each place has a unit.

    Attributes:
        unit: What a unit is.
        names: Their names.
    """

    def __init__(self, documents: Iterable[Document], unit: Unit) -> None:
        """Find the units.

        Raises:
            UnknownNameError: There is no such unit.
            InvalidError: A document that must be divided has no text.
        """
        if unit not in UNITS:
            raise UnknownNameError("unit", unit, UNITS)
        self.unit = unit
        self._starts: dict[str, list[int]] = {
            document.doc_id: [0] if unit == "document" else _starts(document, unit)
            for document in documents
        }
        named = sorted(
            name for doc_id, starts in self._starts.items() for name in _names(doc_id, starts, unit)
        )
        self.names = tuple(named)
        self._row = {name: row for row, name in enumerate(named)}

    def row(self, doc_id: str, at: int) -> int:
        """Return the number of the unit that holds a place.

        Args:
            doc_id: One of the documents.
            at: Code-point offset in its text.
        """
        if self.unit == "document":
            return self._row[doc_id]
        number = max(bisect_right(self._starts[doc_id], at) - 1, 0)
        return self._row[f"{doc_id}#{number:0{_DIGITS}}"]

    def of(self, doc_id: str, places: Iterable[int]) -> Iterator[int]:
        """Give the number of the unit of each place; without end, where all have the same."""
        if self.unit == "document":
            return repeat(self._row[doc_id])
        return (self.row(doc_id, at) for at in places)


def unit_for(metric: Metric, unit: Unit) -> Unit:
    """Return the unit, or ``document`` for a metric that cannot be counted by a smaller one."""
    try:
        metric.counts([], [], unit)
    except InvalidError:
        return "document"
    return unit


def documents_only(metric: Metric, unit: Unit) -> None:
    """Refuse a unit smaller than the document, for metrics whose items reach over sentences.

    Raises:
        UnknownNameError: There is no such unit.
        InvalidError: The unit is not ``document``.
    """
    if unit not in UNITS:
        raise UnknownNameError("unit", unit, UNITS)
    if unit != "document":
        raise InvalidError(
            "metric-unit",
            Where(),
            f"{metric.name} counts whole documents: what it compares reaches over a {unit}",
        )


def document_of(name: str, unit: Unit) -> str:
    """Return the ``doc_id`` of a unit's name."""
    return name if unit == "document" else name.rpartition("#")[0]


def _starts(document: Document, unit: Unit) -> list[int]:
    if unit == "sentence" and document.sentences is not None:
        found = sorted(sentence.start for sentence in document.sentences)
    elif document.text is None:
        raise InvalidError(
            "document-without-text",
            Where(doc_id=document.doc_id, path="$.text"),
            f"a gold document must have its text to be divided into {unit}s",
        )
    else:
        divide = sentences if unit == "sentence" else paragraphs
        found = [start for start, _ in divide(document.text)]
    return found or [0]


def _names(doc_id: str, starts: list[int], unit: Unit) -> list[str]:
    if unit == "document":
        return [doc_id]
    return [f"{doc_id}#{number:0{_DIGITS}}" for number in range(len(starts))]
