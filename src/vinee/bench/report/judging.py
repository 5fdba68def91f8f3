"""What became of each item of a document, by layer: the cases that a diagnosis counts.

To these come the items that no task scores: mentions outside the view, implicit arguments, and
layers that one of the sides does not have.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

import msgspec

from vinee.metrics.annotated import with_attributes
from vinee.metrics.arguments import fillers
from vinee.metrics.diagnostics import Found
from vinee.metrics.diagnostics.cases import cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vinee.corpus.views import EntityView
    from vinee.metrics.diagnostics.kinds import Frame
    from vinee.model import Document, Mention

    Key: TypeAlias = tuple[int, int, str, Frame]

Layer = Literal["mention", "timex", "trigger", "argument"]
Class = Literal["correct", "type", "boundary", "both", "missed", "spurious", "unscored"]
LAYERS: tuple[Layer, ...] = get_args(Layer)
CLASSES: tuple[Class, ...] = get_args(Class)
ERRORS: tuple[Class, ...] = CLASSES[1:-1]
_UNTYPED = "_"


class Item(NamedTuple):
    """An item of one side; items that a metric takes for one are one.

    Attributes:
        start: First code point.
        end: One past the last.
        label: What is compared: type or role.
        shown: What is shown for it.
        frame: Of an argument, start and end of its event's trigger and the event's type.
        chain: Id of the chain of coreferent items that it belongs to.
        times: How many items are this one.
        implicit: Whether it is an implicit argument.
    """

    start: int
    end: int
    label: str
    shown: str
    frame: Frame = ()
    chain: str | None = None
    times: int = 1
    implicit: bool = False


class Judged(NamedTuple):
    """A gold item with the predicted one that it was paired with, or either alone."""

    layer: Layer
    outcome: Class
    gold: Item | None
    predicted: Item | None

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in the text, or would."""
        item = self.gold or self.predicted
        return (0, 0) if item is None else (item.start, item.end)


class _Side(NamedTuple):
    """The items of a layer on one side."""

    scored: Mapping[Key, Item]
    unscored: tuple[Item, ...]


def judge(gold: Document, predicted: Document, view: EntityView | None) -> tuple[Judged, ...]:
    """Compare the items of a document.

    Mentions are compared as the view projects them, times and triggers by span and type,
    arguments by trigger, event type, role and span.

    Args:
        gold: A document with its text.
        predicted: What a system found in it.
        view: What mentions are compared as; None if no task is about them.

    Raises:
        InvalidError: A document contradicts itself.
    """
    typed = with_attributes(gold, "timexes", ("type",))
    mentions = view is not None and None not in (gold.mentions, predicted.mentions)
    times = None not in (typed.timexes, predicted.timexes)
    events = None not in (gold.events, predicted.events)
    return (
        *_judged("mention", _mentions(gold, view), _mentions(predicted, view), scored=mentions),
        *_judged("timex", _times(gold), _times(predicted), scored=times),
        *_judged("trigger", _triggers(gold), _triggers(predicted), scored=events),
        *_judged("argument", _arguments(gold), _arguments(predicted), scored=events),
    )


def _judged(layer: Layer, gold: _Side, predicted: _Side, *, scored: bool) -> Iterator[Judged]:
    if scored:
        wanted, given = gold.scored, predicted.scored
        for case in cases("", _found(wanted), _found(given)):
            one = None if case.gold is None else wanted[_key(case.gold)]
            other = None if case.predicted is None else given[_key(case.predicted)]
            yield Judged(layer, case.outcome, one, other)
    for item in _rest(gold, scored=scored):
        yield Judged(layer, "unscored", item, None)
    for item in _rest(predicted, scored=scored):
        yield Judged(layer, "unscored", None, item)


def _rest(side: _Side, *, scored: bool) -> tuple[Item, ...]:
    return side.unscored if scored else (*side.scored.values(), *side.unscored)


def _found(items: Iterable[Key]) -> list[Found]:
    return [Found(*key) for key in items]


def _key(found: Found) -> Key:
    return found.start, found.end, found.label, found.frame


def _mentions(document: Document, view: EntityView | None) -> _Side:
    whole = set() if view is None else set(view(document))
    scored: defaultdict[Key, list[Item]] = defaultdict(list)
    unscored: defaultdict[tuple[int, int, str], list[Item]] = defaultdict(list)
    for mention in document.mentions or ():
        alone = msgspec.structs.replace(document, mentions=(mention,))
        seen = [] if view is None else [span for span in view(alone) if span in whole]
        start, end, label = seen[0] if seen else (mention.start, mention.end, mention.type)
        item = Item(start, end, label, _shown(mention, label), chain=mention.entity)
        if seen:
            scored[start, end, label, ()].append(item)
        else:
            unscored[start, end, item.shown].append(item)
    return _Side(
        {key: _one(items) for key, items in scored.items()},
        tuple(_one(items) for items in unscored.values()),
    )


def _shown(mention: Mention, label: str) -> str:
    fine = "" if mention.type == label else f" ({mention.type})"
    return f"{label}{fine}" if mention.level == "NAM" else f"{label}{fine} {mention.level}"


def _one(items: list[Item]) -> Item:
    """Make one item of those that are counted once, whatever their order was."""
    first = min(items, key=lambda item: (item.shown, item.chain or ""))
    return first._replace(times=len(items))


def _times(document: Document) -> _Side:
    found: defaultdict[Key, list[Item]] = defaultdict(list)
    for each in document.timexes or ():
        label = each.type or _UNTYPED
        item = Item(each.start, each.end, label, each.type or "no type")
        found[each.start, each.end, label, ()].append(item)
    return _Side({key: _one(items) for key, items in found.items()}, ())


def _triggers(document: Document) -> _Side:
    found: defaultdict[Key, list[Item]] = defaultdict(list)
    for each in document.events or ():
        start, end = each.trigger.start, each.trigger.end
        found[start, end, each.type, ()].append(
            Item(start, end, each.type, each.type, chain=each.chain)
        )
    return _Side({key: _one(items) for key, items in found.items()}, ())


def _arguments(document: Document) -> _Side:
    scored: defaultdict[Key, list[Item]] = defaultdict(list)
    unscored: defaultdict[Key, list[Item]] = defaultdict(list)
    for event, filled in zip(document.events or (), fillers(document), strict=True):
        frame = event.trigger.start, event.trigger.end, event.type
        for each in filled:
            item = Item(each.start, each.end, each.role, each.role, frame, implicit=each.implicit)
            side = unscored if each.implicit else scored
            side[each.start, each.end, each.role, frame].append(item)
    return _Side(
        {key: _one(items) for key, items in scored.items()},
        tuple(_one(items) for items in unscored.values()),
    )
