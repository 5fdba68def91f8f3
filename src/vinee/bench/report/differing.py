"""What is said of an item beside span, type and role, where gold and prediction differ in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vinee.metrics.attributes import matched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.bench.report.marks import Mark
    from vinee.model import Document

_COMPARED: tuple[tuple[Literal["timex", "trigger"], str], ...] = (
    ("timex", "timexes.value"),
    ("trigger", "events.polarity"),
    ("trigger", "events.realis"),
)


@dataclass(frozen=True, slots=True)
class Differing:
    """An attribute of which gold and prediction say different things.

    Attributes:
        target: Id of the mark that it is said of.
        kind: ``timex`` or ``trigger``.
        text: The text of the mark.
        attribute: ``value``, ``polarity`` or ``realis``.
        gold: What gold says; None if nothing.
        predicted: What the system says; None if nothing.
    """

    target: str
    kind: Literal["timex", "trigger"]
    text: str
    attribute: str
    gold: str | None
    predicted: str | None


def differing_in(
    gold: Document, predicted: Document, marks: Sequence[Mark]
) -> tuple[Differing, ...]:
    """List what differs on times of one span, and on events of one trigger and type.

    An attribute that the system gives to no item of the document is not one that it finds, and is
    left out.

    Args:
        gold: A document with its text.
        predicted: What a system found in it.
        marks: The marks of both, in order of the text.
    """
    text = gold.text or ""
    order = {mark.id: number for number, mark in enumerate(marks)}
    marked = {(mark.kind, mark.start, mark.end): mark.id for mark in reversed(marks)}
    found = [
        Differing(marked[kind, start, end], kind, text[start:end], name, wanted, given)
        for kind, name, start, end, wanted, given in _found(gold, predicted)
    ]
    return tuple(sorted(found, key=lambda each: (order[each.target], each.attribute)))


def _found(
    gold: Document, predicted: Document
) -> Iterator[tuple[Literal["timex", "trigger"], str, int, int, str | None, str | None]]:
    for kind, attribute in _COMPARED:
        layer, _, name = attribute.partition(".")
        if all(getattr(each, name) is None for each in getattr(predicted, layer) or ()):
            continue
        for _, items in matched(attribute, [gold], [predicted]):
            for (start, end, _), wanted, given in items:
                if wanted != given:
                    yield kind, name, start, end, wanted, given
