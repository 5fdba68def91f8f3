"""Agreement of two sets of items, counted per unit and label."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vinee.metrics.base import pair
from vinee.metrics.counts import Counts
from vinee.metrics.units import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from vinee.metrics.base import Metric
    from vinee.metrics.units import Unit
    from vinee.model import Document

_LABEL = itemgetter(0)


class Item(NamedTuple):
    """Something that is correct or not; equal items are one.

    Attributes:
        label: What it is counted under.
        at: The place, a code-point offset, by which it belongs to a sentence or paragraph.
        key: What else makes it itself.
    """

    label: str
    at: int
    key: Hashable


def count_sets(  # noqa: PLR0913 -- what is compared, and how it is laid out
    metric: Metric,
    gold: Sequence[Document],
    predicted: Sequence[Document],
    items: Callable[[Document], Iterable[Item]],
    labels: Iterable[str] = (),
    *,
    unit: Unit = "document",
) -> Counts:
    """Count an item as correct when it is among both the gold and the predicted items.

    Args:
        metric: Gives its name and layer.
        gold: Gold documents.
        predicted: Predicted documents, paired with gold as `vinee.metrics.base.pair` says.
        items: Finds a document's items.
        labels: Labels that get a column even where they do not occur.
        unit: What a row is. An item belongs to the unit of its place, so that the sums over
            the units of a document are the document's counts.

    Raises:
        InvalidError: The documents cannot be paired, or `items` refuses one.
    """
    pairs = pair(gold, predicted, metric.layer)
    rows = Rows((each.gold for each in pairs), unit)
    counted: tuple[Counter[tuple[int, str]], ...] = (Counter(), Counter(), Counter())
    for reference, prediction in pairs:
        wanted, given = set(items(reference)), set(items(prediction))
        for side, found in zip(counted, (wanted & given, given, wanted), strict=True):
            at = rows.of(reference.doc_id, (item.at for item in found))
            side.update(zip(at, map(_LABEL, found), strict=False))
    columns = tuple(sorted({*labels} | {label for side in counted for _, label in side}))
    column_of = {label: column for column, label in enumerate(columns)}
    table = np.zeros((len(rows.names), len(columns), 3), dtype=np.int64)
    for number, side in enumerate(counted):
        for (row, label), times in side.items():
            table[row, column_of[label], number] = times
    return Counts(metric.name, rows.names, columns, table, unit)
