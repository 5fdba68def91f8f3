"""Documents brought into one state: spans that lie in the text, copies of it, items in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec import UNSET
from msgspec.structs import replace

from vinee.formats.contract import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.model import (
        Chain,
        Document,
        Entity,
        Event,
        Mention,
        Section,
        Span,
        Timex,
    )

    Item = TypeVar("Item", Section, Span, Mention, Timex)
    Group = TypeVar("Group", Entity, Chain)


def placed(document: Document) -> Document:
    """Fill in the text of every span and put the items of each layer in order.

    Sections, sentences, mentions, times and events come in order of start, end, type and id;
    entities and chains in order of their first mention, those without one last.

    Raises:
        InputError: The document has no text, or a span lies outside of it; see `text_of`.
    """
    text = text_of(document)
    mentions = _in_order(document.mentions, text)
    events = document.events and tuple(_event(event, text) for event in document.events)
    return replace(
        document,
        sections=_in_order(document.sections, text),
        sentences=_in_order(document.sentences, text),
        mentions=mentions and tuple(_with_extent(mention, text) for mention in mentions),
        timexes=_in_order(document.timexes, text),
        events=events and tuple(sorted(events, key=lambda e: (_position(e.trigger), _name(e)))),
        entities=_by_first(document.entities, [mention.entity for mention in mentions or ()]),
        chains=_by_first(document.chains, [event.chain for event in events or ()]),
    )


def _in_order(items: tuple[Item, ...] | None, text: str) -> tuple[Item, ...] | None:
    return items and tuple(sorted((_filled(item, text) for item in items), key=_position))


def _filled(item: Item, text: str) -> Item:
    return replace(item, text=text[item.start : item.end])


def _with_extent(mention: Mention, text: str) -> Mention:
    extent = mention.extent
    return mention if extent is None else replace(mention, extent=_filled(extent, text))


def _event(event: Event, text: str) -> Event:
    arguments = tuple(
        argument if argument.span is UNSET else replace(argument, span=_filled(argument.span, text))
        for argument in event.arguments
    )
    return replace(event, trigger=_filled(event.trigger, text), arguments=arguments)


def _position(item: Section | Span | Mention | Timex) -> tuple[int, int, str, str]:
    return (item.start, item.end, *_name(item))


def _name(item: object) -> tuple[str, str]:
    return getattr(item, "type", None) or "", getattr(item, "id", None) or ""


def _by_first(
    groups: tuple[Group, ...] | None, members: Iterable[str | None]
) -> tuple[Group, ...] | None:
    rank: dict[str | None, int] = {}
    for place, member in enumerate(members):
        rank.setdefault(member, place)
    return groups and tuple(sorted(groups, key=lambda group: rank.get(group.id, len(rank) + 1)))
