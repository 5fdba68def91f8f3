"""By how much two systems differ on the same units: the paired bootstrap of the difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vinee.stats.bootstrap import PERCENTILE, Interval, check_settings, interval_at, probabilities
from vinee.stats.distribution import resampled
from vinee.stats.paired import PairedTest, Scores, fitting, scores
from vinee.stats.resampling import DRAWS, LIMIT, SEED

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from vinee.stats.distribution import Distribution
    from vinee.stats.sums import Number

    FloatArray = npt.NDArray[np.float64]

BOOTSTRAP = "paired bootstrap"


@dataclass(frozen=True, slots=True)
class PairedBootstrap:
    """What resampled units say about the difference of two systems.

    Attributes:
        test: Whether there is one.
        interval: How large it is; None where no resample defines it.
        standard_error: Standard deviation of the difference over resamples; None where no
            resample defines it.
    """

    test: PairedTest
    interval: Interval | None
    standard_error: float | None


def paired_bootstrap(  # noqa: PLR0913 -- the settings of one test, all with defaults
    first: npt.NDArray[Number],
    second: npt.NDArray[Number],
    statistic: Callable[[npt.NDArray[Number]], FloatArray],
    *,
    level: float = 0.95,
    method: str = PERCENTILE,
    unit: str = "document",
    draws: int = DRAWS,
    seed: int = SEED,
    limit: int = LIMIT,
) -> PairedBootstrap:
    """Resample units, the same for both systems, and look at the difference of their scores.

    The interval is that of `vinee.stats.bootstrap.interval`, of the difference instead of a
    score. The p value is two-sided: how often is the difference of a resample as far from the
    observed difference, as that is from 0? With R resamples and c of them with
    ``|difference* - difference| >= |difference|`` it is (c + 1) / (R + 1) (Efron and Tibshirani
    1993, chapter 16; Berg-Kirkpatrick, Burkett and Klein 2012, "An Empirical Investigation of
    Statistical Significance in NLP", whose one-sided form doubles the difference instead). R
    and c count the n**n ordered resamples of n units where all are enumerated, so that p is
    above 0 there too. Values tie if they agree within 1e-12 of the larger score. Resamples in
    which a score is 0/0 are left out of everything.

    With few units resamples vary too little: the interval is too narrow and p too small. Where
    they disagree, believe `vinee.stats.paired.paired_randomisation`.

    Exchanging the systems changes the sign of the difference, not p, in random draws too.

    Args:
        first: Table of the first system, int64 or float64, shape ``[units, columns, k]``.
        second: Table of the second one on the same units in the same order; the same shape.
        statistic: From sums over units, ``[resamples, columns, k]``, to scores,
            ``[resamples]``, NaN where 0/0.
        level: Nominal coverage of the interval, between 0 and 1.
        method: ``percentile`` or ``bca``.
        unit: Name of what is resampled.
        draws: Random resamples, where there are too many to enumerate.
        seed: Seed of the random resamples; 0 is a seed like any other.
        limit: Most distinct resamples that are enumerated.

    Returns:
        Test, interval and standard error. Nothing is resampled where there are fewer than two
        units or the observed difference is 0/0; then p, interval and standard error are None.

    Raises:
        InvalidError: The tables do not fit each other or hold no finite numbers, or `level` or
            `draws` is out of range.
        UnknownNameError: There is no such method.
    """
    first, second = fitting(first, second, draws)
    check_settings(level, method, draws)
    observed = scores(first, second, statistic)
    if observed is None or len(first) <= 1:
        return PairedBootstrap(_test(first, second, observed, None, unit), None, None)

    # The better system stands first, so that exchanging the systems changes no draw.
    columns = first.shape[1]
    ahead, behind = slice(None, columns), slice(columns, None)
    if observed.difference < 0:
        ahead, behind = behind, ahead
        table = np.concatenate([second, first], axis=1)
    else:
        table = np.concatenate([first, second], axis=1)

    def difference(sums: npt.NDArray[Number]) -> FloatArray:
        return statistic(sums[:, ahead]) - statistic(sums[:, behind])

    found = resampled(table, difference, draws, seed, limit)
    test = _test(first, second, observed, found, unit)
    if not found.scores.size:
        return PairedBootstrap(test, None, None)
    ends = probabilities(found, table, difference, level=level, method=method)
    return PairedBootstrap(
        test, interval_at(found, ends, level=level, unit=unit), found.standard_error
    )


def _test(
    first: npt.NDArray[Number],
    second: npt.NDArray[Number],
    observed: Scores | None,
    found: Distribution | None,
    unit: str,
) -> PairedTest:
    p, smallest = None, None
    if observed is not None and found is not None:
        reached = found.count(observed.reached(found.scores - observed.difference))
        p, smallest = (reached + 1) / (found.total + 1), 1 / (found.total + 1)
    return PairedTest(
        difference=None if observed is None else observed.difference,
        p=p,
        smallest_p=smallest,
        method=BOOTSTRAP,
        unit=unit,
        units=len(first),
        differing=int((first != second).any(axis=(1, 2)).sum()),
        exact=found is not None and found.exact,
        draws=0 if found is None else found.draws,
        seed=None if found is None else found.seed,
        undefined=0.0 if found is None else found.undefined,
    )
