"""A document as facts that two annotators can agree on, or not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from msgspec import UNSET

from vinee.errors import InvalidError, Where
from vinee.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.corpus.adjudication.naming import Naming
    from vinee.model import Argument, Document, Timex

Value = str | None

# The layer of what an entity of the document is linked to: no place in the text, the name as type.
ENTITY = "entity"
WIKIDATA = "wikidata"


class Key(NamedTuple):
    """What an item is compared by: a mention by span and type, times and events by span.

    An entity has the span ``[0, 0)``; its common name stands for the type.
    """

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

    Entities and chains appear as attributes, under the names that ``naming`` gives them; an entity
    that has a Wikidata item, or NIL, is an item of the layer `ENTITY` too.

    Raises:
        InvalidError: Two items have one key, so that nobody could tell which is meant.
    """
    _check_keys(document)
    return dict(
        (
            *_mentions(document, naming),
            *_times(document),
            *_events(document, naming),
            *_linked(document, naming),
        ),
    )


def facts_of_both(
    first: Document, second: Document, naming: tuple[Naming, Naming]
) -> tuple[dict[Key, Item], dict[Key, Item]]:
    """Return the facts of two documents on one text.

    A Wikidata item that only one gave is taken for both: who gives none has not looked for one,
    and contradicts nobody.

    Raises:
        InvalidError: A document has two items that nobody could tell apart.
    """
    ours, theirs = facts(first, naming[0]), facts(second, naming[1])
    alone = [key for key in ours.keys() ^ theirs.keys() if key.layer == ENTITY]
    for key in alone:
        given = ours.get(key) or theirs[key]
        for side in (ours, theirs):
            side[key] = Item(dict(given.attributes))
    return ours, theirs


def entity_key(name: str) -> Key:
    """Return what the item of an entity is compared by."""
    return Key(ENTITY, 0, 0, name)


def holder(name: str, items: Iterable[tuple[Key, Item]]) -> Key | None:
    """Return the first mention of an entity, which its Wikidata item is written at."""
    members = (k for k, i in items if k.layer == "mention" and i.attributes["entity"] == name)
    return min(members, key=in_text, default=None)


def in_text(key: Key) -> tuple[int, int, str]:
    """Order the items of a layer as a document has them: longer ones first where they begin."""
    return key.start, -key.end, key.type


def _check_keys(document: Document) -> None:
    keys = Counter(
        (
            *(_key(mention) for mention in document.mentions or ()),
            *(Key("time", t.start, t.end, "") for t in document.timexes or ()),
            *(Key("event", e.trigger.start, e.trigger.end, "") for e in document.events or ()),
        )
    )
    if twice := [key for key, number in keys.items() if number > 1]:
        key = min(twice)
        covered = (document.text or "")[key.start : key.end]
        problem = (
            f"two items of layer {key.layer!r} stand on {covered!r} [{key.start}, {key.end})"
            f"{f' as {key.type}' if key.type else ''}; keep one of them"
        )
        raise InvalidError("adjudication-twice", Where(doc_id=document.doc_id), problem)


def _key(mention: Mention) -> Key:
    return Key("mention", mention.start, mention.end, mention.type)


def entity_names(document: Document) -> dict[str | None, str]:
    """Return what each entity is called by its annotator: ``corpus_id``, or document and id.

    An entity that only its mentions name is one too.
    """
    mentioned = {m.entity for m in document.mentions or () if m.entity is not None}
    own: dict[str | None, str] = {id_: f"{document.doc_id}:{id_}" for id_ in mentioned}
    return own | {
        entity.id: entity.corpus_id or f"{document.doc_id}:{entity.id}"
        for entity in document.entities or ()
    }


def chain_names(document: Document) -> dict[str | None, str]:
    """Return what each chain is called; one event alone needs no name to be told from others."""
    members = Counter(event.chain for event in document.events or ())
    return {
        chain.id: chain.corpus_id or f"{document.doc_id}:{chain.id}"
        for chain in document.chains or ()
        if chain.corpus_id is not None or members[chain.id] > 1
    }


def _mentions(document: Document, naming: Naming) -> Iterable[tuple[Key, Item]]:
    names = entity_names(document)
    for m in document.mentions or ():
        name = names.get(m.entity)
        yield (
            _key(m),
            Item(
                {
                    "level": m.level,
                    "gpe_role": m.gpe_role,
                    "extent": None if m.extent is None else f"{m.extent.start}:{m.extent.end}",
                    "entity": None if name is None else naming.entities[name],
                }
            ),
        )


def _linked(document: Document, naming: Naming) -> Iterable[tuple[Key, Item]]:
    names = entity_names(document)
    mentioned = {m.entity for m in document.mentions or ()}
    items: dict[str, str] = {}
    for entity in document.entities or ():
        if entity.wikidata is None or entity.id not in mentioned:
            continue
        name = naming.entities[names[entity.id]]
        if items.setdefault(name, entity.wikidata) != entity.wikidata:
            problem = (
                f"{name!r} has the items {items[name]} and {entity.wikidata}; keep one of them"
            )
            raise InvalidError("adjudication-twice", Where(doc_id=document.doc_id), problem)
    for name, item in items.items():
        yield entity_key(name), Item({WIKIDATA: item})


def _times(document: Document) -> Iterable[tuple[Key, Item]]:
    for t in document.timexes or ():
        yield (
            Key("time", t.start, t.end, ""),
            Item({"type": t.type, "value": t.value, "mod": t.mod}),
        )


def _events(document: Document, naming: Naming) -> Iterable[tuple[Key, Item]]:
    fillers: dict[str | None, Mention | Timex] = {m.id: m for m in document.mentions or ()}
    fillers.update({t.id: t for t in document.timexes or ()})
    names = entity_names(document)
    mentioned = {m.entity for m in document.mentions or ()} & names.keys()
    entities = {id_: naming.entities[names[id_]] for id_ in mentioned}
    chains = chain_names(document)
    for event in document.events or ():
        name = chains.get(event.chain)
        attributes = {
            "type": event.type,
            "polarity": event.polarity,
            "realis": event.realis,
            "modality": event.modality,
            "chain": None if name is None else naming.chains[name],
        }
        try:
            fills = frozenset(_fill(each, fillers, entities) for each in event.arguments)
        except KeyError as error:
            problem = (
                f"an argument of {event.trigger.text!r}@{event.trigger.start} refers to "
                f"{error.args[0]!r}, which is no mention or time here, or to a mention of no "
                "entity from another sentence; give that mention its entity"
            )
            raise InvalidError("adjudication", Where(doc_id=document.doc_id), problem) from error
        yield Key("event", event.trigger.start, event.trigger.end, ""), Item(attributes, fills)


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
