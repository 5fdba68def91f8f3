"""Two systems on the same units: how far apart they are, and whether that can be chance."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import msgspec

from vinee.bench.resampling import Resampling
from vinee.bench.significance.comparable import (
    check,
    check_names,
    check_same_task,
    check_scored,
    tables,
)
from vinee.bench.significance.record import record
from vinee.errors import UnknownNameError
from vinee.metrics.registry import canonical
from vinee.stats.bootstrap import Interval
from vinee.stats.detectable import ALPHA, smallest_detectable
from vinee.stats.holm import holm
from vinee.stats.paired import PairedTest, paired_randomisation
from vinee.stats.paired_bootstrap import paired_bootstrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt
    import pandas as pd

    from vinee.bench.result import Result, ScoreSet
    from vinee.bench.tables import Value

Test: TypeAlias = Literal["randomisation", "bootstrap"]
TESTS: tuple[Test, ...] = get_args(Test)

_OF_ITEMS = 3  # (correct, predicted, gold); chain metrics have four numbers


class ChangedUnit(msgspec.Struct, frozen=True):
    """A unit on which the systems differ: how many items each had right there, and gave."""

    unit: str
    first_correct: float
    second_correct: float
    first_predicted: float
    second_predicted: float


class Versus(msgspec.Struct, frozen=True):
    """One system against another, by one metric.

    Attributes:
        metric: Name of the metric.
        first: Name of the first system.
        second: Name of the second.
        first_score: Its F1; None if 0/0.
        second_score: Likewise.
        interval: Of the difference, first minus second; None if there is none.
        test: The test and its difference.
        adjusted_p: p after Holm's correction over the pairs that were compared by this metric.
        detectable: The smallest true difference that such a test would detect with power 0.8 at
            level 0.05; None where unknown, or where the test can detect none.
        smallest_adjusted_p: The smallest p value that any outcome could have had after Holm's
            correction; where it is above the level, this test can detect no difference.
        signature: What both scores share, in full, without the fields of their intervals.
        changed: Units on which the systems differ; empty for metrics that do not count items.
    """

    metric: str
    first: str
    second: str
    first_score: float | None
    second_score: float | None
    interval: Interval | None
    test: PairedTest
    adjusted_p: float | None
    detectable: float | None
    smallest_adjusted_p: float | None = None
    signature: str = ""
    changed: tuple[ChangedUnit, ...] = ()


class Compared(msgspec.Struct, frozen=True):
    """Comparisons of systems on one task; iterating gives them by metric, then by pair."""

    task: str
    pairs: tuple[Versus, ...]

    def __iter__(self) -> Iterator[Versus]:
        """Give each comparison."""
        return iter(self.pairs)

    def records(self) -> list[dict[str, Value]]:
        """Give each comparison as one flat record, unrounded."""
        return [{"task": self.task, **record(each)} for each in self.pairs]

    def to_pandas(self) -> pd.DataFrame:
        """Give one row for each comparison."""
        import pandas as pd

        return pd.DataFrame(self.records())


def compare(
    results: Sequence[Result],
    *,
    metrics: Sequence[str] = (),
    against: str | None = None,
    test: Test = "randomisation",
    resampling: Resampling | None = None,
) -> Compared:
    """Compare systems pair by pair, metric by metric.

    Args:
        results: Results of one task, each of another system.
        metrics: Names of metrics that all results have, in any spelling; all of these if not
            given.
        against: Name of the system that the others are compared with; every pair if not given.
        test: ``randomisation`` or ``bootstrap``. The interval of the difference is the
            bootstrap's in either case.
        resampling: Draws, seed, level and method of the interval. Its unit is not used: the
            results' own is.

    Returns:
        By metric, then by pair. p values are corrected within each metric.

    Raises:
        InvalidError: The results may not be compared; the message names what differs.
        UnknownNameError: No result has such a metric or system, or there is no such test.
    """
    given = tuple(results)
    check_same_task(given)
    check_scored(given)
    check_names(given)
    if test not in TESTS:
        raise UnknownNameError("test", test, TESTS)
    shared = [
        each.name
        for each in given[0].metrics
        if all(result.metric(each.name) is not None for result in given)
    ]
    asked = tuple(dict.fromkeys(map(canonical, metrics)))
    for name in asked:
        if name not in shared:
            raise UnknownNameError("metric of these results", name, shared)
    names = [result.system.name for result in given]
    if against is not None and against not in names:
        raise UnknownNameError("system of these results", against, names)
    how = resampling or Resampling()
    pairs = list(pairs_of(given, against))
    found: list[Versus] = []
    for metric in asked or shared:
        found += _corrected([_versus(metric, one, other, test, how) for one, other in pairs])
    return Compared(given[0].task, tuple(found))


def _corrected(compared: Sequence[Versus]) -> Iterator[Versus]:
    """Correct for the number of pairs, and leave out differences that could not be detected."""
    adjusted = holm([each.test.p for each in compared])
    smallest = holm([each.test.smallest_p for each in compared])
    for each, p, least in zip(compared, adjusted, smallest, strict=True):
        able = least is not None and least <= ALPHA
        yield msgspec.structs.replace(
            each,
            adjusted_p=p,
            smallest_adjusted_p=least,
            detectable=each.detectable if able else None,
        )


def pairs_of(
    results: Sequence[Result], against: str | None = None
) -> Iterator[tuple[Result, Result]]:
    """Give each pair of results, or each result with that of the system named."""
    if against is None:
        yield from combinations(results, 2)
        return
    reference = next(each for each in results if each.system.name == against)
    for result in results:
        if result is not reference:
            yield result, reference


def _versus(metric: str, first: Result, second: Result, test: Test, how: Resampling) -> Versus:
    ours, theirs = _scores(first, metric), _scores(second, metric)
    shared = check(metric, (first.system.name, ours), (second.system.name, theirs))
    one, other = ours.counts.load(), theirs.counts.load()
    table, other_table = tables(one, other)
    pooled = one.pooled, other.pooled
    bootstrapped = paired_bootstrap(
        *pooled,
        one.statistic,
        level=how.level,
        method=how.method,
        unit=one.unit,
        draws=how.draws,
        seed=how.seed,
    )
    tested = bootstrapped.test
    if test == "randomisation":
        tested = paired_randomisation(
            *pooled, one.statistic, unit=one.unit, draws=how.draws, seed=how.seed
        )
    return Versus(
        metric=metric,
        first=first.system.name,
        second=second.system.name,
        first_score=ours.micro.f1,
        second_score=theirs.micro.f1,
        interval=bootstrapped.interval,
        test=tested,
        adjusted_p=tested.p,
        detectable=smallest_detectable(bootstrapped.standard_error),
        signature=shared.long(),
        changed=tuple(_changed(one.units, table, other_table)),
    )


def _scores(result: Result, metric: str) -> ScoreSet:
    found = result.metric(metric)
    if found is None:
        raise UnknownNameError(
            f"metric in the result of {result.system.name}",
            metric,
            [each.name for each in result.metrics],
        )
    return found.all


def _changed(
    units: Sequence[str], first: npt.NDArray[Any], second: npt.NDArray[Any]
) -> Iterator[ChangedUnit]:
    if first.shape[-1] != _OF_ITEMS:
        return
    for name, ours, theirs in zip(units, first, second, strict=True):
        if (ours != theirs).any():
            (correct, predicted, _), (others, given, _) = ours.sum(axis=0), theirs.sum(axis=0)
            yield ChangedUnit(name, *map(float, (correct, others, predicted, given)))
