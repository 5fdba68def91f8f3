"""Predicted spans of many documents that are looked up among the gold ones at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from vinee.bench.streaming.plain import Columns
    from vinee.bench.streaming.reference import Reference
    from vinee.bench.streaming.table import Table

    Array = npt.NDArray[np.int64]

_MOST_WAITING = 1 << 16  # spans, of which a document can have more
_LARGEST = 1 << 62


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
        self._doc_ids: list[str] = []
        self._rows: list[int] = []
        self._sizes: list[int] = []
        self._columns: tuple[list[int], list[int], list[int]] = ([], [], [])
        self._longest = self._room = 0

    def add(self, doc_id: str, row: int, spans: Columns, length: int) -> bool:
        """Let a document wait.

        Args:
            doc_id: Its id.
            row: Its row in the tables.
            spans: What is predicted, no span with one label twice.
            length: How long its text is.

        Returns:
            Whether it could be taken: numbers would be too large of a text of 10⁸ code points.
        """
        if length > self._longest or len(self._rows) >= self._room:
            longest = max(self._longest, length)
            if len(self._rows) >= self._room_for(longest):
                self.settle()
                longest = length
            self._longest, self._room = longest, self._room_for(longest)
            if not self._room:
                return False
        self._doc_ids.append(doc_id)
        self._rows.append(row)
        self._sizes.append(len(spans.starts))
        for waiting, column in zip(self._columns, spans, strict=True):
            waiting.extend(column)
        if len(self._columns[0]) >= _MOST_WAITING:
            self.settle()
        return True

    def settle(self) -> None:
        """Count what waits."""
        if not self._rows:
            return
        gold, sizes = self._reference.fit_spans(self._doc_ids)
        wanted = self._numbers([*gold], sizes)
        columns = [np.array(column, dtype=np.int64) for column in self._columns]
        given = self._numbers(columns, self._sizes)
        # Nothing is equal to what is after the end.
        found = np.append(wanted, -1)[np.searchsorted(wanted, given)] == given
        self._count(self._predicted, given)
        self._count(self._correct, given[found])
        for waiting in (self._doc_ids, self._rows, self._sizes, *self._columns):
            waiting.clear()
        self._longest = self._room = 0

    def _room_for(self, longest: int) -> int:
        """Return how many documents with texts no longer than this have numbers small enough."""
        return _LARGEST // ((longest + 1) ** 2 * self._labels)

    def _numbers(self, columns: Sequence[Array], sizes: list[int]) -> Array:
        """Make each span a number, and sort them."""
        starts, ends, codes = columns
        numbers = np.repeat(np.arange(len(sizes)), sizes)
        for column in (starts, ends):
            numbers *= self._longest + 1
            numbers += column
        numbers *= self._labels
        numbers += codes
        numbers.sort()
        return numbers

    def _count(self, table: Table, numbers: Array) -> None:
        documents, codes = (
            numbers // (self._longest + 1) ** 2 // self._labels,
            numbers % self._labels,
        )
        table.add(np.array(self._rows, dtype=np.int64)[documents], codes)
