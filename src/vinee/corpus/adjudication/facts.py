"""A document as facts that two annotators can agree on, or not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from vinee.corpus.quoted import pulled
from vinee.errors import InvalidError, Where
from vinee.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vinee.corpus.adjudication.naming import Naming
    from vinee.model import Argument, Document, Timex

Value = str | None

# What is said of an entity or a chain as a whole has no place in the text. Its layer, what can be
# said, and which attribute of which layer makes an item one of its members.
ENTITY, CHAIN = "entity", "chain"
SAID = {ENTITY: ("wikidata", "name"), CHAIN: ("name",)}
_MEMBERS = {ENTITY: "mention", CHAIN: "event"}


class Key(NamedTuple):
    """What an item is compared by: a mention by span and type, times and events by span.

    An entity or a chain has the span ``[0, 0)``; its common name stands for the type.
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

    Entities and chains appear as attributes, under the names that ``naming`` gives them. Of which
    a name or a Wikidata item is given, they are items too.

    Raises:
        InvalidError: Two items have one key, so that nobody could tell which is meant.
    """
    _check_keys(document)
    return dict(
        (
            *_mentions(document, naming),
            *_times(document),
            *_events(document, naming),
            *_said(document, naming),
        ),
    )


def facts_of_both(
    first: Document, second: Document, naming: tuple[Naming, Naming]
) -> tuple[dict[Key, Item], dict[Key, Item]]:
    """Return the facts of two annotators' documents on one text.

    A name or a Wikidata item of an entity that only one gave is taken for both: who gives none
    has not looked for one, and contradicts nobody. The names in quoted passes are none that
    annotators gave, but made of the mentions.

    Raises:
        InvalidError: A document has two items that nobody could tell apart.
    """
    ours, theirs = (
        facts(document if _is_pulled(document) else _unnamed(document), names)
        for document, names in zip((first, second), naming, strict=True)
    )
    for key in [key for key in {**ours, **theirs} if key.layer in SAID]:
        one, other = (said_of(key, side) for side in (ours, theirs))
        ours[key], theirs[key] = _completed(one, other), _completed(other, one)
    return ours, theirs


def _completed(item: Item, other: Item) -> Item:
    return Item({w: value or other.attributes[w] for w, value in item.attributes.items()})


def _is_pulled(document: Document) -> bool:
    return pulled.KEY in (document.meta or {})


def _unnamed(document: Document) -> Document:
    entities = (replace(each, name=None) for each in document.entities or ())
    chains = (replace(each, name=None) for each in document.chains or ())
    return replace(document, entities=tuple(entities), chains=tuple(chains))


def whole(layer: str, name: str) -> Key:
    """Return what an entity or a chain as a whole is compared by."""
    return Key(layer, 0, 0, name)


def nothing_said(key: Key) -> Item:
    """Return what is said of an entity or a chain before anything is."""
    return Item(dict.fromkeys(SAID[key.layer]))


def said_of(key: Key, items: Mapping[Key, Item]) -> Item:
    """Return what facts say of an entity or a chain, be it nothing."""
    return items.get(key) or nothing_said(key)


def holder(key: Key, items: Iterable[tuple[Key, Item]]) -> Key | None:
    """Return the first member of an entity or a chain, at which is written what is said of it."""
    layer = _MEMBERS[key.layer]
    members = (k for k, i in items if k.layer == layer and i.attributes[key.layer] == key.type)
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
    """Return what each chain is called; one event alone needs no name to be told from others.

    If it was given one, it has it.
    """
    members = Counter(event.chain for event in document.events or ())
    return {
        chain.id: chain.corpus_id or f"{document.doc_id}:{chain.id}"
        for chain in document.chains or ()
        if chain.corpus_id is not None or chain.name is not None or members[chain.id] > 1
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


def _said(document: Document, naming: Naming) -> Iterable[tuple[Key, Item]]:
    items: dict[Key, Item] = {}
    mentioned = {m.entity for m in document.mentions or ()}
    names = entity_names(document)
    for entity in document.entities or ():
        if entity.id in mentioned:
            key = whole(ENTITY, naming.entities[names[entity.id]])
            _say(items, key, {"wikidata": entity.wikidata, "name": entity.name}, document)
    told = {event.chain for event in document.events or ()}
    names = chain_names(document)
    for chain in document.chains or ():
        if chain.id in told and chain.id in names:
            _say(
                items, whole(CHAIN, naming.chains[names[chain.id]]), {"name": chain.name}, document
            )
    return ((key, item) for key, item in items.items() if any(item.attributes.values()))


def _say(items: dict[Key, Item], key: Key, said: Mapping[str, Value], document: Document) -> None:
    known = items.setdefault(key, nothing_said(key)).attributes
    for what, given in said.items():
        value = (given or "").strip() or None
        if value is not None and known[what] not in (None, value):
            problem = f"{key.type!r} has both {known[what]!r} and {value!r} as {what}; keep one"
            raise InvalidError("adjudication-twice", Where(doc_id=document.doc_id), problem)
        known[what] = value or known[what]


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
