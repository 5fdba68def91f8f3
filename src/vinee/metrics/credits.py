"""Counts in which an item may be correct in part, kept as exact fractions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np

from vinee.errors import InvalidError, SchemaError, Where
from vinee.metrics import scores as formulas
from vinee.metrics.exact import of_counts
from vinee.metrics.units import UNITS, document_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy.typing as npt

    from vinee.metrics.exact import Exact
    from vinee.metrics.scores import FloatArray, Scores
    from vinee.metrics.units import Unit

_FIELDS = ("kind", "metric", "unit", "units", "labels", "cells")


class Cell(NamedTuple):
    """What was found of one label in one unit; ``credit`` is what `correct` is for whole items."""

    credit: Fraction
    predicted: int
    gold: int

    def plus(self, other: Cell) -> Cell:
        """Add two cells."""
        return Cell(
            self.credit + other.credit,
            self.predicted + other.predicted,
            self.gold + other.gold,
        )


NOTHING = Cell(Fraction(0), 0, 0)


@dataclass(frozen=True, slots=True)
class Credits:
    """How much was correct, and how many items were predicted and gold, by unit and label.

    Attributes:
        metric: Name of the metric that counted.
        units: Names of the scored units, ascending.
        labels: Labels, ascending.
        cells: Shape ``[units][labels]``.
        unit: What a unit is.

    Raises:
        InvalidError: The parts contradict each other.
    """

    kind: ClassVar[str] = "credits"

    metric: str
    units: tuple[str, ...]
    labels: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    unit: Unit = "document"

    def __post_init__(self) -> None:
        """Check the parts against each other."""
        if self.unit not in UNITS:
            raise self._invalid(f"unit must be one of {UNITS} (got {self.unit!r})")
        for name, values in (("units", self.units), ("labels", self.labels)):
            if any(left >= right for left, right in pairwise(values)):
                raise self._invalid(f"{name} must be unique and ascending (got {values!r})")
        widths = {len(row) for row in self.cells}
        if len(self.cells) != len(self.units) or widths - {len(self.labels)}:
            raise self._invalid("cells must be a row for each unit, a cell for each label")
        for cell in (cell for row in self.cells for cell in row):
            if not 0 <= cell.credit <= min(cell.predicted, cell.gold):
                raise self._invalid(f"credit must be >= 0, at most predicted and gold (got {cell})")

    @classmethod
    def of(
        cls,
        metric: str,
        units: Iterable[str],
        labels: Iterable[str],
        cells: Mapping[tuple[str, str], Cell],
        unit: Unit = "document",
    ) -> Credits:
        """Lay out cells that are known by unit and label; those that are missing are empty.

        Labels of cells are added to the labels given.
        """
        rows = tuple(units)
        columns = tuple(sorted({*labels} | {label for _, label in cells}))
        table = tuple(tuple(cells.get((row, label), NOTHING) for label in columns) for row in rows)
        return cls(metric, rows, columns, table, unit)

    @property
    def columns(self) -> tuple[str, ...]:
        """The labels."""
        return self.labels

    @property
    def table(self) -> npt.NDArray[np.float64]:
        """The cells as float64, shape ``[units, labels, 3]``: (credit, predicted, gold)."""
        shape = (len(self.units), len(self.labels), len(Cell._fields))
        return np.array(self.cells, dtype=np.float64).reshape(shape)

    def total(self) -> tuple[Cell, ...]:
        """Return the exact sums over units, a cell for each label."""
        totals = [NOTHING] * len(self.labels)
        for row in self.cells:
            totals = [total.plus(cell) for total, cell in zip(totals, row, strict=True)]
        return tuple(totals)

    @property
    def pooled(self) -> npt.NDArray[np.float64]:
        """The exact sums over labels as float64, shape ``[units, 1, 3]``."""
        shape = (len(self.units), 1, len(Cell._fields))
        return np.array([_sum(row) for row in self.cells], dtype=np.float64).reshape(shape)

    def statistic(self, sums: npt.NDArray[np.float64]) -> FloatArray:
        """Return the micro F1 of sums over units, shape ``[...]`` from ``[..., labels, 3]``."""
        return formulas.micro_f1(sums)

    def exact(self) -> dict[str, Exact]:
        """Return exact scores of all units: ``micro``, and each label's."""
        total = self.total()
        return {"micro": of_counts(*_sum(total))} | {
            label: of_counts(*cell) for label, cell in zip(self.labels, total, strict=True)
        }

    def scores(self) -> Scores:
        """Return what a report shows; scores are the doubles nearest to the exact ones."""
        return formulas.score_exactly(
            self.metric,
            self.exact(),
            {"micro": _sum(self.total()), **dict(zip(self.labels, self.total(), strict=True))},
        )

    def over_documents(self) -> Credits:
        """Return the sums over the units of each document."""
        sums: dict[tuple[str, str], Cell] = {}
        documents = sorted({document_of(name, self.unit) for name in self.units})
        for name, row in zip(self.units, self.cells, strict=True):
            for label, cell in zip(self.labels, row, strict=True):
                key = document_of(name, self.unit), label
                sums[key] = sums.get(key, NOTHING).plus(cell)
        return Credits.of(self.metric, documents, self.labels, sums)

    def merge(self, other: Credits) -> Credits:
        """Return the counts of both, which must be of one metric and of disjoint units.

        Raises:
            InvalidError: The metrics or units differ, or a unit is in both.
        """
        if (self.metric, self.unit) != (other.metric, other.unit):
            raise self._invalid(f"cannot be merged with counts of {other.metric!r} by {other.unit}")
        if shared := sorted({*self.units} & {*other.units}):
            raise self._invalid(f"cannot be merged: both hold the {self.unit}s {shared!r}")
        cells = {
            (name, label): cell
            for side in (self, other)
            for name, row in zip(side.units, side.cells, strict=True)
            for label, cell in zip(side.labels, row, strict=True)
        }
        units = sorted((*self.units, *other.units))
        return Credits.of(self.metric, units, (*self.labels, *other.labels), cells, self.unit)

    def to_json(self) -> dict[str, Any]:
        """Return plain dicts, lists, ints and strings; a credit is written ``3/2``."""
        return {
            "kind": self.kind,
            "metric": self.metric,
            "unit": self.unit,
            "units": list(self.units),
            "labels": list(self.labels),
            "cells": [
                [[str(cell.credit), cell.predicted, cell.gold] for cell in row]
                for row in self.cells
            ],
        }

    @classmethod
    def from_json(cls, value: Any) -> Credits:  # noqa: ANN401 -- it is what a file held
        """Read what `to_json` wrote.

        Raises:
            SchemaError: A field is missing, unknown, or of the wrong type.
            InvalidError: The fields contradict each other.
        """
        problem = "must be credits as they are stored, with the fields " + ", ".join(_FIELDS)
        if not isinstance(value, dict) or sorted(value) != sorted(_FIELDS):
            raise SchemaError("credits-shape", Where(path="$"), problem)
        try:
            cells = tuple(
                tuple(Cell(Fraction(credit), int(given), int(gold)) for credit, given, gold in row)
                for row in value["cells"]
            )
        except (TypeError, ValueError, ZeroDivisionError) as error:
            raise SchemaError("credits-shape", Where(path="$.cells"), str(error)) from error
        units, labels = tuple(value["units"]), tuple(value["labels"])
        return cls(value["metric"], units, labels, cells, value["unit"])

    def _invalid(self, problem: str) -> InvalidError:
        return InvalidError("counts", Where(), f"credits of {self.metric!r}: {problem}")


def _sum(cells: Iterable[Cell]) -> Cell:
    total = NOTHING
    for cell in cells:
        total = total.plus(cell)
    return total
