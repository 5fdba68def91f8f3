"""Which items one system has right and another wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from vinee.bench.comparison import compare as outcomes
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.bench.comparison import Comparison, Outcome, Side
    from vinee.bench.result import System

    Place = tuple[int, int, str, str]


class Change(msgspec.Struct, frozen=True):
    """An item of which two systems made different things.

    Attributes:
        doc_id: The article.
        start: Half-open span in code points; of an argument, that of its event's trigger.
        end: End of it.
        text: The text of the item.
        kind: ``mention``, ``timex``, ``trigger`` or ``argument``.
        label: Its label; an argument's role and event type.
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
    first: str
    second: str


def changes(
    gold: Sequence[Document],
    first: tuple[System, Sequence[Document]],
    second: tuple[System, Sequence[Document]],
    kinds: Sequence[str] | None = None,
) -> tuple[Change, ...]:
    """List the items of which two systems made different things, by article and place.

    Items are those of `vinee.bench.comparison`: names and times and triggers by span and type,
    arguments by trigger, type, role and span. What no task scores is left out, and so is a layer
    that one of the systems did not give.

    Args:
        gold: Documents with their texts.
        first: A system and its predictions.
        second: Another's.
        kinds: Kinds of items to list; None for all.
    """
    ours, theirs = ({each.doc_id: each for each in given} for _, given in (first, second))
    return tuple(
        change
        for document in sorted(gold, key=lambda each: each.doc_id)
        for change in _of_document(
            document,
            outcomes(document, ours.get(document.doc_id, Document(document.doc_id)), first[0]),
            outcomes(document, theirs.get(document.doc_id, Document(document.doc_id)), second[0]),
        )
        if kinds is None or change.kind in kinds
    )


def _of_document(document: Document, first: Comparison, second: Comparison) -> Iterator[Change]:
    found = []
    for side, absent in (("gold", "missed"), ("predicted", "absent")):
        ours, theirs = (_items(document, getattr(each, side)) for each in (first, second))
        for place in {*ours, *theirs}:
            was, other = ours.get(place, absent), theirs.get(place, absent)
            # What is right stands on the gold side already.
            if (
                was != other
                and "unscored" not in (was, other)
                and not (side == "predicted" and "correct" in (was, other))
            ):
                found.append((place, was, other))
    for (start, end, kind, label, text), was, other in sorted(found):
        yield Change(document.doc_id, start, end, text, kind, label, was, other)


def _items(document: Document, side: Side) -> dict[tuple[int, int, str, str, str], Outcome]:
    text = document.text or ""
    items: dict[tuple[int, int, str, str, str], Outcome] = {
        (span.start, span.end, span.note.kind, span.note.label, text[span.start : span.end]): (
            span.note.outcome
        )
        for span in side.spans
    }
    for event in side.events:
        for argument in event.arguments:
            place = (
                event.start,
                event.end,
                "argument",
                f"{argument.role} of {event.type}",
                argument.text,
            )
            items[place] = argument.outcome
    return items
