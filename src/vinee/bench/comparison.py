"""Gold and predicted annotations of one document, each item with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vinee.bench import tasks
from vinee.bench.markup import Marked
from vinee.metrics.arguments import fillers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vinee.bench.result import System
    from vinee.corpus.views import EntityView
    from vinee.metrics.arguments import Filler
    from vinee.model import Document, Event, Mention

    Key = tuple[object, ...]

Outcome = Literal["correct", "missed", "spurious", "unscored"]
Kind = Literal["mention", "trigger", "timex"]


@dataclass(frozen=True, slots=True)
class Item:
    """What is said of a marked span."""

    kind: Kind
    label: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ArgumentLine:
    """An argument, written out."""

    role: str
    text: str
    implicit: bool
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event with its arguments, written out; ``start`` and ``end`` are its trigger's."""

    start: int
    end: int
    type: str
    trigger: str
    outcome: Outcome
    arguments: tuple[ArgumentLine, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison: its marked spans, and its events."""

    spans: tuple[Marked[Item], ...]
    events: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides."""

    gold: Side
    predicted: Side


def compare(gold: Document, predicted: Document, system: System) -> Comparison:
    """Find out what became of each item.

    Names are compared by span and type, as task ``ner`` does for systems with coarse types and
    ``ner_fine`` for all others; triggers by span and type; times by span; arguments by trigger,
    event type, role and span. What no task scores, as implicit arguments, and a layer that the
    system did not give, is ``unscored``.
    """
    coarse = system.claims is not None and system.claims.scheme == "coarse"
    view = tasks.get("ner" if coarse else "ner_fine").view()
    text = gold.text or ""
    return Comparison(
        gold=_side(gold, predicted, view, text, wrong="missed"),
        predicted=_side(predicted, gold, view, text, wrong="spurious"),
    )


def _side(
    own: Document, other: Document, view: EntityView | None, text: str, *, wrong: Outcome
) -> Side:
    return Side(
        spans=tuple(
            sorted(
                (
                    *_mentions(own, other, view, wrong),
                    *_triggers(own, other, wrong),
                    *_timexes(own, other, wrong),
                ),
                key=lambda span: (span.start, -span.end, span.note.kind, span.note.label),
            )
        ),
        events=tuple(_events(own, other, text, wrong)),
    )


def _outcome(key: Key, theirs: Iterable[Key] | None, wrong: Outcome) -> Outcome:
    if theirs is None:
        return "unscored"
    return "correct" if key in theirs else wrong


def _mentions(
    own: Document, other: Document, view: EntityView | None, wrong: Outcome
) -> Iterator[Marked[Item]]:
    scored = set() if view is None else set(view(own))
    theirs = None if view is None or other.mentions is None else set(view(other))
    for mention in own.mentions or ():
        key = (mention.start, mention.end, _label(mention, view))
        outcome = _outcome(key, theirs, wrong) if key in scored else "unscored"
        shown = mention.type if mention.level == "NAM" else f"{mention.type} {mention.level}"
        yield Marked(mention.start, mention.end, Item("mention", shown, outcome))


def _label(mention: Mention, view: EntityView | None) -> str | None:
    if view is None or view.scheme == "fine":
        return mention.type
    return view.labels_of.coarse_of(mention)


def _triggers(own: Document, other: Document, wrong: Outcome) -> Iterator[Marked[Item]]:
    theirs = None if other.events is None else set(map(_trigger, other.events))
    for event in own.events or ():
        outcome = _outcome(_trigger(event), theirs, wrong)
        item = Item("trigger", event.type, outcome)
        yield Marked(event.trigger.start, event.trigger.end, item)


def _timexes(own: Document, other: Document, wrong: Outcome) -> Iterator[Marked[Item]]:
    theirs = None if other.timexes is None else {(each.start, each.end) for each in other.timexes}
    for timex in own.timexes or ():
        outcome = _outcome((timex.start, timex.end), theirs, wrong)
        yield Marked(timex.start, timex.end, Item("timex", timex.type or "TIMEX", outcome))


def _events(own: Document, other: Document, text: str, wrong: Outcome) -> Iterator[EventLine]:
    triggers = None if other.events is None else set(map(_trigger, other.events))
    arguments = None if other.events is None else set(_explicit(other))
    for event, found in zip(own.events or (), fillers(own), strict=True):
        yield EventLine(
            start=event.trigger.start,
            end=event.trigger.end,
            type=event.type,
            trigger=text[event.trigger.start : event.trigger.end],
            outcome=_outcome(_trigger(event), triggers, wrong),
            arguments=tuple(
                ArgumentLine(
                    role=filler.role,
                    text=text[filler.start : filler.end],
                    implicit=filler.implicit,
                    outcome="unscored"
                    if filler.implicit
                    else _outcome(_argument(event, filler), arguments, wrong),
                )
                for filler in found
            ),
        )


def _explicit(document: Document) -> Iterator[Key]:
    """Give the arguments that are scored: the event metrics of the task leave implicit ones out."""
    for event, found in zip(document.events or (), fillers(document), strict=True):
        for filler in found:
            if not filler.implicit:
                yield _argument(event, filler)


def _argument(event: Event, filler: Filler) -> Key:
    return (*_trigger(event), filler.role, filler.start, filler.end)


def _trigger(event: Event) -> Key:
    return (event.trigger.start, event.trigger.end, event.type)
