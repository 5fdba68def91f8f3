"""Which items one system has right and another wrong, by the metric that they are compared by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from vinee.metrics.items import itemised

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.metrics.base import Metric
    from vinee.metrics.items import Listed, Sides
    from vinee.model import Document

Outcome: TypeAlias = Literal["correct", "missed", "spurious", "absent"]


class Change(msgspec.Struct, frozen=True):
    """An item of which two systems made different things.

    Attributes:
        doc_id: The article.
        start: Half-open span in code points.
        end: End of it.
        text: The text of the item.
        kind: ``mention``, ``timex``, ``trigger``, ``argument``, ``event`` or ``link``.
        label: All that the metric compares beside the span, such as a type, a value, an item, or
            an argument's role, event type and the place of its trigger.
        first: What became of it with the first system: ``correct`` or ``missed`` where gold has
            it, ``spurious`` or ``absent`` where gold does not.
        second: With the second.
    """

    doc_id: str
    start: int
    end: int
    text: str
    kind: str
    label: str
    first: Outcome
    second: Outcome


def changes(
    metric: Metric,
    gold: Sequence[Document],
    first: Sequence[Document],
    second: Sequence[Document],
) -> tuple[Change, ...] | None:
    """List the items of which two systems made different things, by article and place.

    They are the metric's own: those that only the first has right, less those that only the
    second has, are the difference of the numbers of correct items that it counts.

    Args:
        metric: What the systems are compared by.
        gold: Documents with their texts.
        first: A system's predictions.
        second: Another's.

    Returns:
        The items; None if the metric has none that could be listed.

    Raises:
        InvalidError: The documents cannot be paired, or one contradicts itself.
    """
    ours, theirs = itemised(metric, gold, first), itemised(metric, gold, second)
    if ours is None or theirs is None:
        return None
    texts = {each.doc_id: each.text or "" for each in gold}
    return tuple(
        change
        for doc_id in sorted(ours)
        for change in _of_document(doc_id, texts[doc_id], ours[doc_id], theirs[doc_id])
    )


def _of_document(doc_id: str, text: str, first: Sides, second: Sides) -> Iterator[Change]:
    for item in sorted(frozenset().union(*first, *second)):
        was, other = _outcome(item, first), _outcome(item, second)
        if was != other:
            covered = text[item.start : item.end]
            yield Change(doc_id, item.start, item.end, covered, item.kind, item.label, was, other)


def _outcome(item: Listed, sides: Sides) -> Outcome:
    if item in sides.gold:
        return "correct" if item in sides.predicted else "missed"
    return "spurious" if item in sides.predicted else "absent"
