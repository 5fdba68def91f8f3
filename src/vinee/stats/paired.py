"""Whether two systems differ on the same units: paired approximate randomisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vinee.errors import InvalidError, Where
from vinee.stats import swaps
from vinee.stats.resampling import DRAWS, SEED
from vinee.stats.sums import TOLERANCE, Number, checked, totals

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    FloatArray = npt.NDArray[np.float64]

RANDOMISATION = "paired approximate randomisation"


@dataclass(frozen=True, slots=True)
class PairedTest:
    """A two-sided test of two systems on the same units, with all that is needed to repeat it.

    Attributes:
        difference: Score of the first system minus that of the second; None where one of them
            is 0/0, and then nothing was tested.
        p: The p value, above 0 and at most 1; None where nothing was tested.
        smallest_p: The p value that the largest imaginable difference would have had; a test in
            which it is above the level cannot reject anything.
        method: What was done.
        unit: What was exchanged or resampled.
        units: How many of them there are.
        differing: On how many of them the systems differ.
        exact: Whether all possibilities were enumerated; then no chance is involved.
        draws: How many possibilities were enumerated if exact, else how many were drawn.
        seed: Seed of the random draws; None if exact.
        undefined: Share of the possibilities in which the difference is 0/0. They are left out.
    """

    difference: float | None
    p: float | None
    smallest_p: float | None
    method: str
    unit: str
    units: int
    differing: int
    exact: bool
    draws: int
    seed: int | None
    undefined: float


def paired_randomisation(  # noqa: PLR0913 -- the settings of one test, all with defaults
    first: npt.NDArray[Number],
    second: npt.NDArray[Number],
    statistic: Callable[[npt.NDArray[Number]], FloatArray],
    *,
    unit: str = "document",
    draws: int = DRAWS,
    seed: int = SEED,
    limit: int = swaps.LIMIT,
) -> PairedTest:
    """Test whether two systems differ by exchanging their rows (Noreen 1989; Yeh 2000).

    If it makes no difference which system a row comes from, then each unit's two rows are as
    likely the other way round. p is the share of such assignments in which the absolute
    difference is at least the observed one. Differences tie if they agree within 1e-12 of the
    larger score, so that equal fractions count as equal however they were rounded.

    Units on which both systems have the same row are left as they are, since exchanging them
    changes nothing. With m others there are 2**m assignments. Where these are at most `limit`,
    all are counted, the observed one among them, and p is exact: their share. Otherwise R are
    drawn, and p = (c + 1) / (R + 1) where c of them reach the difference. Assignments in which a
    score is 0/0 are left out of c, R and the share.

    Exchanging the systems changes only the sign of the difference, and the order of units
    changes nothing, in random draws too.

    Args:
        first: Table of the first system, int64 or float64, shape ``[units, columns, k]``.
        second: Table of the second one on the same units in the same order; the same shape.
        statistic: From sums over units, ``[resamples, columns, k]``, to scores,
            ``[resamples]``, NaN where 0/0.
        unit: Name of what is exchanged.
        draws: Random assignments, where there are too many to enumerate.
        seed: Seed of the random assignments; 0 is a seed like any other.
        limit: Most assignments that are enumerated.

    Raises:
        InvalidError: The tables do not fit each other or hold no finite numbers, or `draws` is
            out of range.
    """
    first, second = fitting(first, second, draws)
    observed = scores(first, second, statistic)
    found = swaps.pairs(first, second)
    exact = found.enumerable(limit)
    made = 2**found.differing if exact else draws
    counted = _Counted(None, None, 0.0)
    if observed is not None:
        counted = _counted(found, statistic, observed, draws=None if exact else draws, seed=seed)
    return PairedTest(
        difference=None if observed is None else observed.difference,
        p=counted.p,
        smallest_p=counted.smallest_p,
        method=RANDOMISATION,
        unit=unit,
        units=len(first),
        differing=found.differing,
        exact=exact,
        draws=0 if observed is None else made,
        seed=None if exact else seed,
        undefined=counted.undefined,
    )


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of both systems on all units."""

    first: float
    second: float

    @property
    def difference(self) -> float:
        """The first minus the second."""
        return self.first - self.second

    def reached(self, values: FloatArray) -> npt.NDArray[np.bool_]:
        """Tell which values are, but for rounding, at least as far from 0 as the difference."""
        tie = TOLERANCE * max(abs(self.first), abs(self.second))
        return abs(values) >= abs(self.difference) - tie


def scores(
    first: npt.NDArray[Number],
    second: npt.NDArray[Number],
    statistic: Callable[[npt.NDArray[Number]], FloatArray],
) -> Scores | None:
    """Score both systems on all units; None where one of the scores is 0/0."""
    ones = np.ones((1, len(first)), dtype=np.int64)
    sums = np.concatenate([totals(table, len(table))(ones) for table in (first, second)])
    found = Scores(*(float(score) for score in statistic(sums)))
    return None if np.isnan(found.difference) else found


def fitting(
    first: npt.NDArray[Number], second: npt.NDArray[Number], draws: int
) -> tuple[npt.NDArray[Number], npt.NDArray[Number]]:
    """Check that two tables can be compared, and the number of draws.

    Raises:
        InvalidError: They do not fit each other, or `draws` is below 1.
    """
    first, second = checked(first, "paired-test"), checked(second, "paired-test")
    if first.shape != second.shape or first.dtype != second.dtype:
        raise InvalidError(
            "paired-test",
            Where(),
            "both tables must have the same units, columns and numbers "
            f"(got {first.shape} {first.dtype} and {second.shape} {second.dtype})",
        )
    if draws < 1:
        raise InvalidError("paired-test", Where(), f"draws must be >= 1 (got {draws})")
    return first, second


@dataclass(frozen=True, slots=True)
class _Counted:
    p: float | None
    smallest_p: float | None
    undefined: float


def _counted(
    found: swaps.Pairs[Number],
    statistic: Callable[[npt.NDArray[Number]], FloatArray],
    observed: Scores,
    *,
    draws: int | None,
    seed: int,
) -> _Counted:
    if draws is None:
        batches, ways = swaps.enumerated(found)
    else:
        batches, ways = swaps.drawn(found, draws, seed), np.ones(draws, dtype=np.int64)
    values = swaps.differences(found, statistic, batches)
    defined = int(ways[~np.isnan(values)].sum())
    reached = int(ways[observed.reached(values)].sum())
    undefined = 1 - defined / int(ways.sum())
    if draws is None:
        # With an assignment, its opposite reaches the same difference.
        return _Counted(reached / defined, min(1.0, 2 / defined), undefined)
    return _Counted((reached + 1) / (defined + 1), 1 / (defined + 1), undefined)
