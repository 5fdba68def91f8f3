"""Agreement of two sets of items, counted per document and label."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from vinee.metrics.base import pair
from vinee.metrics.counts import Counts

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from vinee.metrics.base import Metric
    from vinee.model import Document

    Item: TypeAlias = tuple[str, Hashable]


def count_sets(
    metric: Metric,
    gold: Sequence[Document],
    predicted: Sequence[Document],
    items: Callable[[Document], Iterable[Item]],
    labels: Iterable[str] = (),
) -> Counts:
    """Count an item as correct when it is among both the gold and the predicted items.

    Args:
        metric: Gives its name and layer.
        gold: Gold documents.
        predicted: Predicted documents, paired with gold as `vinee.metrics.base.pair` says.
        items: Finds a document's items: the label that each is counted under, and what makes it
            itself. Equal items collapse.
        labels: Labels that get a column even where they do not occur.

    Raises:
        InvalidError: The documents cannot be paired, or `items` refuses one.
    """
    found: dict[str, tuple[Counter[str], Counter[str], Counter[str]]] = {}
    for reference, prediction in pair(gold, predicted, metric.layer):
        wanted, given = set(items(reference)), set(items(prediction))
        found[reference.doc_id] = (_by_label(wanted & given), _by_label(given), _by_label(wanted))
    seen = {label for sides in found.values() for side in sides for label in side}
    columns = tuple(sorted({*labels} | seen))
    table = [[[side[label] for side in sides] for label in columns] for sides in found.values()]
    shaped = np.array(table, dtype=np.int64).reshape(len(found), len(columns), 3)
    return Counts(metric.name, tuple(found), columns, shaped)


def _by_label(items: Iterable[Item]) -> Counter[str]:
    return Counter(label for label, _ in items)
