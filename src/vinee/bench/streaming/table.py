"""Counts per document and label, added up from many small pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vinee.metrics.counts import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

_MOST_WAITING = 1 << 16  # labels that are made an array at once


class Table:
    """How many of some spans each document has of each label."""

    def __init__(self, documents: Iterable[str], labels: Sequence[str]) -> None:
        """Begin with zeros.

        Args:
            documents: Ids of documents.
            labels: The label of each code.
        """
        self.documents = tuple(sorted(documents))
        self.labels = tuple(labels)
        self._row = {doc_id: row for row, doc_id in enumerate(self.documents)}
        self._table = np.zeros(len(self.documents) * len(self.labels), dtype=np.int64)
        self._rows: list[int] = []
        self._sizes: list[int] = []
        self._codes: list[int] = []

    def add(self, doc_id: str, codes: Sequence[int]) -> None:
        """Count the spans of a document, given as the codes of their labels."""
        self._rows.append(self._row[doc_id])
        self._sizes.append(len(codes))
        self._codes += codes
        if len(self._codes) >= _MOST_WAITING:
            self._settle()

    def numbers(self) -> npt.NDArray[np.int64]:
        """Return the numbers, shape ``[documents, labels]``, documents ascending."""
        self._settle()
        return self._table.reshape(len(self.documents), len(self.labels))

    def _settle(self) -> None:
        firsts = np.array(self._rows, dtype=np.int64) * len(self.labels)
        places = np.repeat(firsts, self._sizes) + np.array(self._codes, dtype=np.int64)
        np.add.at(self._table, places, 1)
        for waiting in (self._rows, self._sizes, self._codes):
            waiting.clear()


def together(
    metric: str, correct: Table, predicted: Table, gold: Table, reported: Iterable[str]
) -> Counts:
    """Put three tables of the same documents and labels together.

    Args:
        metric: Name of the metric.
        correct: Spans that are both predicted and gold.
        predicted: Predicted spans.
        gold: Gold spans.
        reported: Labels that get a column even where they do not occur.
    """
    table = np.stack([each.numbers() for each in (correct, predicted, gold)], axis=-1)
    code_of = {label: code for code, label in enumerate(gold.labels)}
    occurring = {label for label, code in code_of.items() if table[:, code].any()}
    columns = sorted({*reported} | occurring)
    # One more code, of nothing, for labels that have none.
    table = np.pad(table, ((0, 0), (0, 1), (0, 0)))
    codes = [code_of.get(label, -1) for label in columns]
    return Counts(metric, gold.documents, tuple(columns), table[:, codes])
