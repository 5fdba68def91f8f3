"""What a chain metric counted, per document: the ground of scores and of resampling."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from vinee.errors import InvalidError, SchemaError, Where
from vinee.metrics import scores as formulas
from vinee.metrics.coref.measure import Part, score_part
from vinee.metrics.coref.measures import named

if TYPE_CHECKING:
    from vinee.metrics.coref.measure import FloatArray, Measure
    from vinee.metrics.exact import Exact
    from vinee.metrics.scores import Scores
    from vinee.metrics.units import Unit

_FIELDS = ("kind", "metric", "measure", "units", "parts")
_NOTHING = Part(Fraction(0), 0, Fraction(0), 0)


@dataclass(frozen=True, slots=True)
class Ratios:
    """Exact numerators and denominators of precision and recall for each document.

    Attributes:
        metric: Name of the metric that counted.
        measure: How scores follow from the parts.
        units: The scored documents' ids, ascending.
        parts: For each document the parts of the measure.
    """

    kind: ClassVar[str] = "ratios"
    unit: ClassVar[Unit] = "document"

    metric: str
    measure: Measure
    units: tuple[str, ...]
    parts: tuple[tuple[Part, ...], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the parts."""
        return self.measure.parts

    @property
    def table(self) -> FloatArray:
        """The parts as float64, shape ``[documents, parts, 4]``.

        The last axis is (precision numerator, precision denominator, recall numerator, recall
        denominator).
        """
        shape = (len(self.units), len(self.columns), len(Part._fields))
        return np.array(self.parts, dtype=np.float64).reshape(shape)

    def total(self) -> tuple[Part, ...]:
        """Return the exact sums over documents, part by part."""
        totals = [_NOTHING] * len(self.columns)
        for parts in self.parts:
            totals = [total.plus(part) for total, part in zip(totals, parts, strict=True)]
        return tuple(totals)

    @property
    def pooled(self) -> FloatArray:
        """The table: its parts are divided before they are added up."""
        return self.table

    def statistic(self, sums: FloatArray) -> FloatArray:
        """Return the F1 of sums over documents, shape ``[...]`` from ``[..., parts, 4]``."""
        return self.measure.f1(sums)

    def exact(self) -> dict[str, Exact]:
        """Return exact scores of all documents: ``micro``, and those of each part.

        Numerators and denominators are summed over documents before they are divided, as the
        CoNLL scorer does; the mean over the parts of a measure comes last.
        """
        total = self.total()
        return {"micro": self.measure.score(total)} | {
            name: score_part(part) for name, part in zip(self.columns, total, strict=True)
        }

    def scores(self) -> Scores:
        """Return what a report shows; scores are the doubles nearest to the exact ones."""
        return formulas.score_exactly(self.metric, self.exact())

    def over_documents(self) -> Ratios:
        """Return these ratios: they are of documents."""
        return self

    def merge(self, other: Ratios) -> Ratios:
        """Return the ratios of both, which must be of one metric and of disjoint documents.

        Raises:
            InvalidError: The metrics differ, or a document is in both.
        """
        if self.metric != other.metric:
            raise self._invalid(f"cannot be merged with ratios of {other.metric!r}")
        if shared := sorted({*self.units} & {*other.units}):
            raise self._invalid(f"cannot be merged: both hold the documents {shared!r}")
        both = dict(
            (*zip(self.units, self.parts, strict=True), *zip(other.units, other.parts, strict=True))
        )
        units = tuple(sorted(both))
        return Ratios(self.metric, self.measure, units, tuple(both[name] for name in units))

    def to_json(self) -> dict[str, Any]:
        """Return plain dicts, lists, ints and strings; a numerator is written ``3/2``."""
        return {
            "kind": self.kind,
            "metric": self.metric,
            "measure": self.measure.name,
            "units": list(self.units),
            "parts": [
                [
                    [
                        str(part.precision_numerator),
                        part.precision_denominator,
                        str(part.recall_numerator),
                        part.recall_denominator,
                    ]
                    for part in parts
                ]
                for parts in self.parts
            ],
        }

    @classmethod
    def from_json(cls, value: Any) -> Ratios:  # noqa: ANN401 -- it is what a file held
        """Read what `to_json` wrote.

        Raises:
            SchemaError: A field is missing, unknown, or of the wrong type.
            UnknownNameError: There is no such measure.
        """
        problem = "must be ratios as they are stored, with the fields " + ", ".join(_FIELDS)
        if not isinstance(value, dict) or sorted(value) != sorted(_FIELDS):
            raise SchemaError("ratios-shape", Where(path="$"), problem)
        measure = named(value["measure"])
        try:
            parts = tuple(
                tuple(
                    Part(Fraction(above), int(below), Fraction(found), int(size))
                    for above, below, found, size in row
                )
                for row in value["parts"]
            )
        except (TypeError, ValueError, ZeroDivisionError) as error:
            raise SchemaError("ratios-shape", Where(path="$.parts"), str(error)) from error
        units = tuple(value["units"])
        if {len(row) for row in parts} - {len(measure.parts)} or len(parts) != len(units):
            problem = "must have a row for each unit, a cell for each part"
            raise SchemaError("ratios-shape", Where(path="$.parts"), problem)
        return cls(value["metric"], measure, units, parts)

    def _invalid(self, problem: str) -> InvalidError:
        return InvalidError("counts", Where(), f"ratios of {self.metric!r}: {problem}")
