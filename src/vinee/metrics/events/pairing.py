"""Agreement of two sides whose items are paired one-to-one, counted per unit and label."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from vinee.corpus import assignment
from vinee.metrics.base import pair
from vinee.metrics.counts import Counts
from vinee.metrics.credits import NOTHING, Cell, Credits
from vinee.metrics.units import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vinee.metrics.base import Metric
    from vinee.metrics.sets import Item
    from vinee.metrics.units import Unit
    from vinee.model import Document

    Compare: TypeAlias = Callable[[Document, Document], "Compared"]
    Cells: TypeAlias = dict[tuple[str, str], Cell]
    Span: TypeAlias = tuple[int, int]


class Match(NamedTuple):
    """A gold and a predicted item by their numbers, and what the pair is worth, from 0 to 1."""

    gold: int
    predicted: int
    credit: Fraction | int


class Compared(NamedTuple):
    """The items of two sides of a document, and those that are paired.

    The two items of a pair have one label.
    """

    gold: Sequence[Item]
    predicted: Sequence[Item]
    matches: Sequence[Match]


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
    names, cells = _cells(metric, gold, predicted, compare, unit)
    columns = tuple(sorted({*labels} | {label for _, label in cells}))
    row_of = {name: row for row, name in enumerate(names)}
    table = np.zeros((len(names), len(columns), 3), dtype=np.int64)
    for (name, label), cell in cells.items():
        table[row_of[name], columns.index(label)] = int(cell.credit), cell.predicted, cell.gold
    return Counts(metric.name, names, columns, table, unit)


def credit_pairs(  # noqa: PLR0913 -- what is compared, and how it is laid out
    metric: Metric,
    gold: Sequence[Document],
    predicted: Sequence[Document],
    compare: Compare,
    labels: Iterable[str] = (),
    *,
    unit: Unit = "document",
) -> Credits:
    """Count paired items with their credit.

    Args:
        metric: Gives its name and layer.
        gold: Gold documents.
        predicted: Predicted documents, paired with gold as `vinee.metrics.base.pair` says.
        compare: Finds the items of both sides of a document, and pairs them.
        labels: Labels that get a column even where they do not occur.
        unit: What a row is. A pair belongs wholly to the unit of its gold item, an item without
            a partner to that of its own place.

    Raises:
        InvalidError: The documents cannot be paired, or `compare` refuses them.
    """
    names, cells = _cells(metric, gold, predicted, compare, unit)
    return Credits.of(metric.name, names, labels, cells, unit)


def _cells(
    metric: Metric,
    gold: Sequence[Document],
    predicted: Sequence[Document],
    compare: Compare,
    unit: Unit,
) -> tuple[tuple[str, ...], Cells]:
    pairs = pair(gold, predicted, metric.layer)
    rows = Rows((each.gold for each in pairs), unit)
    cells: Cells = {}
    for reference, prediction in pairs:
        compared = compare(reference, prediction)
        place_of = {match.predicted: compared.gold[match.gold] for match in compared.matches}
        found = [(item, Cell(Fraction(0), 0, 1)) for item in compared.gold]
        found += [
            (place_of.get(number, item), Cell(Fraction(0), 1, 0))
            for number, item in enumerate(compared.predicted)
        ]
        found += [
            (compared.gold[match.gold], Cell(Fraction(match.credit), 0, 0))
            for match in compared.matches
        ]
        for item, cell in found:
            key = rows.names[rows.row(reference.doc_id, item.at)], item.label
            cells[key] = cells.get(key, NOTHING).plus(cell)
    return rows.names, cells
