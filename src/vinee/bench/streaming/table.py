"""Counts per document and label, added up from many small pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vinee.metrics.counts import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    Array = npt.NDArray[np.int64]


class Table:
    """How many of some spans each document has of each label.

    Attributes:
        documents: Ids of the documents, ascending.
        labels: The label of each code.
        numbers: Shape ``[documents, labels]``.
    """

    def __init__(self, documents: Iterable[str], labels: Sequence[str]) -> None:
        """Begin with zeros."""
        self.documents = tuple(sorted(documents))
        self.labels = tuple(labels)
        self.numbers = np.zeros((len(self.documents), len(self.labels)), dtype=np.int64)
        self._row = {doc_id: row for row, doc_id in enumerate(self.documents)}

    def row(self, doc_id: str) -> int | None:
        """Return the row of a document; None if it is not counted."""
        return self._row.get(doc_id)

    def add(self, rows: Array, codes: Array) -> None:
        """Count spans, by the rows of their documents and the codes of their labels."""
        np.add.at(self.numbers.reshape(-1), rows * len(self.labels) + codes, 1)

    def add_document(self, row: int, codes: Sequence[int]) -> None:
        """Count the spans of one document."""
        found = np.array(codes, dtype=np.int64)
        self.add(np.full(len(found), row), found)


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
    table = np.stack([correct.numbers, predicted.numbers, gold.numbers], axis=-1)
    code_of = {label: code for code, label in enumerate(gold.labels)}
    occurring = {label for label, code in code_of.items() if table[:, code].any()}
    columns = sorted({*reported} | occurring)
    # One more code, of nothing, for labels that have none.
    table = np.pad(table, ((0, 0), (0, 1), (0, 0)))
    codes = [code_of.get(label, -1) for label in columns]
    return Counts(metric, gold.documents, tuple(columns), table[:, codes])
