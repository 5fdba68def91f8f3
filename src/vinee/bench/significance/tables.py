"""A comparison as tables for people."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from vinee.bench.leaderboard import NONE, decimals
from vinee.bench.signature import Signature
from vinee.bench.significance.versus import Compared
from vinee.bench.tables import Table
from vinee.bench.warnings import unit_warning
from vinee.stats.bootstrap import MANY_UNITS, METHODS
from vinee.stats.detectable import ALPHA
from vinee.stats.paired_bootstrap import BOOTSTRAP
from vinee.stats.swaps import LIMIT

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


def counted(number: int, noun: str) -> str:
    """Give a number with its noun: ``1 document``, ``5 documents``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def of_comparisons(compared: Compared, asked: str = "document") -> tuple[Table, ...]:
    """Make one table for each metric.

    Args:
        compared: What was found.
        asked: The unit that was asked for; a note says where the counts have another.
    """
    return tuple(
        _table(Compared(compared.task, tuple(group)), metric, asked)
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
    found, left = counted(len(changed), "item"), len(changed) - len(shown)
    return Table(
        title=f"{metric}: {found} of which {first} and {second} made different things",
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


def _table(compared: Compared, metric: str, asked: str) -> Table:
    level = next((each.interval.level for each in compared if each.interval is not None), 0.95)
    header = tuple(name.replace("95%", f"{level:.0%}") for name in _HEADER)
    return Table(
        title=f"{compared.task}, {metric}",
        header=header,
        rows=tuple(map(_row, compared)),
        names=2,
        notes=tuple(
            dict.fromkeys(
                (
                    *_signatures(compared),
                    *_how(compared),
                    *_other_units(compared, asked),
                    *_limits(compared),
                    *_warnings(compared),
                )
            )
        ),
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
        test, ends = each.test, each.interval
        how = f"all {test.draws}" if test.exact else f"{test.draws} draws, seed {test.seed}"
        yield f"{test.method} of {counted(test.units, test.unit)} ({how}); two-sided, ties count"
        if ends is not None and not ends.exact:
            yield f"interval: bootstrap, {ends.draws} draws, seed {ends.seed}"


def _other_units(compared: Compared, asked: str) -> Iterator[str]:
    for each in compared:
        if asked not in ("document", each.test.unit):
            yield f"{each.metric} is counted by {each.test.unit} here, not by {asked}"


def _limits(compared: Compared) -> Iterator[str]:
    for each in compared:
        test, pair = each.test, f"{each.first} against {each.second}"
        if test.smallest_p is not None and test.smallest_p > ALPHA:
            yield (
                f"{pair}: with {counted(test.differing, test.unit)} on which they differ no p "
                f"below {test.smallest_p:.3g} is possible"
            )
        if each.interval is not None and each.interval.method not in METHODS:
            yield f"{pair}: interval is {each.interval.method}"
        for name, score in ((each.first, each.first_score), (each.second, each.second_score)):
            if score is None:
                yield f"{name}: F1 is not defined, since nothing is gold and nothing predicted"
    for each in compared:
        if each.smallest_adjusted_p is not None and each.smallest_adjusted_p > ALPHA:
            nothing = f"this test can detect no difference at {ALPHA} with so few units"
            yield f"detectable {NONE}: {nothing}"
        if each.test.method == BOOTSTRAP and each.test.p is not None:
            yield from _too_small(each)


def _too_small(each: Versus) -> Iterator[str]:
    test = each.test
    if test.units >= MANY_UNITS or not test.differing:
        return
    safer = "randomisation test is the safer one"
    if 2**test.differing <= LIMIT:
        safer = f"exact {safer} and has no p below {2 / 2**test.differing:.3g}"
    yield (
        f"{each.first} against {each.second}: p of the bootstrap is too small with "
        f"{counted(test.units, test.unit)}; the {safer}"
    )


def _signatures(compared: Compared) -> Iterator[str]:
    for each in compared:
        yield f"{each.metric}: {Signature.parse(each.signature).short()}"


def _warnings(compared: Compared) -> Iterator[str]:
    for each in compared:
        if warning := unit_warning(each.test.units, each.test.unit, each.metric):
            yield f"Note: {warning}"


def _signed(value: float | None) -> str:
    return NONE if value is None else f"{value:+.3f}"


def _p(value: float | None) -> str:
    if value is None:
        return NONE
    return f"{value:.4f}" if value >= _SMALL else f"{value:.1e}"
