"""What a chain metric counted, per document: the ground of scores and of resampling."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from vinee.metrics.coref.measure import Part

if TYPE_CHECKING:
    from vinee.metrics.coref.measure import FloatArray, Measure, Score


@dataclass(frozen=True, slots=True)
class Ratios:
    """Exact numerators and denominators of precision and recall for each document.

    Attributes:
        metric: Name of the metric that counted.
        measure: How scores follow from the parts.
        documents: The scored documents' ids, ascending.
        exact: For each document the parts of the measure.
    """

    metric: str
    measure: Measure
    documents: tuple[str, ...]
    exact: tuple[tuple[Part, ...], ...]

    @property
    def table(self) -> FloatArray:
        """The parts as float64, shape ``[documents, parts, 4]``.

        The last axis is (precision numerator, precision denominator, recall numerator, recall
        denominator). Sums over documents are what `Measure.f1` takes.
        """
        shape = (len(self.documents), len(self.measure.parts), len(Part._fields))
        return np.array(self.exact, dtype=np.float64).reshape(shape)

    def total(self) -> tuple[Part, ...]:
        """Return the exact sums over documents, part by part."""
        none = Part(Fraction(0), 0, Fraction(0), 0)
        totals = [none] * len(self.measure.parts)
        for parts in self.exact:
            totals = [total.plus(part) for total, part in zip(totals, parts, strict=True)]
        return tuple(totals)

    def scores(self) -> Score:
        """Return exact precision, recall and F1 of all documents together.

        Numerators and denominators are summed over documents before they are divided, as the
        CoNLL scorer does; the mean over the parts of a measure comes last.
        """
        return self.measure.score(self.total())
