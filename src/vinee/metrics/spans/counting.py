"""Agreement of two sides whose spans are paired one-to-one, counted per unit and label."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from vinee.metrics.base import pair
from vinee.metrics.counts import Counts
from vinee.metrics.credits import Cell, Credits
from vinee.metrics.units import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vinee.metrics.base import Metric
    from vinee.metrics.units import Unit
    from vinee.model import Document

    Find: TypeAlias = Callable[[Document], Iterable["Spanned"]]
    Choose: TypeAlias = Callable[
        [Iterable["Spanned"], Iterable["Spanned"]], "Iterable[SpannedPair]"
    ]
    Parts: TypeAlias = Callable[["Spanned", "Spanned"], int]


class Spanned(NamedTuple):
    """An item with a span, half-open, in code points; equal ones are one.

    Attributes:
        start: First code point; the item belongs to the sentence or paragraph that holds it.
        end: One past the last code point.
        label: What it is counted under.
        more: What else makes it itself.
    """

    start: int
    end: int
    label: str
    more: tuple[Any, ...] = ()


SpannedPair: TypeAlias = tuple[Spanned, Spanned]


class _Found(NamedTuple):
    """Units, and by number of unit and label what was found in them."""

    units: tuple[str, ...]
    predicted: Counter[tuple[int, str]]
    gold: Counter[tuple[int, str]]
    correct: Counter[tuple[int, str]]  # in parts of a pair


def count_pairs(  # noqa: PLR0913 -- what is compared, and how it is laid out
    metric: Metric,
    gold: Sequence[Document],
    predicted: Sequence[Document],
    items: Find,
    choose: Choose,
    *,
    labels: Iterable[str] = (),
    unit: Unit = "document",
) -> Counts:
    """Count an item as correct when it is paired.

    Args:
        metric: Gives its name and layer.
        gold: Gold documents.
        predicted: Predicted documents, paired with gold as `vinee.metrics.base.pair` says.
        items: Finds a document's items.
        choose: Pairs gold items with predicted ones of the same label, each in at most one pair.
        labels: Labels that get a column even where they do not occur.
        unit: What a row is. A pair belongs wholly to the unit of its gold item, any other item
            to that of its own place, so that the sums over the units of a document are the
            document's counts.

    Raises:
        InvalidError: The documents cannot be paired, or `items` refuses one.
    """
    found = _find(metric, gold, predicted, items, choose, _one, unit)
    columns = sorted({*labels} | {label for _, label in (found.predicted | found.gold)})
    column_of = {label: column for column, label in enumerate(columns)}
    table = np.zeros((len(found.units), len(columns), 3), dtype=np.int64)
    for side, numbers in enumerate((found.correct, found.predicted, found.gold)):
        for (row, label), number in numbers.items():
            table[row, column_of[label], side] = number
    return Counts(metric.name, found.units, tuple(columns), table, unit)


def credit_pairs(  # noqa: PLR0913 -- what is compared, and how it is laid out
    metric: Metric,
    gold: Sequence[Document],
    predicted: Sequence[Document],
    items: Find,
    choose: Choose,
    *,
    parts: Parts,
    whole: int,
    labels: Iterable[str] = (),
    unit: Unit = "document",
) -> Credits:
    """Count pairs as `count_pairs` does, each correct to ``parts`` of ``whole``.

    Raises:
        InvalidError: As `count_pairs`.
    """
    found = _find(metric, gold, predicted, items, choose, parts, unit)
    cells = {
        (found.units[row], label): Cell(
            Fraction(found.correct[row, label], whole),
            found.predicted[row, label],
            found.gold[row, label],
        )
        for row, label in (found.predicted | found.gold)
    }
    return Credits.of(metric.name, found.units, labels, cells, unit)


def _find(  # noqa: PLR0913, PLR0917 -- what the public functions were given
    metric: Metric,
    gold: Sequence[Document],
    predicted: Sequence[Document],
    items: Find,
    choose: Choose,
    parts: Parts,
    unit: Unit,
) -> _Found:
    pairs = pair(gold, predicted, metric.layer)
    rows = Rows((each.gold for each in pairs), unit)
    found = _Found(rows.names, Counter(), Counter(), Counter())
    for reference, prediction in pairs:
        doc_id = reference.doc_id
        # Sets that keep the order of the text, as what lies together is then read together.
        wanted, given = dict.fromkeys(items(reference)), dict.fromkeys(items(prediction))
        chosen = list(choose(wanted, given))
        for one, other in chosen:
            place = rows.row(doc_id, one.start), one.label
            found.correct[place] += parts(one, other)
            found.predicted[place] += 1
        for _, other in chosen:
            del given[other]
        found.predicted.update((rows.row(doc_id, each.start), each.label) for each in given)
        found.gold.update((rows.row(doc_id, each.start), each.label) for each in wanted)
    return found


def _one(_: Spanned, __: Spanned) -> int:
    return 1
