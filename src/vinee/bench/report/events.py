"""Events with their arguments, written out; the arcs are drawn from them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vinee.bench.report.judging import Class, Item, Judged
    from vinee.bench.report.marks import Mark
    from vinee.metrics.diagnostics.kinds import Frame

    Arc: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ArgumentLine:
    """An argument.

    Attributes:
        outcome: What became of it.
        gold: Role and text in gold; None if it is not there.
        predicted: The same of the prediction.
        implicit: Whether it is an implicit one.
        gold_arc: Ids of the marks of trigger and filler in gold.
        predicted_arc: The same of the prediction; None where it is the arc of gold.
    """

    outcome: Class
    gold: tuple[str, str] | None
    predicted: tuple[str, str] | None
    implicit: bool
    gold_arc: Arc | None
    predicted_arc: Arc | None


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event of gold, of the prediction, or of both.

    Attributes:
        id: Its id in the page.
        marks: Ids of the marks of its trigger, gold's first.
        text: The text of its trigger.
        outcome: What became of its trigger.
        gold: Its type in gold; None if it is not there.
        predicted: The same of the prediction.
        arguments: Its arguments.
    """

    id: str
    marks: tuple[str, ...]
    text: str
    outcome: Class
    gold: str | None
    predicted: str | None
    arguments: tuple[ArgumentLine, ...]


class _Places:
    """Ids of marks by side and span; triggers by their types too."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._triggers: dict[tuple[str, int, int, str], str] = {}
        self._spans: dict[tuple[str, int, int], str] = {}
        # Of several marks with one span, names and times stand for a filler before triggers.
        order = {"mention": 0, "timex": 1, "filler": 2, "trigger": 3}
        for mark in sorted(marks, key=lambda each: order[each.kind]):
            for side, face in (("gold", mark.gold), ("predicted", mark.predicted)):
                if face is not None and mark.kind == "trigger":
                    self._triggers.setdefault((side, mark.start, mark.end, face.label), mark.id)
                if face is not None:
                    self._spans.setdefault((side, mark.start, mark.end), mark.id)
        for mark in marks:  # a span that only the other side has marked will do
            for side in ("gold", "predicted"):
                self._spans.setdefault((side, mark.start, mark.end), mark.id)

    def trigger(self, side: str, item: Item) -> str:
        return self._triggers[side, item.start, item.end, item.label]

    def arc(self, side: str, item: Item) -> Arc:
        start, end, type_ = item.frame  # type: ignore[misc]  # an argument always has a frame
        return (
            self._triggers[side, start, end, type_],
            self._spans[side, item.start, item.end],
        )


def events_of(
    judged: Sequence[Judged], marks: Sequence[Mark], text: str, prefix: str
) -> tuple[EventLine, ...]:
    """Write out the events of an article, in order of the text.

    Args:
        judged: What became of each item.
        marks: The marks that were made of them.
        text: The text of the article.
        prefix: What ids begin with.
    """
    places = _Places(marks)
    arguments = _by_frame(judged)
    triggers = sorted((each for each in judged if each.layer == "trigger"), key=_order)
    return tuple(
        EventLine(
            id=f"{prefix}e{number}",
            marks=tuple(dict.fromkeys(_marks(places, each))),
            text=text[slice(*each.place)],
            outcome=each.outcome,
            gold=None if each.gold is None else each.gold.shown,
            predicted=None if each.predicted is None else each.predicted.shown,
            arguments=tuple(
                _argument(places, one, text)
                for frame in dict.fromkeys(_frames(each))
                for one in arguments[frame]
            ),
        )
        for number, each in enumerate(triggers, start=1)
    )


def _order(judged: Judged) -> tuple[object, ...]:
    return (*judged.place, judged.gold is None, (judged.gold or judged.predicted or (0, 0, ""))[2])


def _by_frame(judged: Sequence[Judged]) -> Mapping[tuple[str, Frame], list[Judged]]:
    found: defaultdict[tuple[str, Frame], list[Judged]] = defaultdict(list)
    for each in judged:
        if each.layer == "argument":
            # A pair has one frame: it stands with the event of its gold side.
            side = "predicted" if each.gold is None else "gold"
            item = each.gold or each.predicted
            if item is not None:
                found[side, item.frame].append(each)
    return found


def _frames(trigger: Judged) -> Iterator[tuple[str, Frame]]:
    for side, item in (("gold", trigger.gold), ("predicted", trigger.predicted)):
        if item is not None:
            yield side, item[:3]


def _marks(places: _Places, trigger: Judged) -> Iterator[str]:
    if trigger.gold is not None:
        yield places.trigger("gold", trigger.gold)
    if trigger.predicted is not None:
        yield places.trigger("predicted", trigger.predicted)


def _argument(places: _Places, judged: Judged, text: str) -> ArgumentLine:
    gold, predicted = judged.gold, judged.predicted
    gold_arc = None if gold is None else places.arc("gold", gold)
    predicted_arc = None if predicted is None else places.arc("predicted", predicted)
    same = gold is not None and predicted is not None and gold[:2] == predicted[:2]
    return ArgumentLine(
        outcome=judged.outcome,
        gold=None if gold is None else (gold.shown, text[gold.start : gold.end]),
        predicted=None
        if predicted is None
        else (predicted.shown, text[predicted.start : predicted.end]),
        implicit=any(item is not None and item.implicit for item in (gold, predicted)),
        gold_arc=gold_arc,
        predicted_arc=None if same else predicted_arc,
    )
