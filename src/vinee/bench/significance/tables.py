"""A comparison as tables for people."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from vinee.bench.leaderboard import NONE, decimals
from vinee.bench.significance.versus import Compared
from vinee.bench.tables import Table
from vinee.bench.warnings import unit_warning
from vinee.stats.bootstrap import METHODS
from vinee.stats.detectable import ALPHA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.bench.significance.changed import Change
    from vinee.bench.significance.versus import Versus

_HEADER = (
    *("First", "Second", "F1 first", "F1 second", "difference", "95% interval"),
    *("p", "p (Holm)", "detectable"),
)
_OF_ITEMS = ("Article", "Place", "Kind", "Label", "Text")
_SMALL = 0.0001


def of_comparisons(compared: Compared) -> tuple[Table, ...]:
    """Make one table for each metric."""
    return tuple(
        _table(Compared(compared.task, tuple(group)), metric)
        for metric, group in groupby(compared, key=lambda each: each.metric)
    )


def of_changes(
    changed: Sequence[Change], metric: str, first: str, second: str, most: int | None = None
) -> Table:
    """Make a table of items, in the order given.

    Args:
        changed: The items.
        metric: Name of the metric whose items they are.
        first: Name of the first system.
        second: Name of the second.
        most: How many items there may be; None for all. A note says how many there are more.
    """
    shown = changed if most is None else changed[:most]
    left = len(changed) - len(shown)
    counted = f"{len(changed)} item{'' if len(changed) == 1 else 's'}"
    return Table(
        title=f"{metric}: {counted} of which {first} and {second} made different things",
        header=(
            "Article",
            "Place",
            "Kind",
            "Label",
            "Text",
            f"first: {first}",
            f"second: {second}",
        ),
        rows=tuple(
            (
                each.doc_id,
                f"{each.start}-{each.end}",
                each.kind,
                each.label,
                " ".join(each.text.split()),
                each.first,
                each.second,
            )
            for each in shown
        ),
        names=7,
        notes=(f"{left} more {'is' if left == 1 else 'are'} not shown",) if left else (),
        records=tuple(msgspec.to_builtins(each) for each in shown),
    )


def _table(compared: Compared, metric: str) -> Table:
    level = next((each.interval.level for each in compared if each.interval is not None), 0.95)
    header = tuple(name.replace("95%", f"{level:.0%}") for name in _HEADER)
    return Table(
        title=f"{compared.task}, {metric}",
        header=header,
        rows=tuple(map(_row, compared)),
        names=2,
        notes=tuple(dict.fromkeys((*_how(compared), *_limits(compared), *_warnings(compared)))),
        records=tuple(compared.records()),
    )


def _row(each: Versus) -> tuple[str, ...]:
    ends = each.interval
    return (
        each.first,
        each.second,
        decimals(each.first_score),
        decimals(each.second_score),
        _signed(each.test.difference),
        NONE if ends is None else f"{_signed(ends.low)} to {_signed(ends.high)}",
        _p(each.test.p),
        _p(each.adjusted_p),
        decimals(each.detectable),
    )


def _how(compared: Compared) -> Iterator[str]:
    for each in compared:
        test = each.test
        how = f"all {test.draws}" if test.exact else f"{test.draws} draws, seed {test.seed}"
        yield f"{test.method} of {test.units} {test.unit}s ({how}); two-sided, ties count"


def _limits(compared: Compared) -> Iterator[str]:
    for each in compared:
        test = each.test
        if test.smallest_p is not None and test.smallest_p > ALPHA:
            yield (
                f"{each.first} against {each.second}: with {test.differing} {test.unit}s on which "
                f"they differ no p below {test.smallest_p:.3g} is possible"
            )
        if each.interval is not None and each.interval.method not in METHODS:
            yield f"{each.first} against {each.second}: interval is {each.interval.method}"


def _warnings(compared: Compared) -> Iterator[str]:
    for each in compared:
        if warning := unit_warning(each.test.units, each.test.unit):
            yield f"Note: {warning}"


def _signed(value: float | None) -> str:
    return NONE if value is None else f"{value:+.3f}"


def _p(value: float | None) -> str:
    if value is None:
        return NONE
    return f"{value:.4f}" if value >= _SMALL else f"{value:.1e}"
