"""The correction of bootstrap intervals for bias and for a spread that grows with the score."""

from __future__ import annotations

from fractions import Fraction
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from vinee.stats.distribution import Distribution
    from vinee.stats.sums import Number

    IntArray = npt.NDArray[np.int64]
    FloatArray = npt.NDArray[np.float64]

_NORMAL = NormalDist()


def tails(
    found: Distribution,
    table: npt.NDArray[Number],
    statistic: Callable[[npt.NDArray[Number]], FloatArray],
    tail: Fraction,
) -> tuple[Fraction, Fraction] | str:
    """Return the probabilities of both ends of a BCa interval, or why there are none, in words.

    With the bias correction z0 and the acceleration a, the probability of an end whose normal
    quantile is z becomes ``Φ(z0 + (z0 + z) / (1 - a (z0 + z)))``. z0 is the normal quantile of the
    share of resamples below the observed score, with half of those that tie with it; a is
    ``Σ d³ / (6 (Σ d²)^1.5)`` over units, where d is the mean of the scores that leave one unit
    out, minus one of them. If all resamples are enumerated, both are exact.

    Source: Efron 1987, "Better Bootstrap Confidence Intervals"; ties as in scipy.

    Args:
        found: The bootstrap distribution; some score must be defined.
        table: What it was resampled from.
        statistic: As in `vinee.stats.distribution.resampled`.
        tail: Probability outside each end.
    """
    if np.isnan(found.observed):
        return "the score itself is 0/0"
    if found.constant:
        return "all resamples have the same score"
    below = found.count(found.scores < found.observed - found.tie)
    above = found.count(found.scores > found.observed + found.tie)
    share = Fraction(1, 2) + Fraction(below - above, 2 * found.total)
    if share in (0, 1):
        return "all resamples lie on one side of the score"
    acceleration = _acceleration(*leave_one_out(table, statistic), found.tie)
    if isinstance(acceleration, str):
        return acceleration
    bias = _NORMAL.inv_cdf(float(share))
    return _adjusted(tail, bias, acceleration)


def leave_one_out(
    table: npt.NDArray[Number], statistic: Callable[[npt.NDArray[Number]], FloatArray]
) -> tuple[FloatArray, IntArray]:
    """Score the units without one of them, for each distinct row.

    Returns:
        Scores and how many units have that row, each of shape ``[distinct rows]``.
    """
    rows, copies = np.unique(table, axis=0, return_counts=True)
    summed = rows * copies[:, None, None]
    before = np.zeros_like(summed)
    after = np.zeros_like(summed)
    np.cumsum(summed[:-1], axis=0, out=before[1:])
    np.cumsum(summed[:0:-1], axis=0, out=after[-2::-1])
    # Only sums of what is left: total minus row would leave rounding where there is nothing.
    return statistic(before + after + rows * (copies - 1)[:, None, None]), copies


def _acceleration(scores: FloatArray, copies: IntArray, tie: float) -> float | str:
    if np.isnan(scores).any():
        return "the score without one of the units is 0/0"
    if scores.max() - scores.min() <= tie:
        return "the score without one of the units is always the same"
    deviations = np.average(scores, weights=copies) - scores
    # Scaled to 1, so that no power of a small deviation underflows.
    deviations /= abs(deviations).max()
    return float(copies @ deviations**3 / (6 * (copies @ deviations**2) ** 1.5))


def _adjusted(tail: Fraction, bias: float, acceleration: float) -> tuple[Fraction, Fraction] | str:
    lower = _NORMAL.inv_cdf(float(tail))
    ends = []
    for quantile in (lower, -lower):
        shifted = bias + quantile
        stretched = 1 - acceleration * shifted
        if stretched <= 0:
            return "the acceleration is too large for this level"
        ends.append(Fraction(_NORMAL.cdf(bias + shifted / stretched)))
    return ends[0], ends[1]
