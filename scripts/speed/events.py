"""How fast event scores are, as ratios to plain Python sets, measured side by side in one run.

    python scripts/speed/events.py [--quick] [--rounds N] [--json]

The peer is what one writes first: sets of tuples, intersected, and counted by document and label.
Each side gets the data in its own form, columns of numbers or lists of tuples; making them is not
measured. Both give the counts of each document and label, which are checked to be equal. The peer
is measured without the cyclic garbage collector, which would cost it a multiple.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from measuring import Growth, Pair, Setting, run

from vinee.metrics.events import PARTS
from vinee.metrics.events.columns import Arguments, Columns, Names, Triggers, count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from vinee.metrics.counts import Counts
    from vinee.metrics.events import Part

    Row = tuple[int, ...]
    Cells = tuple[Counter[tuple[int, int]], ...]

SEED = 20
ARGUMENTS = 1_000_000
QUICK = 10
TARGET = 10.0
EVENTS_A_DOCUMENT = 20
ARGUMENTS_AN_EVENT = 3
LENGTH = 3_000  # of a document, in code points
NOISE = 1 / 4  # share of predicted values that are made anew
TYPES, ROLES = 33, 22

# Where the label is in the tuple of a score; TI has one label only.
LABELS: dict[Part, int] = {"TC": 1, "AI": 1, "AC": 2, "AI+": 1, "AC+": 4}


class Lists(NamedTuple):
    """One side as lists of tuples."""

    triggers: list[Row]
    arguments: list[Row]


def pairs(setting: Setting) -> Iterator[Pair]:
    """Make events, check that both sides count them alike, and give what is measured.

    Raises:
        AssertionError: They do not count alike.
    """
    gold, predicted, names = corpus(ARGUMENTS // QUICK if setting.quick else ARGUMENTS)
    lists = lists_of(gold), lists_of(predicted)
    found = count(gold, predicted, names)
    for part, counts in found.items():
        if cells_of(counts) != with_sets(*lists, [part])[part]:
            raise AssertionError(f"{part}: columns and sets do not count alike")
    size = f"{len(gold.arguments.start) / 1e6:.2g}M arguments"
    works: dict[str, Sequence[Part]] = {"TI to AC+, all six": PARTS, "AC+ alone": ["AC+"]}
    for work, parts in works.items():
        yield Pair(
            f"{work}, {size}",
            "sets of tuples",
            TARGET,
            partial(count, gold, predicted, names, parts),
            partial(with_sets, *lists, parts),
            collector=False,
        )


def growths(setting: Setting) -> Iterator[Growth]:  # noqa: ARG001 - as all scripts
    """Give nothing: what grows is in other scripts."""
    yield from ()


def corpus(arguments: int) -> tuple[Columns, Columns, Names]:
    """Make events with arguments, and a prediction in another order that has some of them wrong."""
    rng = np.random.default_rng(SEED)
    events = max(1, arguments // ARGUMENTS_AN_EVENT)
    documents = max(1, events // EVENTS_A_DOCUMENT)
    start = rng.integers(0, LENGTH, events)
    triggers = Triggers(
        rng.integers(0, documents, events),
        rng.integers(0, TYPES, events),
        start,
        start + rng.integers(2, 12, events),
    )
    event = np.repeat(np.arange(events), rng.integers(1, 2 * ARGUMENTS_AN_EVENT, events))
    start = rng.integers(0, LENGTH, len(event))
    end = start + rng.integers(2, 40, len(event))
    role = rng.integers(0, ROLES, len(event))
    of_event = Triggers(*(each[event] for each in triggers))
    gold = Columns(triggers, Arguments(*of_event[:4], role, start, end))
    names = Names(_named("d", documents), _named("T", TYPES), _named("R", ROLES))
    order = rng.permutation(len(event))
    predicted = Columns(
        triggers._replace(type=_noisy(rng, triggers.type, TYPES)),
        Arguments(*(each[order] for each in gold.arguments))._replace(
            role=_noisy(rng, role[order], ROLES)
        ),
    )
    return gold, predicted, names


def lists_of(columns: Columns) -> Lists:
    """Turn columns into lists of tuples."""
    return Lists(*(list(zip(*(each.tolist() for each in table), strict=True)) for table in columns))


def with_sets(gold: Lists, predicted: Lists, parts: Iterable[Part]) -> dict[Part, Cells]:
    """Count correct, predicted and gold tuples of each document and label with sets."""
    return {part: _with_sets(part, gold, predicted) for part in parts}


def cells_of(counts: Counts) -> Cells:
    """Bring our counts into the peer's form."""
    return tuple(
        Counter(
            {
                (int(row), int(column)): int(counts.table[row, column, side])
                for row, column in np.argwhere(counts.table[..., side])
            }
        )
        for side in range(3)
    )


def _with_sets(part: Part, gold: Lists, predicted: Lists) -> Cells:
    wanted, given = (_tuples(part, side) for side in (gold, predicted))
    sides = wanted & given, given, wanted
    if part == "TI":
        return tuple(Counter((row[0], 0) for row in rows) for rows in sides)
    at = LABELS[part]
    return tuple(Counter((row[0], row[at]) for row in rows) for rows in sides)


def _tuples(part: Part, side: Lists) -> set[Row]:
    # Written out, since a general choice of fields would be slower than anybody's own.
    if part == "TI":
        return {(document, start, end) for document, _, start, end in side.triggers}
    if part == "TC":
        return set(side.triggers)
    if part == "AI":
        return {
            (document, type_, start, end) for document, type_, _, _, _, start, end in side.arguments
        }
    if part == "AC":
        return {
            (document, type_, role, start, end)
            for document, type_, _, _, role, start, end in side.arguments
        }
    if part == "AI+":
        return {
            (document, type_, first, last, start, end)
            for document, type_, first, last, _, start, end in side.arguments
        }
    return set(side.arguments)


def _noisy(
    rng: np.random.Generator, values: npt.NDArray[np.int64], kinds: int
) -> npt.NDArray[np.int64]:
    anew = rng.integers(0, kinds, len(values))
    return np.where(rng.random(len(values)) < NOISE, anew, values)


def _named(letter: str, number: int) -> tuple[str, ...]:
    return tuple(f"{letter}{each:07}" for each in range(number))


if __name__ == "__main__":
    run([sys.modules[__name__]], __doc__)
