"""How fast partial matching is, as a ratio to nervaluate, measured side by side in one run.

    python scripts/speed/partial.py [--quick] [--rounds N] [--json]

One document with many entities, of which some are found, some nearly, and some not. Ours and the
peer are called in turn on the same spans, each in the form in which it takes them, and their
medians compared. nervaluate computes its four matches at once, for all types together and for
each, and cannot be asked for less; ours is measured for partial matching alone, and for the same
four. It is skipped if it is not installed. Growth is ours alone, also where all spans lie in each
other.
"""

from __future__ import annotations

import sys
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from measuring import Growth, Pair, Setting, run

from vinee.corpus.views import EntityView
from vinee.metrics.ner import NerStrict
from vinee.metrics.spans.exact import NerExact
from vinee.metrics.spans.iou import NerIou
from vinee.metrics.spans.partial import NerPartial
from vinee.metrics.spans.typed import NerType
from vinee.model import Document, Mention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vinee.metrics.base import Metric

    Typed = tuple[int, int, str]
    Sides = tuple[list[Typed], list[Typed]]

SEED = 20
ENTITIES = 4_000
QUICK = 10
TARGET = 100
EXPONENT = 1.05
TYPES = ("PER", "ORG", "GPE", "LOC")
APART = 12  # code points from the start of an entity to that of the next
NEST = 10
GROWTH = (ENTITIES, 20_000, 100_000)
VIEW = EntityView("fine")
PARTIAL = NerPartial(VIEW)
FOUR: tuple[Metric, ...] = (NerStrict(VIEW), NerExact(VIEW), PARTIAL, NerType(VIEW))


def pairs(setting: Setting) -> Iterator[Pair]:
    """Make spans, and give what is measured on them."""
    entities = ENTITIES // QUICK if setting.quick else ENTITIES
    sides = side_by_side(entities)
    peer = partial(_nervaluate, *(_as_dicts(side) for side in sides))
    for work, metrics, target in (
        ("partial", (PARTIAL,), TARGET),
        ("strict, exact, partial, type", FOUR, None),
    ):
        named = f"{work}, {entities:,} entities"
        ours = _scoring(metrics, sides)
        yield Pair(named, "nervaluate", target, ours, peer, package="nervaluate")


def growths(setting: Setting) -> Iterator[Growth]:
    """Give how our time grows with the entities of one document."""
    sizes = GROWTH[:-1] if setting.quick else GROWTH
    works: dict[str, tuple[Metric, Callable[[int], Sides]]] = {
        "partial": (PARTIAL, side_by_side),
        "partial, all in each other": (PARTIAL, lambda entities: in_each_other(entities, entities)),
        "iou": (NerIou(VIEW), side_by_side),
        f"iou, {NEST} in each other": (
            NerIou(VIEW),
            lambda entities: in_each_other(entities, NEST),
        ),
    }
    for name, (metric, made) in works.items():
        calls = {size: partial(_made, metric, made, size) for size in sizes}
        # What lies in each other has to be sorted as a whole.
        target = None if "in each other" in name else EXPONENT
        yield Growth(name, "entities in a document", target, calls)


def _made(metric: Metric, made: Callable[[int], Sides], size: int) -> Callable[[], object]:
    return _scoring((metric,), made(size))


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


if __name__ == "__main__":
    run([sys.modules[__name__]], __doc__)
