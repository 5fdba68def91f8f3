"""The errors of an article in order of the text, each with its place in the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.bench.report.judging import ERRORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.bench.report.events import EventLine
    from vinee.bench.report.judging import Class, Judged, Layer
    from vinee.bench.report.marks import Mark


@dataclass(frozen=True, slots=True)
class ErrorLine:
    """An error.

    Attributes:
        target: Id of the mark or the event that it is seen at.
        layer: What kind of item it is.
        outcome: What is wrong.
        gold: Label and text in gold; None if gold has nothing.
        predicted: The same of the prediction.
    """

    target: str
    layer: Layer
    outcome: Class
    gold: tuple[str, str] | None
    predicted: tuple[str, str] | None


def errors_of(
    judged: Sequence[Judged], marks: Sequence[Mark], events: Sequence[EventLine], text: str
) -> tuple[ErrorLine, ...]:
    """List the errors of an article; those of arguments stand where their events do."""
    marked = dict(_marked(marks))
    lines = [
        (
            each.place,
            ErrorLine(
                marked[_key(each)],
                each.layer,
                each.outcome,
                *(
                    None if item is None else (item.shown, text[item.start : item.end])
                    for item in (each.gold, each.predicted)
                ),
            ),
        )
        for each in judged
        if each.outcome in ERRORS and each.layer != "argument"
    ]
    places = {mark.id: (mark.start, mark.end) for mark in marks}
    lines += [
        (
            places[event.marks[0]],
            ErrorLine(event.id, "argument", each.outcome, each.gold, each.predicted),
        )
        for event in events
        for each in event.arguments
        if each.outcome in ERRORS
    ]
    return tuple(line for _, line in sorted(lines, key=lambda each: each[0]))


def _marked(marks: Sequence[Mark]) -> Iterator[tuple[tuple[object, ...], str]]:
    for mark in marks:
        if mark.outcome in ERRORS:
            for side, face in (("gold", mark.gold), ("predicted", mark.predicted)):
                if face is not None:
                    yield (side, mark.kind, mark.start, mark.end, face.label), mark.id


def _key(judged: Judged) -> tuple[object, ...]:
    side, item = (
        ("gold", judged.gold) if judged.gold is not None else ("predicted", judged.predicted)
    )
    label = "" if item is None else item.shown
    return (side, judged.layer, *judged.place, label)
