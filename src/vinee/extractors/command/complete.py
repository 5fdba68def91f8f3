"""What a system may leave out of its answer: ids, and the text that spans cover."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, TypeVar

from msgspec import UNSET
from msgspec.structs import replace

from vinee.model import Event, Mention, Span, Timex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.model import Document

_Located = TypeVar("_Located", Span, Mention, Timex)
_Item = TypeVar("_Item", Mention, Timex, Event)


def complete(given: Document, text: str) -> Document:
    """Fill in ids and the text of spans where they were left out.

    A span that does not lie in the text gets none; whoever checks the document names it.
    """
    layers = (given.mentions, given.timexes, given.events, given.entities, given.chains)
    taken = {item.id for layer in layers for item in layer or ()}
    mentions = None if given.mentions is None else [_mention(m, text) for m in given.mentions]
    timexes = None if given.timexes is None else [_sliced(t, text) for t in given.timexes]
    events = None if given.events is None else [_event(e, text) for e in given.events]
    return replace(
        given,
        mentions=_named(mentions, "m", taken),
        timexes=_named(timexes, "t", taken),
        events=_named(events, "ev", taken),
    )


def _mention(mention: Mention, text: str) -> Mention:
    extent = None if mention.extent is None else _sliced(mention.extent, text)
    return replace(_sliced(mention, text), extent=extent)


def _event(event: Event, text: str) -> Event:
    arguments = tuple(
        argument if argument.span is UNSET else replace(argument, span=_sliced(argument.span, text))
        for argument in event.arguments
    )
    return replace(event, trigger=_sliced(event.trigger, text), arguments=arguments)


def _sliced(item: _Located, text: str) -> _Located:
    if item.text is not None or not 0 <= item.start < item.end <= len(text):
        return item
    return replace(item, text=text[item.start : item.end])


def _named(
    items: list[_Item] | None, prefix: str, taken: set[str | None]
) -> tuple[_Item, ...] | None:
    if items is None:
        return None
    free = _free(prefix, taken)
    return tuple(item if item.id is not None else replace(item, id=next(free)) for item in items)


def _free(prefix: str, taken: set[str | None]) -> Iterator[str]:
    return (name for name in (f"{prefix}{number}" for number in count(1)) if name not in taken)
