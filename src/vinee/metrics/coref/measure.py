"""What a chain metric counts, and how precision, recall and F1 follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vinee.metrics.exact import Exact

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from vinee.metrics.coref.overlap import Overlap, Split

    FloatArray = npt.NDArray[np.float64]
    Side = Sequence[Split]


class Part(NamedTuple):
    """Precision and recall as exact fractions that were not yet divided, so that they add up."""

    precision_numerator: Fraction
    precision_denominator: int
    recall_numerator: Fraction
    recall_denominator: int

    def plus(self, other: Part) -> Part:
        """Add numerators and denominators."""
        return Part(
            self.precision_numerator + other.precision_numerator,
            self.precision_denominator + other.precision_denominator,
            self.recall_numerator + other.recall_numerator,
            self.recall_denominator + other.recall_denominator,
        )


@dataclass(frozen=True)
class Measure:
    """A definition of how well predicted chains are gold's chains.

    Precision, recall and F1 are each the mean over the parts of the first group that has a
    defined part; parts that are not defined (0/0 on both sides) are left out of the mean. Where
    one side of a part has something and the other nothing, its F1 is 0.

    Attributes:
        name: Such as ``LEA``.
        groups: Names of the parts.
        tally: Counts the parts, in the order of `groups`.
    """

    name: str
    groups: tuple[tuple[str, ...], ...]
    tally: Callable[[Overlap], tuple[Part, ...]]

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of all parts."""
        return tuple(name for group in self.groups for name in group)

    def score(self, tally: Sequence[Part]) -> Exact:
        """Compute the exact scores from counts, of one document or summed over several."""
        scores = dict(zip(self.parts, map(score_part, tally), strict=True))
        for group in self.groups:
            defined = [scores[name] for name in group if scores[name].f1 is not None]
            if defined:
                return Exact(*(_mean(values) for values in zip(*defined, strict=True)))
        return Exact(None, None, None)

    def f1(self, table: FloatArray) -> FloatArray:
        """Compute F1 from sums of `Ratios.table`, shape ``[...]`` from ``[..., parts, 4]``.

        NaN where it is not defined. It is `score` in double precision, for resampling.
        """
        above, below = table[..., 0::2], table[..., 1::2]
        either = below.sum(axis=-1) > 0
        ratios = above / np.where(below == 0, 1.0, below)
        total = ratios.sum(axis=-1)
        values = 2 * ratios.prod(axis=-1) / np.where(total == 0, 1.0, total)
        result = np.full(table.shape[:-2], np.nan)
        end = len(self.parts)
        for group in reversed(self.groups):
            inside = slice(end - len(group), end)
            defined = either[..., inside].sum(axis=-1)
            sums = np.where(either[..., inside], values[..., inside], 0.0).sum(axis=-1)
            result = np.where(defined > 0, sums / np.where(defined == 0, 1, defined), result)
            end = inside.start
        return result


def both_ways(count: Callable[[Side, Side], tuple[Fraction | int, int]], sides: Overlap) -> Part:
    """Count recall, and precision as the recall of the predicted chains by gold's.

    Args:
        count: From the chains of a side and those of the other to a numerator and a denominator.
        sides: The chains.
    """
    above, below = count(sides.predicted, sides.gold)
    recall_above, recall_below = count(sides.gold, sides.predicted)
    return Part(Fraction(above), below, Fraction(recall_above), recall_below)


def score_part(part: Part) -> Exact:
    """Compute exact scores of one part; a division by zero gives 0 if the other side is not 0/0."""
    if not (part.precision_denominator or part.recall_denominator):
        return Exact(None, None, None)
    precision = part.precision_numerator / (part.precision_denominator or 1)
    recall = part.recall_numerator / (part.recall_denominator or 1)
    both = precision + recall
    return Exact(precision, recall, 2 * precision * recall / both if both else Fraction(0))


def _mean(values: Sequence[Fraction | None]) -> Fraction:
    numbers = [value for value in values if value is not None]
    return sum(numbers, Fraction(0)) / len(numbers)
