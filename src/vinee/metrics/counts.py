"""Counts per document and label: all that intervals, tests and merging ever see."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from vinee.errors import InvalidError, SchemaError, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

_SIDES = 3  # correct, predicted, gold


@dataclass(frozen=True, eq=False, slots=True)
class Counts:
    """How many items were correct, predicted and gold, for each document and label.

    Documents and labels are in ascending order, so that equal results are equal objects and
    seeded resampling does not depend on the order of the input.

    Attributes:
        metric: Name of the metric that counted.
        documents: The scored documents' ids.
        labels: The labels of the second axis.
        table: int64, read-only, shape ``[documents, labels, 3]``; the last axis is
            (correct, predicted, gold).

    Raises:
        InvalidError: The parts contradict each other.
    """

    metric: str
    documents: tuple[str, ...]
    labels: tuple[str, ...]
    table: npt.NDArray[np.int64]

    def __post_init__(self) -> None:
        """Check the parts against each other and freeze the table."""
        for name, values in (("documents", self.documents), ("labels", self.labels)):
            if any(left >= right for left, right in pairwise(values)):
                raise self._invalid(f"{name} must be unique and ascending (got {values!r})")
        if not np.issubdtype(np.asarray(self.table).dtype, np.integer):
            raise self._invalid("table must hold whole numbers")
        table = np.array(self.table, dtype=np.int64)
        shape = (len(self.documents), len(self.labels), _SIDES)
        if table.shape != shape:
            raise self._invalid(f"table must have shape {shape} (got {table.shape})")
        correct, predicted, gold = np.moveaxis(table, -1, 0)
        if (table < 0).any() or (correct > np.minimum(predicted, gold)).any():
            raise self._invalid("counts must be >= 0, and correct at most predicted and gold")
        table.setflags(write=False)
        object.__setattr__(self, "table", table)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Counts):
            return NotImplemented
        return self._key() == other._key() and np.array_equal(self.table, other.table)

    def __hash__(self) -> int:
        return hash((self._key(), self.table.tobytes()))

    def total(self) -> npt.NDArray[np.int64]:
        """Return the sum over documents, shape ``[labels, 3]``."""
        total: npt.NDArray[np.int64] = self.table.sum(axis=0)
        return total

    def for_labels(self, labels: Iterable[str]) -> Counts:
        """Return the counts of exactly these labels; a label that never occurred counts zero."""
        return self._spread(self.documents, tuple(sorted(set(labels))))

    def merge(self, other: Counts) -> Counts:
        """Return the counts of both, which must be of one metric and of disjoint documents.

        Raises:
            InvalidError: The metrics differ, or a document is in both.
        """
        if self.metric != other.metric:
            raise self._invalid(f"cannot be merged with counts of {other.metric!r}")
        if shared := sorted({*self.documents} & {*other.documents}):
            raise self._invalid(f"cannot be merged: both hold the documents {shared!r}")
        documents = tuple(sorted((*self.documents, *other.documents)))
        labels = tuple(sorted({*self.labels, *other.labels}))
        parts = (part._spread(documents, labels).table for part in (self, other))  # noqa: SLF001 -- the same class
        return Counts(self.metric, documents, labels, np.add(*parts))

    def to_json(self) -> dict[str, Any]:
        """Return plain dicts, lists and ints, as results store them."""
        return {
            "metric": self.metric,
            "documents": list(self.documents),
            "labels": list(self.labels),
            "table": self.table.tolist(),
        }

    @classmethod
    def from_json(cls, value: Any) -> Counts:  # noqa: ANN401 -- it is what a file held
        """Read what `to_json` wrote.

        Raises:
            SchemaError: A field is missing, unknown, or of the wrong type.
            InvalidError: The fields contradict each other.
        """
        fields = ["metric", "documents", "labels", "table"]
        if not isinstance(value, dict) or sorted(value) != sorted(fields):
            raise _schema("$", f"must be an object with exactly the fields {fields}")
        if not isinstance(value["metric"], str):
            raise _schema("$.metric", f"must be a string (got {value['metric']!r})")
        for name in ("documents", "labels"):
            names = value[name]
            if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
                raise _schema(f"$.{name}", f"must be a list of strings (got {names!r})")
        documents, labels = tuple(value["documents"]), tuple(value["labels"])
        try:
            table = np.array(value["table"])
        except ValueError as error:
            raise _schema("$.table", "must be lists of equal length") from error
        if table.size == 0 and not (documents and labels):
            # an empty list has lost its inner shape and its type
            table = np.zeros((len(documents), len(labels), _SIDES), dtype=np.int64)
        elif not np.issubdtype(table.dtype, np.integer):
            raise _schema("$.table", "must hold whole numbers")
        return cls(value["metric"], documents, labels, table)

    def _key(self) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        return self.metric, self.documents, self.labels

    def _spread(self, documents: Sequence[str], labels: Sequence[str]) -> Counts:
        rows = {document: row for row, document in enumerate(documents)}
        columns = {label: column for column, label in enumerate(labels)}
        kept = [column for column, label in enumerate(self.labels) if label in columns]
        table = np.zeros((len(documents), len(labels), _SIDES), dtype=np.int64)
        at = np.ix_(
            [rows[document] for document in self.documents],
            [columns[self.labels[column]] for column in kept],
        )
        table[at] = self.table[:, kept]
        return Counts(self.metric, tuple(documents), tuple(labels), table)

    def _invalid(self, problem: str) -> InvalidError:
        return InvalidError("counts", Where(), f"counts of {self.metric!r}: {problem}")


def _schema(path: str, problem: str) -> SchemaError:
    return SchemaError("counts-shape", Where(path=path), f"stored counts: {problem}")
