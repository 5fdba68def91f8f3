"""How fast partial matching is, as a ratio to nervaluate, measured side by side in one run.

    python scripts/speed/partial.py [--entities N] [--rounds N] [--json]

One document with many entities, of which some are found, some nearly, and some not. Ours and the
peer are called in turn on the same spans, each in the form in which it takes them, and their
medians compared. nervaluate computes its four matches at once, for all types together and for
each, and cannot be asked for less; ours is measured for partial matching alone, and for the same
four. It is skipped if it is not installed. Growth is ours alone, also where all spans lie in each
other.
"""

from __future__ import annotations

import argparse
import gc
import json
from dataclasses import asdict, dataclass
from functools import partial
from importlib.util import find_spec
from math import log
from random import Random
from statistics import linear_regression, median
from time import perf_counter
from typing import TYPE_CHECKING

from vinee.corpus.views import EntityView
from vinee.metrics.ner import NerStrict
from vinee.metrics.spans.exact import NerExact
from vinee.metrics.spans.iou import NerIou
from vinee.metrics.spans.partial import NerPartial
from vinee.metrics.spans.typed import NerType
from vinee.model import Document, Mention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vinee.metrics.base import Metric

    Typed = tuple[int, int, str]
    Sides = tuple[list[Typed], list[Typed]]

SEED = 20
ENTITIES = 4_000
ROUNDS = 5
TARGET = 100
TYPES = ("PER", "ORG", "GPE", "LOC")
APART = 12  # code points from the start of an entity to that of the next
NEST = 10
GROWTH = (1_000, 10_000, 100_000)  # entities
VIEW = EntityView("fine")
PARTIAL = NerPartial(VIEW)
FOUR: tuple[Metric, ...] = (NerStrict(VIEW), NerExact(VIEW), PARTIAL, NerType(VIEW))


@dataclass(frozen=True, slots=True)
class Pair:
    """One work, done by us and by a peer."""

    work: str
    peer: str
    target: float
    ours: Callable[[], object]
    theirs: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians in seconds; None where the peer is not installed."""

    work: str
    peer: str
    target: float
    ours: float | None
    theirs: float | None
    ratio: float | None


def main() -> None:
    """Measure all pairs and the growth, and print them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--entities", type=int, default=ENTITIES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    measured = [measure(pair, options.rounds) for pair in pairs(options.entities)]
    exponents = growth(options.rounds)
    if options.json:
        rows = [asdict(each) for each in measured]
        print(json.dumps({"pairs": rows, "growth": exponents}, indent=2))
        return
    print(f"{'work':<36} {'peer':<25} {'ours s':>8} {'peer s':>8} {'ratio':>7} {'target':>6}")
    for each in measured:
        numbers = "skipped: it is not installed"
        if each.ours is not None:
            numbers = f"{each.ours:8.4f} {each.theirs:8.3f} {each.ratio:7.1f} {each.target:6.0f}"
        print(f"{each.work:<36} {each.peer:<25} {numbers}")
    for name, exponent in exponents.items():
        print(f"growth from {GROWTH[0]:,} to {GROWTH[-1]:,} entities, {name}: n^{exponent:.3f}")


def pairs(entities: int = ENTITIES) -> list[Pair]:
    """Make the data and return what is to be measured."""
    sides = side_by_side(entities)
    peer = partial(_nervaluate, *(_as_dicts(side) for side in sides))
    return [
        Pair(f"{work}, {entities:,} entities", "nervaluate", TARGET, _scoring(metrics, sides), peer)
        for work, metrics in (("partial", (PARTIAL,)), ("all four matches", FOUR))
    ]


def measure(pair: Pair, rounds: int = ROUNDS) -> Measured:
    """Call both sides of a pair in turn, and compare the medians."""
    if find_spec(pair.peer) is None:
        return Measured(pair.work, pair.peer, pair.target, None, None, None)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(_seconds(pair.ours))
        theirs.append(_seconds(pair.theirs))
    a, b = median(ours), median(theirs)
    return Measured(pair.work, pair.peer, pair.target, a, b, b / a)


def growth(rounds: int = ROUNDS) -> dict[str, float]:
    """Return the exponents by which our time grows with the entities of one document.

    Each is the slope of the logarithms of the medians, over all the sizes in `GROWTH`.
    """
    works: dict[str, tuple[Metric, Callable[[int], Sides]]] = {
        "partial": (PARTIAL, side_by_side),
        "partial, all in each other": (PARTIAL, lambda entities: in_each_other(entities, entities)),
        "iou": (NerIou(VIEW), side_by_side),
        f"iou, {NEST} in each other": (
            NerIou(VIEW),
            lambda entities: in_each_other(entities, NEST),
        ),
    }
    exponents = {}
    for name, (metric, made) in works.items():
        calls = [_scoring((metric,), made(entities)) for entities in GROWTH]
        times = [log(median(_seconds(call) for _ in range(rounds))) for call in calls]
        exponents[name] = linear_regression([log(entities) for entities in GROWTH], times).slope
    return exponents


def side_by_side(entities: int) -> Sides:
    """Make gold and predicted spans, of which half are equal and most of the others overlap."""
    random = Random(SEED)  # noqa: S311 - test data, no secret
    gold, predicted = [], []
    for number in range(entities):
        start = APART * number + random.randint(0, 3)
        end = start + random.randint(2, 8)
        label = random.choice(TYPES)
        gold.append((start, end, label))
        kind = random.random()
        if kind < 1 / 2:
            predicted.append((start, end, label))
        elif kind < 9 / 10:
            moved = start + random.randint(-2, 2)
            predicted.append((moved, moved + random.randint(2, 8), random.choice(TYPES)))
    return [(max(start, 0), end, label) for start, end, label in gold], [
        (max(start, 0), end, label) for start, end, label in predicted
    ]


def in_each_other(entities: int, depth: int) -> Sides:
    """Make spans that lie in each other, ``depth`` at a place, none equal on both sides."""
    gold, predicted = [], []
    for number in range(entities):
        nest, level = divmod(number, depth)
        start, end = 4 * depth * nest + level, 4 * depth * (nest + 1) - level - 1
        gold.append((start, end, TYPES[0]))
        predicted.append((start + 1, end, TYPES[0]))
    return gold, predicted


def _scoring(metrics: Iterable[Metric], sides: Sides) -> Callable[[], object]:
    gold, predicted = (
        [Document("d", mentions=tuple(Mention(*span) for span in side))] for side in sides
    )
    return lambda: [metric.counts(gold, predicted).exact() for metric in metrics]


def _as_dicts(spans: Iterable[Typed]) -> list[list[dict[str, int | str]]]:
    # nervaluate reads ends as inclusive.
    return [[{"label": label, "start": start, "end": end - 1} for start, end, label in spans]]


def _nervaluate(gold: object, predicted: object) -> object:
    from nervaluate import Evaluator

    return Evaluator(gold, predicted, tags=list(TYPES), loader="dict").evaluate()


def _seconds(call: Callable[[], object]) -> float:
    gc.collect()
    started = perf_counter()
    call()
    return perf_counter() - started


if __name__ == "__main__":
    main()
