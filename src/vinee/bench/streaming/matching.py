"""Predicted spans of many documents, checked and looked up among the gold ones at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from vinee.bench.streaming.lines import UsualDocument
    from vinee.bench.streaming.reference import Reference
    from vinee.bench.streaming.table import Table

    Array = npt.NDArray[np.int64]

_MOST_WAITING = 1 << 13  # spans, few enough to stay in a processor's cache
_LARGEST = 1 << 62


class Waiting(NamedTuple):
    """A document that waits.

    Attributes:
        line: Its line, from 1.
        document: What is predicted, the texts of its mentions being right.
        row: Its row in the tables; None if it is not scored.
        length: How long its text is, in code points.
    """

    line: int
    document: UsualDocument
    row: int | None
    length: int


class Matching:
    """Documents that wait to be counted.

    A span becomes one whole number, made of its document, start, end and label, so that gold and
    predicted ones can be sorted and searched as arrays.
    """

    def __init__(self, reference: Reference, correct: Table, predicted: Table) -> None:
        """Begin with none.

        Args:
            reference: The gold.
            correct: Where spans that are also gold are counted.
            predicted: Where all spans are counted.
        """
        self._reference = reference
        self._correct = correct
        self._predicted = predicted
        self._labels = len(reference.labels)
        self._longest = 0
        self._begin()

    @property
    def is_full(self) -> bool:
        """Whether it is time to `settle`."""
        return len(self._starts) >= _MOST_WAITING

    def fits(self, length: int) -> bool:
        """Tell whether a document with a text so long can be added.

        The numbers of many such documents would be too large; those of one, if its text had 10⁸
        code points.
        """
        more = max(self._longest, length) + 1
        spans = more * more * self._labels
        return (len(self._waiting) + 1) * spans <= _LARGEST

    def add(self, waiting: Waiting) -> None:
        """Let a document wait, one that `fits`."""
        mentions, code_of = waiting.document.mentions, self._reference.code_of
        self._waiting.append(waiting)
        self._longest = max(self._longest, waiting.length)
        self._starts.extend([each.start for each in mentions])
        self._ends.extend([each.end for each in mentions])
        self._codes.extend([code_of[each.type] for each in mentions])

    def settle(self) -> list[Waiting]:
        """Count what waits.

        Returns:
            Those documents that were not counted, because a span of theirs is empty or reaches
            beyond the text, or stands there twice.
        """
        waiting = self._waiting
        if not waiting:
            return []
        sizes = [len(each.document.mentions) for each in waiting]
        documents = np.repeat(np.arange(len(sizes)), sizes)
        starts, ends, codes = (
            np.fromiter(each, dtype=np.int64, count=len(each))
            for each in (self._starts, self._ends, self._codes)
        )
        lengths = np.array([each.length for each in waiting])
        wrong = np.zeros(len(waiting), dtype=bool)
        wrong[documents[(starts >= ends) | (ends > lengths[documents])]] = True
        kept = ~wrong[documents]
        given = self._numbers(documents[kept], starts[kept], ends[kept], codes[kept])
        twice = given[1:][given[1:] == given[:-1]]
        wrong[self._document(twice)] = True
        given = given[~wrong[self._document(given)]]
        wanted = self._wanted(each.document.doc_id for each in waiting)
        # Nothing is equal to what is after the end.
        found = np.append(wanted, -1)[np.searchsorted(wanted, given)] == given
        rows = np.array([-1 if each.row is None else each.row for each in waiting])
        self._count(self._predicted, rows, given)
        self._count(self._correct, rows, given[found])
        self._begin()
        return [waiting[at] for at in np.flatnonzero(wrong)]

    def _begin(self) -> None:
        self._waiting: list[Waiting] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._codes: list[int] = []
        self._longest = 0

    def _wanted(self, doc_ids: Iterable[str]) -> Array:
        """Make numbers of the gold spans of documents."""
        spans, sizes = self._reference.fit_spans(doc_ids)
        return self._numbers(np.repeat(np.arange(len(sizes)), sizes), *spans)

    def _numbers(self, documents: Array, starts: Array, ends: Array, codes: Array) -> Array:
        """Make each span a number, and sort them."""
        more = self._longest + 1
        spans = (documents * more + starts) * more + ends
        return np.sort(spans * self._labels + codes)

    def _document(self, numbers: Array) -> Array:
        more = self._longest + 1
        found: Array = numbers // (more * more * self._labels)
        return found

    def _count(self, table: Table, rows: Array, numbers: Array) -> None:
        """Count spans of the documents that have rows."""
        at = rows[self._document(numbers)]
        table.add(at[at >= 0], (numbers % self._labels)[at >= 0])
