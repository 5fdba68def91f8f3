"""The scores of resamples: all that intervals and standard errors are read from."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, fsum, sqrt
from typing import TYPE_CHECKING

import numpy as np

from vinee.stats.resampling import batches, enumerable, resamples
from vinee.stats.sums import TOLERANCE, Number, totals

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    import numpy.typing as npt

    IntArray = npt.NDArray[np.int64]
    FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Distribution:
    """The bootstrap distribution of a score, over the resamples in which it is defined.

    Where no resample defines it there is nothing to read from it: ask `scores.size` first.

    Attributes:
        observed: The score of the units themselves; NaN where 0/0.
        scores: Ascending, shape ``[defined]``.
        multiplicity: int64, shape ``[defined]``: if enumerated, how many of the ordered resamples
            have this score; else 1.
        units: How many units were resampled.
        draws: Number of distinct resamples if enumerated, of random ones otherwise.
        seed: Seed of the random draws; None if enumerated.
        undefined: Share of resamples, by probability, in which the score is 0/0.
    """

    observed: float
    scores: FloatArray
    multiplicity: IntArray
    units: int
    draws: int
    seed: int | None
    undefined: float

    @property
    def exact(self) -> bool:
        """Whether every distinct resample was enumerated."""
        return self.seed is None

    @property
    def total(self) -> int:
        """How many resamples define the score: ordered ones if enumerated, else random ones."""
        return int(self.multiplicity.sum())

    def count(self, chosen: npt.NDArray[np.bool_]) -> int:
        """Return how many resamples have the chosen scores, shape ``[defined]``."""
        return int(self.multiplicity[chosen].sum())

    def quantile(self, probability: Fraction) -> float:
        """Return the smallest score whose cumulative probability is at least that much."""
        cumulative = np.cumsum(self.multiplicity)
        needed = ceil(probability * int(cumulative[-1]))
        return float(self.scores[np.searchsorted(cumulative, needed)])

    @property
    def tie(self) -> float:
        """The largest difference by which rounding may part equal scores."""
        return TOLERANCE * float(np.nanmax(abs(np.append(self.scores[[0, -1]], self.observed))))

    @property
    def constant(self) -> bool:
        """Whether all resamples have the same score."""
        return bool(self.scores[-1] - self.scores[0] <= self.tie)

    @property
    def standard_error(self) -> float:
        """The standard deviation of the scores over resamples; exactly 0 if they are the same."""
        if self.constant:
            return 0.0
        # Equal scores may come in any order with their multiplicities: fsum does not mind.
        deviations = self.scores - fsum(self.multiplicity * self.scores) / self.total
        return sqrt(fsum(self.multiplicity * deviations**2) / self.total)


def resampled(
    table: npt.NDArray[Number],
    statistic: Callable[[npt.NDArray[Number]], FloatArray],
    draws: int,
    seed: int,
    limit: int,
) -> Distribution:
    """Score resamples of units: all distinct ones if they are at most `limit`, else random ones.

    Random draws are over distinct rows, so that their number and not that of units costs time;
    and neither the order of units nor the size of a batch changes them.

    Args:
        table: Shape ``[units, columns, k]``, int64 or float64, at least one unit.
        statistic: From sums over units, ``[resamples, columns, k]``, of the table's dtype, to
            scores, ``[resamples]``, NaN where 0/0.
        draws: Number of random resamples.
        seed: Their seed.
        limit: Most distinct resamples that are enumerated.
    """
    units = len(table)
    rows, copies = np.unique(table, axis=0, return_counts=True)
    exact = enumerable(units, limit)
    if exact:
        drawn = resamples(units, limit=limit)
        scores, multiplicity = statistic(totals(table, units)(drawn.weights)), drawn.multiplicity
    else:
        add = totals(rows, units)
        batch = [statistic(add(weights)) for weights in batches(copies, draws, seed)]
        scores, multiplicity = np.concatenate(batch), np.ones(draws, dtype=np.int64)
    defined = ~np.isnan(scores)
    order = np.argsort(scores[defined], kind="stable")
    return Distribution(
        observed=float(statistic(totals(rows, units)(copies[None, :]))[0]),
        scores=scores[defined][order],
        multiplicity=multiplicity[defined][order],
        units=units,
        draws=scores.size,
        seed=None if exact else seed,
        undefined=float(multiplicity[~defined].sum() / multiplicity.sum()),
    )
