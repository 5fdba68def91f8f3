"""Counts per unit and label: all that intervals, tests and merging ever see."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from vinee.errors import InvalidError, SchemaError, Where
from vinee.metrics import scores as formulas
from vinee.metrics.exact import of_counts
from vinee.metrics.units import UNITS, document_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from vinee.metrics.exact import Exact
    from vinee.metrics.scores import CountArray, FloatArray, Scores
    from vinee.metrics.units import Unit

_SIDES = 3  # correct, predicted, gold


@dataclass(frozen=True, eq=False, slots=True)
class Counts:
    """How many items were correct, predicted and gold, for each unit and label.

    Units and labels are in ascending order, so that equal results are equal objects and
    seeded resampling does not depend on the order of the input.

    Attributes:
        metric: Name of the metric that counted.
        units: Names of the scored units, as `vinee.metrics.units.Rows` gives them; those of
            documents are their ids.
        labels: The labels of the second axis.
        table: int64, read-only, shape ``[units, labels, 3]``; the last axis is
            (correct, predicted, gold).
        unit: What a unit is.

    Raises:
        InvalidError: The parts contradict each other.
    """

    kind: ClassVar[str] = "counts"

    metric: str
    units: tuple[str, ...]
    labels: tuple[str, ...]
    table: npt.NDArray[np.int64]
    unit: Unit = "document"

    def __post_init__(self) -> None:
        """Check the parts against each other and freeze the table."""
        if self.unit not in UNITS:
            raise self._invalid(f"unit must be one of {UNITS} (got {self.unit!r})")
        for name, values in (("units", self.units), ("labels", self.labels)):
            if any(left >= right for left, right in pairwise(values)):
                raise self._invalid(f"{name} must be unique and ascending (got {values!r})")
        if not np.issubdtype(np.asarray(self.table).dtype, np.integer):
            raise self._invalid("table must hold whole numbers")
        table = np.array(self.table, dtype=np.int64)
        shape = (len(self.units), len(self.labels), _SIDES)
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

    @property
    def columns(self) -> tuple[str, ...]:
        """The labels."""
        return self.labels

    def total(self) -> npt.NDArray[np.int64]:
        """Return the sum over units, shape ``[labels, 3]``."""
        total: npt.NDArray[np.int64] = self.table.sum(axis=0)
        return total

    @property
    def pooled(self) -> npt.NDArray[np.int64]:
        """The sums over labels, shape ``[units, 1, 3]``."""
        pooled: npt.NDArray[np.int64] = self.table.sum(axis=1, keepdims=True)
        return pooled

    def statistic(self, sums: CountArray) -> FloatArray:
        """Return the micro F1 of sums over units, shape ``[...]`` from ``[..., labels, 3]``."""
        return formulas.micro_f1(sums)

    def exact(self) -> dict[str, Exact]:
        """Return exact scores of all units: ``micro``, and each label's."""
        total = self.total()
        named = zip(self.labels, total.tolist(), strict=True)
        return {"micro": of_counts(*total.sum(axis=0).tolist())} | {
            label: of_counts(*row) for label, row in named
        }

    def scores(self) -> Scores:
        """Return what a report shows."""
        return formulas.score(self)

    def for_labels(self, labels: Iterable[str]) -> Counts:
        """Return the counts of exactly these labels; a label that never occurred counts zero."""
        return self._spread(self.units, tuple(sorted(set(labels))))

    def over_documents(self) -> Counts:
        """Return the sums over the units of each document."""
        rows = [document_of(name, self.unit) for name in self.units]
        documents = sorted(set(rows))
        index = {name: row for row, name in enumerate(documents)}
        table = np.zeros((len(documents), len(self.labels), _SIDES), dtype=np.int64)
        np.add.at(table, [index[name] for name in rows], self.table)
        return Counts(self.metric, tuple(documents), self.labels, table)

    def merge(self, other: Counts) -> Counts:
        """Return the counts of both, which must be of one metric and of disjoint units.

        Raises:
            InvalidError: The metrics or units differ, or a unit is in both.
        """
        if (self.metric, self.unit) != (other.metric, other.unit):
            raise self._invalid(f"cannot be merged with counts of {other.metric!r} by {other.unit}")
        if shared := sorted({*self.units} & {*other.units}):
            raise self._invalid(f"cannot be merged: both hold the {self.unit}s {shared!r}")
        units = tuple(sorted((*self.units, *other.units)))
        labels = tuple(sorted({*self.labels, *other.labels}))
        parts = (part._spread(units, labels).table for part in (self, other))  # noqa: SLF001 -- the same class
        return Counts(self.metric, units, labels, np.add(*parts), self.unit)

    def to_json(self) -> dict[str, Any]:
        """Return plain dicts, lists and ints, as results store them."""
        return {
            "kind": self.kind,
            "metric": self.metric,
            "unit": self.unit,
            "units": list(self.units),
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
        fields = ["kind", "metric", "unit", "units", "labels", "table"]
        if not isinstance(value, dict) or sorted(value) != sorted(fields):
            raise _schema("$", f"must be an object with exactly the fields {fields}")
        if value["kind"] != cls.kind:
            raise _schema("$.kind", f"must be {cls.kind!r} (got {value['kind']!r})")
        for name in ("metric", "unit"):
            if not isinstance(value[name], str):
                raise _schema(f"$.{name}", f"must be a string (got {value[name]!r})")
        for name in ("units", "labels"):
            names = value[name]
            if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
                raise _schema(f"$.{name}", f"must be a list of strings (got {names!r})")
        units, labels = tuple(value["units"]), tuple(value["labels"])
        try:
            table = np.array(value["table"])
        except ValueError as error:
            raise _schema("$.table", "must be lists of equal length") from error
        if table.size == 0 and not (units and labels):
            # an empty list has lost its inner shape and its type
            table = np.zeros((len(units), len(labels), _SIDES), dtype=np.int64)
        elif not np.issubdtype(table.dtype, np.integer):
            raise _schema("$.table", "must hold whole numbers")
        return cls(value["metric"], units, labels, table, value["unit"])

    def _key(self) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
        return self.metric, self.unit, self.units, self.labels

    def _spread(self, units: Sequence[str], labels: Sequence[str]) -> Counts:
        rows = {name: row for row, name in enumerate(units)}
        columns = {label: column for column, label in enumerate(labels)}
        kept = [column for column, label in enumerate(self.labels) if label in columns]
        table = np.zeros((len(units), len(labels), _SIDES), dtype=np.int64)
        at = np.ix_(
            [rows[name] for name in self.units],
            [columns[self.labels[column]] for column in kept],
        )
        table[at] = self.table[:, kept]
        return Counts(self.metric, tuple(units), tuple(labels), table, self.unit)

    def _invalid(self, problem: str) -> InvalidError:
        return InvalidError("counts", Where(), f"counts of {self.metric!r}: {problem}")


def _schema(path: str, problem: str) -> SchemaError:
    return SchemaError("counts-shape", Where(path=path), f"stored counts: {problem}")
