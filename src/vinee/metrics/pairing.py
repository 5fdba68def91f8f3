"""Agreement of two sides whose items are paired one-to-one, counted per unit and label."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

import numpy as np

from vinee.corpus import assignment
from vinee.metrics.base import pair
from vinee.metrics.counts import Counts
from vinee.metrics.credits import Cell, Credits
from vinee.metrics.units import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from vinee.metrics.base import Metric
    from vinee.metrics.units import Unit
    from vinee.model import Document

    Compare: TypeAlias = Callable[[Document, Document], "Compared"]
    Place: TypeAlias = tuple[int, str]
    Span: TypeAlias = tuple[int, int]


class Located(Protocol):
    """An item that can be counted."""

    @property
    def label(self) -> str:
        """What it is counted under."""
        ...

    @property
    def at(self) -> int:
        """The place, a code-point offset, by which it belongs to a sentence or paragraph."""
        ...


class Match(NamedTuple):
    """A gold and a predicted item by their numbers, and what the pair is worth."""

    gold: int
    predicted: int
    credit: Fraction | int


class Compared(NamedTuple):
    """The items of two sides of a document, and those that are paired.

    The two items of a pair have one label. The matches can be gone through once.
    """

    gold: Sequence[Located]
    predicted: Sequence[Located]
    matches: Iterable[Match]


def overlapping(gold: Sequence[Span], predicted: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Give the numbers of each gold and predicted span that share something.

    Spans are half-open, so that ``[0, 5)`` and ``[5, 8)`` only touch; an empty one shares nothing.
    """
    order = sorted(range(len(predicted)), key=lambda number: predicted[number])
    starts = [predicted[number][0] for number in order]
    longest = max((end - start for start, end in predicted), default=0)
    for number, (start, end) in enumerate(gold):
        for other in order[bisect_right(starts, start - longest) : bisect_left(starts, end)]:
            if min(end, predicted[other][1]) > max(start, predicted[other][0]):
                yield number, other


def best(possible: Iterable[Match]) -> list[Match]:
    """Choose matches, each item in at most one, of the greatest total credit.

    Where several choices have it, the numbers of the items decide: number them in an order that
    does not depend on the input's.
    """
    worth = {(each.gold, each.predicted): Fraction(each.credit) for each in possible}
    whole = lcm(*(credit.denominator for credit in worth.values()))
    edges = sorted((*numbers, int(credit * whole)) for numbers, credit in worth.items() if credit)
    return [Match(*numbers, worth[numbers]) for numbers in assignment.best(edges)]


def most(possible: Iterable[tuple[int, int]], preferred: Iterable[tuple[int, int]]) -> list[Match]:
    """Choose as many pairs as can be, each item in at most one; of these, the most preferred."""
    edges, better = set(possible), set(preferred)
    more = 1 + min(len({left for left, _ in edges}), len({right for _, right in edges}))
    chosen = assignment.best(sorted((*edge, more + (edge in better)) for edge in edges))
    return [Match(*numbers, 1) for numbers in chosen]


def count_pairs(  # noqa: PLR0913 -- what is compared, and how it is laid out
    metric: Metric,
    gold: Sequence[Document],
    predicted: Sequence[Document],
    compare: Compare,
    labels: Iterable[str] = (),
    *,
    unit: Unit = "document",
) -> Counts:
    """Count paired items, each wholly correct, as `credit_pairs` does.

    Raises:
        InvalidError: The documents cannot be paired, or `compare` refuses them.
    """
    found = _found(metric, gold, predicted, compare, unit)
    columns = tuple(sorted({*labels} | {label for _, label in found.places()}))
    column_of = {label: column for column, label in enumerate(columns)}
    table = np.zeros((len(found.units), len(columns), 3), dtype=np.int64)
    sides: tuple[Mapping[Place, Fraction | int], ...] = (found.credit, found.predicted, found.gold)
    for side, numbers in enumerate(sides):
        for (row, label), number in numbers.items():
            table[row, column_of[label], side] = int(number)
    return Counts(metric.name, found.units, columns, table, unit)


def credit_pairs(  # noqa: PLR0913 -- what is compared, and how it is laid out
    metric: Metric,
    gold: Sequence[Document],
    predicted: Sequence[Document],
    compare: Compare,
    labels: Iterable[str] = (),
    *,
    whole: int = 1,
    unit: Unit = "document",
) -> Credits:
    """Count paired items with their credit.

    Args:
        metric: Gives its name and layer.
        gold: Gold documents.
        predicted: Predicted documents, paired with gold as `vinee.metrics.base.pair` says.
        compare: Finds the items of both sides of a document, and pairs them.
        labels: Labels that get a column even where they do not occur.
        whole: What a match is worth that is wholly correct; whole numbers of smaller parts
            spare many fractions.
        unit: What a row is. A pair belongs wholly to the unit of its gold item, an item without
            a partner to that of its own place, so that the sums over the units of a document are
            the document's counts.

    Raises:
        InvalidError: The documents cannot be paired, or `compare` refuses them.
    """
    found = _found(metric, gold, predicted, compare, unit)
    cells = {
        (found.units[row], label): Cell(
            Fraction(found.credit.get((row, label), 0)) / whole,
            found.predicted[row, label],
            found.gold[row, label],
        )
        for row, label in found.places()
    }
    return Credits.of(metric.name, found.units, labels, cells, unit)


class _Found(NamedTuple):
    """Units, and by number of unit and label what was found in them."""

    units: tuple[str, ...]
    credit: dict[Place, Fraction | int]
    predicted: Counter[Place]
    gold: Counter[Place]

    def places(self) -> set[Place]:
        """Give the numbers of units and the labels in which something is."""
        return {*self.predicted, *self.gold}


def _found(
    metric: Metric,
    gold: Sequence[Document],
    predicted: Sequence[Document],
    compare: Compare,
    unit: Unit,
) -> _Found:
    pairs = pair(gold, predicted, metric.layer)
    rows = Rows((each.gold for each in pairs), unit)
    found = _Found(rows.names, {}, Counter(), Counter())
    for reference, prediction in pairs:
        doc_id = reference.doc_id
        compared = compare(reference, prediction)
        places = [(rows.row(doc_id, item.at), item.label) for item in compared.gold]
        partners: dict[int, Place] = {}
        for match in compared.matches:
            place = partners[match.predicted] = places[match.gold]
            found.credit[place] = found.credit.get(place, 0) + match.credit
        found.gold.update(places)
        found.predicted.update(
            partners[number] if number in partners else (rows.row(doc_id, item.at), item.label)
            for number, item in enumerate(compared.predicted)
        )
    return found
