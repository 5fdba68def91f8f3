"""A document as facts that two annotators can agree on, or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from msgspec import UNSET

from vinee.model import Mention

if TYPE_CHECKING:
    from vinee.corpus.adjudication.naming import Naming
    from vinee.model import Argument, Document, Timex

Value = str | None


class Key(NamedTuple):
    """What an item is compared by: a mention by span and type, times and events by span."""

    layer: str
    start: int
    end: int
    type: str


class Fill(NamedTuple):
    """What fills a role: ``ref`` and ``span`` by their offsets, an implicit one by its entity."""

    role: str
    kind: str  # ref, span, entity (implicit), time (implicit), far (an implicit span)
    start: int
    end: int
    name: str


@dataclass(frozen=True)
class Item:
    """The attributes of an item, and for an event who fills its roles."""

    attributes: dict[str, Value]
    fills: frozenset[Fill] = field(default_factory=frozenset)


def facts(document: Document, naming: Naming) -> dict[Key, Item]:
    """Return the items of a document by what they are compared by.

    Entities and chains appear as attributes, under the names that ``naming`` gives them.
    """
    return {**_mentions(document, naming), **_times(document), **_events(document, naming)}


def _entity_names(document: Document, naming: Naming) -> dict[str | None, str]:
    return {
        entity.id: naming.entities[entity.corpus_id or f"{document.doc_id}:{entity.id}"]
        for entity in document.entities or ()
    }


def _mentions(document: Document, naming: Naming) -> dict[Key, Item]:
    names = _entity_names(document, naming)
    return {
        Key("mention", m.start, m.end, m.type): Item(
            {
                "level": m.level,
                "gpe_role": m.gpe_role,
                "extent": None if m.extent is None else f"{m.extent.start}:{m.extent.end}",
                "entity": names.get(m.entity),
            }
        )
        for m in document.mentions or ()
    }


def _times(document: Document) -> dict[Key, Item]:
    return {
        Key("time", t.start, t.end, ""): Item({"type": t.type, "value": t.value, "mod": t.mod})
        for t in document.timexes or ()
    }


def _events(document: Document, naming: Naming) -> dict[Key, Item]:
    fillers: dict[str | None, Mention | Timex] = {m.id: m for m in document.mentions or ()}
    fillers.update({t.id: t for t in document.timexes or ()})
    entities = _entity_names(document, naming)
    names = {chain.id: chain.corpus_id for chain in document.chains or ()}
    found = {}
    for event in document.events or ():
        own = names.get(event.chain or "")
        found[Key("event", event.trigger.start, event.trigger.end, "")] = Item(
            {
                "type": event.type,
                "polarity": event.polarity,
                "realis": event.realis,
                "modality": event.modality,
                "chain": None if own is None else naming.chains[own],
            },
            frozenset(_fill(each, fillers, entities) for each in event.arguments),
        )
    return found


def _fill(
    argument: Argument,
    fillers: dict[str | None, Mention | Timex],
    entities: dict[str | None, str],
) -> Fill:
    if argument.span is not UNSET:
        span = argument.span
        return Fill(argument.role, "far" if argument.implicit else "span", span.start, span.end, "")
    filler = fillers[argument.ref or None]
    if not argument.implicit:
        return Fill(argument.role, "ref", filler.start, filler.end, "")
    if isinstance(filler, Mention):
        return Fill(argument.role, "entity", -1, -1, entities[filler.entity])
    return Fill(argument.role, "time", filler.start, filler.end, "")
