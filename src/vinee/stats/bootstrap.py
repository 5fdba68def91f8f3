"""Percentile bootstrap intervals of any score, from counts alone."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from vinee.errors import InvalidError, Where
from vinee.stats.resampling import DRAWS, LIMIT, SEED, batches, enumerable, resamples

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    IntArray = npt.NDArray[np.int64]
    FloatArray = npt.NDArray[np.float64]
    Statistic: TypeAlias = Callable[[IntArray], FloatArray]

_AXES = 3
_MANY_UNITS = 50


@dataclass(frozen=True, slots=True)
class Interval:
    """A percentile bootstrap interval, with all that is needed to compute it again.

    Attributes:
        low: Lower end.
        high: Upper end.
        level: Nominal coverage.
        unit: What was resampled.
        units: How many of them there are.
        exact: Whether every distinct resample was enumerated; then no chance is involved.
        draws: Number of distinct resamples if exact, of random ones otherwise.
        seed: Seed of the random draws; None if exact.
        undefined: Share of resamples, by probability, in which the score is 0/0. They are left
            out, so the interval is conditional on a defined score.
        method: Always ``percentile``.
    """

    low: float
    high: float
    level: float
    unit: str
    units: int
    exact: bool
    draws: int
    seed: int | None
    undefined: float
    method: str = "percentile"


def interval(  # noqa: PLR0913 -- the settings of one method, all but two with defaults
    table: IntArray,
    statistic: Statistic,
    *,
    level: float = 0.95,
    unit: str = "document",
    draws: int = DRAWS,
    seed: int = SEED,
    limit: int = LIMIT,
) -> Interval | None:
    """Return the percentile interval of a score over resampled units (Efron 1979).

    The ends are the quantiles (1 - level)/2 and (1 + level)/2 of the score over resamples. The
    quantile q is the inverse of the distribution function: the smallest value whose cumulative
    probability is at least q, with no interpolation. Up to 8 units all resamples are enumerated.

    Args:
        table: Counts, shape ``[units, labels, 3]``.
        statistic: From int64 sums of counts, ``[resamples, labels, 3]``, to scores,
            ``[resamples]``, NaN where 0/0.
        level: Nominal coverage, between 0 and 1.
        unit: Name of what is resampled.
        draws: Random resamples, where there are too many to enumerate.
        seed: Seed of the random resamples.
        limit: Most distinct resamples that are enumerated.

    Returns:
        The interval; or None where there is none: fewer than two units, whose resamples are all
        the same, counts that are all zero, or a score that no resample defines.

    Raises:
        InvalidError: `table` has another shape, or `level` or `draws` is out of range.
    """
    if table.ndim != _AXES:
        raise InvalidError(
            "interval", Where(), f"table must be [units, labels, 3] (got shape {table.shape})"
        )
    if not 0 < level < 1 or draws < 1:
        raise InvalidError(
            "interval",
            Where(),
            f"level must be between 0 and 1, and draws >= 1 (got {level} and {draws})",
        )
    units = len(table)
    if units <= 1 or not table.any():
        return None
    exact = enumerable(units, limit)
    scores, multiplicity = (
        _enumerated(table, statistic, limit) if exact else _drawn(table, statistic, draws, seed)
    )
    defined = ~np.isnan(scores)
    if not defined.any():
        return None
    # Decimal digits of the level, since 1 - 0.95 in binary is not 0.05.
    tail = (1 - Fraction(str(level))) / 2
    return Interval(
        low=_quantile(scores[defined], multiplicity[defined], tail),
        high=_quantile(scores[defined], multiplicity[defined], 1 - tail),
        level=level,
        unit=unit,
        units=units,
        exact=exact,
        draws=scores.size,
        seed=None if exact else seed,
        undefined=float(multiplicity[~defined].sum() / multiplicity.sum()),
    )


def few_units_warning(units: int, unit: str = "document") -> str | None:
    """Return what a reader must know about intervals over fewer than 50 units, else None."""
    if units >= _MANY_UNITS:
        return None
    if units <= 1:
        return f"{units} {unit}{'' if units == 1 else 's'}: no interval can be computed"
    return (
        f"only {units} {unit}s: in simulation 95% intervals over documents cover 0.91-0.95, "
        f"and below {_MANY_UNITS} documents they are too narrow; read them as a lower bound "
        "on the uncertainty"
    )


def _enumerated(table: IntArray, statistic: Statistic, limit: int) -> tuple[FloatArray, IntArray]:
    drawn = resamples(len(table), limit=limit)
    return statistic(_sums(drawn.weights, table)), drawn.multiplicity


def _drawn(
    table: IntArray, statistic: Statistic, draws: int, seed: int
) -> tuple[FloatArray, IntArray]:
    rows, copies = np.unique(table, axis=0, return_counts=True)
    scores = [statistic(_sums(weights, rows)) for weights in batches(copies, draws, seed)]
    return np.concatenate(scores), np.ones(draws, dtype=np.int64)


def _sums(weights: IntArray, rows: IntArray) -> IntArray:
    # Floats reach the fast matrix product, and hold whole numbers exactly up to 2**53.
    sums = np.tensordot(weights.astype(np.float64), rows.astype(np.float64), axes=1)
    return sums.astype(np.int64)


def _quantile(scores: FloatArray, multiplicity: IntArray, probability: Fraction) -> float:
    order = np.argsort(scores, kind="stable")
    cumulative = np.cumsum(multiplicity[order])
    needed = ceil(probability * int(cumulative[-1]))
    return float(scores[order][np.searchsorted(cumulative, needed)])
