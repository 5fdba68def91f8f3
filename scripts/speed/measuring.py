"""How two sides of a pair are timed, how a row of the table is made of it, and how it is shown.

Each script of this folder has `pairs`, what is measured against a peer, and may have `growths`,
how our own time or memory grows. Both make their data when they are asked for the next one.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from importlib.util import find_spec
from math import log
from pathlib import Path
from statistics import linear_regression, median
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

ROUNDS = 5


def seconds(call: Callable[[], object], *, collector: bool = True) -> float:
    """Time one call."""
    gc.collect()
    with _collector(on=collector):
        started = perf_counter()
        call()
        return perf_counter() - started


def uncollected(call: Callable[[], object]) -> float:
    """Time one call without the cyclic garbage collector.

    How long its passes take depends on all that the process holds, the data of the measurement
    included, and not on what is measured.
    """
    return seconds(call, collector=False)


def returned(call: Callable[[], Any]) -> float:
    """Take what a call returns as its cost."""
    return float(call())


@contextmanager
def _collector(*, on: bool) -> Iterator[None]:
    if on:
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass(frozen=True, slots=True)
class Setting:
    """What the command line asks for: a folder for files, and whether less data will do."""

    folder: Path
    quick: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """One work, done by us and by a peer.

    Attributes:
        work: What is done, and on how much.
        peer: Who does it, too.
        target: How many times as fast we mean to be; of the peer's time, if `most`.
        ours: Our call.
        theirs: The peer's call.
        package: What must be installed for the peer, if it is no part of the project.
        most: Whether the ratio is ours to theirs, and is to be at most the target.
        collector: Whether the cyclic garbage collector runs.
    """

    work: str
    peer: str
    target: float | None
    ours: Callable[[], object]
    theirs: Callable[[], object]
    package: str | None = None
    most: bool = False
    collector: bool = True


@dataclass(frozen=True, slots=True)
class Measured:
    """A row of the table: medians in seconds; None where the peer is not installed.

    Attributes:
        ratio: Theirs to ours; ours to theirs if `most`.
        met: Whether the target is met; None where there is none, or nothing was measured.
    """

    work: str
    peer: str
    target: float | None
    most: bool
    ours: float | None = None
    theirs: float | None = None
    ratio: float | None = None
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Growth:
    """Something of ours that grows with the size of the data.

    Attributes:
        work: What is done.
        what: What the sizes are numbers of.
        target: The exponent that is meant at most.
        calls: For each size, ascending, what makes the data and returns the call to be measured.
        cost: What a call costs: its time, without the garbage collector, or what it returns.
        unit: The unit of the cost.
    """

    work: str
    what: str
    target: float | None
    calls: Mapping[int, Callable[[], Callable[[], object]]]
    cost: Callable[[Callable[[], object]], float] = uncollected
    unit: str = "s"


@dataclass(frozen=True, slots=True)
class Grown:
    """A line below the table.

    Attributes:
        costs: The median for each size.
        exponent: The slope of the logarithms of the costs by that of the sizes.
        last: The same between the two largest sizes, which what is spent once does not flatter.
        met: Whether it is at most the target; None where there is none.
    """

    work: str
    sizes: str
    target: float | None
    costs: tuple[float, ...]
    unit: str
    exponent: float
    last: float
    met: bool | None = None


class Script(Protocol):
    """A module of this folder."""

    def pairs(self, setting: Setting) -> Iterator[Pair]:
        """Make the data of each pair, and give it."""
        ...

    def growths(self, setting: Setting) -> Iterator[Growth]:
        """Give what grows."""
        ...


def measure(pair: Pair, rounds: int = ROUNDS) -> Measured:
    """Call both sides of a pair in turn, and compare the medians."""
    if pair.package is not None and find_spec(pair.package) is None:
        return Measured(pair.work, pair.peer, pair.target, pair.most)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(seconds(pair.ours, collector=pair.collector))
        theirs.append(seconds(pair.theirs, collector=pair.collector))
    a, b = median(ours), median(theirs)
    ratio = a / b if pair.most else b / a
    met = None
    if pair.target is not None:
        met = ratio <= pair.target if pair.most else ratio >= pair.target
    peer = pair.peer if pair.package is None else f"{pair.peer} {version(pair.package)}"
    return Measured(pair.work, peer, pair.target, pair.most, a, b, ratio, met)


def measure_growth(growth: Growth, rounds: int = ROUNDS) -> Grown:
    """Measure each size by itself, so that only its data is in memory."""
    costs = []
    for make in growth.calls.values():
        call = make()
        costs.append(median(growth.cost(call) for _ in range(rounds)))
    sizes = [*growth.calls]
    points = [log(size) for size in sizes], [log(cost) for cost in costs]
    slope = linear_regression(*points).slope
    last = linear_regression(*(each[-2:] for each in points)).slope
    spelled = f"{sizes[0]:,} to {sizes[-1]:,} {growth.what}"
    met = None if growth.target is None else slope <= growth.target
    return Grown(growth.work, spelled, growth.target, tuple(costs), growth.unit, slope, last, met)


def run(scripts: Iterable[Script], doc: str | None) -> None:
    """Measure what scripts have, as the command line asks, and print it.

    Args:
        scripts: What each has to measure.
        doc: What the command is for; its first line is shown.
    """
    parser = argparse.ArgumentParser(description=(doc or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="less data, for a first look")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each is called")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    rows, grown = [], []
    with tempfile.TemporaryDirectory() as folder:
        setting = Setting(Path(folder), options.quick)
        for script in scripts:
            for pair in script.pairs(setting):
                tell(f"{pair.work}, and {pair.peer}")
                # Targets are meant for all of the data.
                target = None if options.quick else pair.target
                rows.append(measure(replace(pair, target=target), options.rounds))
        for script in scripts:
            for growth in script.growths(setting):
                tell(f"growth: {growth.work}")
                target = None if options.quick else growth.target
                grown.append(measure_growth(replace(growth, target=target), options.rounds))
    if options.json:
        found = {
            "python": platform.python_version(),
            "rounds": options.rounds,
            "quick": options.quick,
        }
        found |= {"pairs": [asdict(row) for row in rows], "growth": [asdict(row) for row in grown]}
        print(json.dumps(found, indent=2))
        return
    for line in (*_table(rows), *map(_line, grown)):
        print(line)


def tell(message: str) -> None:
    """Say what is being done, beside the table."""
    print(message, file=sys.stderr, flush=True)


def _table(rows: Iterable[Measured]) -> Iterator[str]:
    yield f"{'work':<50} {'peer':<30} {'ours s':>9} {'peer s':>8} {'ratio':>7}  target"
    for row in rows:
        yield f"{row.work:<50} {row.peer:<30} {_numbers(row)}"


def _line(row: Grown) -> str:
    verdict = ""
    if row.target is not None:
        verdict = f"  <= {row.target:g} {'met' if row.met else 'MISSED'}"
    ends = f"{row.costs[0]:.3g} to {row.costs[-1]:.3g} {row.unit}, n^{row.exponent:.3f}, "
    ends += f"in the last step n^{row.last:.3f}"
    return f"{row.work}, {row.sizes}: {ends}{verdict}"


def _numbers(row: Measured) -> str:
    if row.ours is None or row.theirs is None or row.ratio is None:
        return "skipped: it is not installed"
    verdict = ""
    if row.target is not None:
        sign = "<=" if row.most else ">="
        verdict = f"  {sign} {row.target:g} {'met' if row.met else 'MISSED'}"
    return f"{row.ours:9.4f} {row.theirs:8.3f} {row.ratio:7.1f}{verdict}"
