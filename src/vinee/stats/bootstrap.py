"""Bootstrap intervals of any score, from counts alone."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from vinee.errors import InvalidError, UnknownNameError, Where
from vinee.stats import bca
from vinee.stats.distribution import resampled
from vinee.stats.resampling import DRAWS, LIMIT, SEED
from vinee.stats.sums import Number, checked

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import numpy.typing as npt

    from vinee.stats.distribution import Distribution

    FloatArray = npt.NDArray[np.float64]

PERCENTILE = "percentile"
BCA = "bca"
METHODS = (PERCENTILE, BCA)
MANY_UNITS = 50


@dataclass(frozen=True, slots=True)
class Interval:
    """A bootstrap interval, with all that is needed to compute it again.

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
        method: ``percentile`` or ``bca``; or ``percentile; no bca: …`` where BCa was asked for
            but is not defined: the ends are those of the percentile method, and the rest says why.
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
    method: str = PERCENTILE


def interval(  # noqa: PLR0913 -- the settings of one method, all but two with defaults
    table: npt.NDArray[Number],
    statistic: Callable[[npt.NDArray[Number]], FloatArray],
    *,
    level: float = 0.95,
    method: str = PERCENTILE,
    unit: str = "document",
    draws: int = DRAWS,
    seed: int = SEED,
    limit: int = LIMIT,
) -> Interval | None:
    """Return the bootstrap interval of a score over resampled units.

    The ends of the percentile interval (Efron 1979) are the quantiles (1 - level)/2 and
    (1 + level)/2 of the score over resamples; those of the BCa interval (Efron 1987) have
    probabilities that are corrected for bias and acceleration, see `vinee.stats.bca.tails`. The
    quantile q is the inverse of the distribution function: the smallest value whose cumulative
    probability is at least q, with no interpolation. Up to 8 units all resamples are enumerated.

    BCa is not defined where all resamples have the same score or lie on one side of the observed
    one, where the score without one of the units is 0/0 or always the same, or where the
    acceleration is too large for the level. Then the percentile interval is returned, and its
    `method` says so.

    Time grows with the number of distinct rows: for a score of all columns together, sum them
    first.

    Args:
        table: int64 or float64, shape ``[units, columns, k]``; what it holds adds up over units.
        statistic: From sums over units, ``[resamples, columns, k]``, of the table's dtype, to
            scores, ``[resamples]``, NaN where 0/0.
        level: Nominal coverage, between 0 and 1.
        method: ``percentile`` or ``bca``.
        unit: Name of what is resampled.
        draws: Random resamples, where there are too many to enumerate.
        seed: Seed of the random resamples; 0 is a seed like any other.
        limit: Most distinct resamples that are enumerated.

    Returns:
        The interval; or None where there is none: fewer than two units, whose resamples are all
        the same, a table that is all zero, or a score that no resample defines.

    Raises:
        InvalidError: `table` has another shape or holds no finite numbers, or `level` or `draws`
            is out of range.
        UnknownNameError: There is no such method.
    """
    table = checked(table, "interval")
    check_settings(level, method, draws)
    if len(table) <= 1 or not table.any():
        return None
    found = resampled(table, statistic, draws, seed, limit)
    if not found.scores.size:
        return None
    ends = probabilities(found, table, statistic, level=level, method=method)
    return interval_at(found, ends, level=level, unit=unit)


def check_settings(level: float, method: str, draws: int) -> None:
    """Check the settings of an interval.

    Raises:
        InvalidError: `level` or `draws` is out of range.
        UnknownNameError: There is no such method.
    """
    if method not in METHODS:
        raise UnknownNameError("interval method", method, METHODS)
    if not 0 < level < 1 or draws < 1:
        raise InvalidError(
            "interval",
            Where(),
            f"level must be between 0 and 1, and draws >= 1 (got {level} and {draws})",
        )


@dataclass(frozen=True, slots=True)
class Ends:
    """Where a distribution is cut: probabilities of both ends, and the method that gave them."""

    low: Fraction
    high: Fraction
    method: str


def probabilities(
    found: Distribution,
    table: npt.NDArray[Number],
    statistic: Callable[[npt.NDArray[Number]], FloatArray],
    *,
    level: float,
    method: str,
) -> Ends:
    """Return the probabilities of both ends, by the percentile method where BCa is not defined."""
    # Decimal digits of the level, since 1 - 0.95 in binary is not 0.05.
    tail = (1 - Fraction(str(level))) / 2
    if method == PERCENTILE:
        return Ends(tail, 1 - tail, PERCENTILE)
    corrected = bca.tails(found, table, statistic, tail)
    if isinstance(corrected, str):
        return Ends(tail, 1 - tail, f"{PERCENTILE}; no {BCA}: {corrected}")
    return Ends(*corrected, BCA)


def interval_at(found: Distribution, ends: Ends, *, level: float, unit: str) -> Interval:
    """Read the interval off a distribution that has some score."""
    return Interval(
        low=found.quantile(ends.low),
        high=found.quantile(ends.high),
        level=level,
        unit=unit,
        units=found.units,
        exact=found.exact,
        draws=found.draws,
        seed=found.seed,
        undefined=found.undefined,
        method=ends.method,
    )


def few_units_warning(units: int, unit: str = "document") -> str | None:
    """Return what a reader must know about intervals over fewer than 50 units, else None."""
    if units >= MANY_UNITS:
        return None
    if units <= 1:
        return f"{units} {unit}{'' if units == 1 else 's'}: no interval can be computed"
    return (
        f"only {units} {unit}s: in simulation 95% intervals over documents cover 0.91-0.95, "
        f"and below {MANY_UNITS} documents they are too narrow; read them as a lower bound "
        "on the uncertainty"
    )
