"""A row of the ``kb`` schema as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vinee.errors import InvalidError, Where
from vinee.formats import identity
from vinee.formats.bigbio import names
from vinee.formats.bigbio.attributes import Attributes
from vinee.formats.placed import placed
from vinee.model import (
    LAYERS,
    Argument,
    Chain,
    Document,
    Entity,
    Event,
    GpeRole,
    Level,
    Mention,
    Modality,
    Polarity,
    Realis,
    Section,
    SectionKind,
    Span,
    Timex,
    TimexType,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vinee.formats.bigbio.shapes import KbEntity, KbEvent, Row, Trigger


def document(row: Row, where: Where, given: str | None = None) -> Document:
    """Read a row.

    Args:
        row: A row, with our attributes or without.
        where: The place of the row.
        given: The text, where it is known; else it is put together from the passages.

    Raises:
        InvalidError: Offsets do not lead to the texts that stand with them, something has
            several stretches of text or none, an argument is unknown or itself an event, or an
            attribute has no value of its kind.
    """
    doc_id = row.document_id or row.id
    return _Reading(row, doc_id, Where(where.file, where.line, doc_id)).document(given)


class _Reading:
    """A row, its text, and its attributes by what they belong to."""

    def __init__(self, row: Row, doc_id: str, where: Where) -> None:
        self.row = row
        self.doc_id = doc_id
        self.where = where
        self.text = ""
        self.attributes = Attributes(row.vinee_attributes or (), self.where)
        self.referred = {ref for event in row.events for _, ref in event.pairs()}
        self.by_id = {entity.id: entity for entity in row.entities}

    def document(self, given: str | None) -> Document:
        self.text = self._text(given)
        members = self._members()
        by_kind: dict[str, list[KbEntity]] = {names.MENTION: [], names.TIMEX: [], names.SPAN: []}
        for item in self.row.entities:
            by_kind[self._kind(item)].append(item)
        found: dict[str, list[Any]] = {
            "sections": [self._section(v) for v in self.attributes.all(self.row.id, names.SECTION)],
            "sentences": [self._span(v) for v in self.attributes.all(self.row.id, names.SENTENCE)],
            "mentions": [self._mention(item, members) for item in by_kind[names.MENTION]],
            "timexes": [self._timex(item) for item in by_kind[names.TIMEX]],
            "entities": self._entities(),
            "events": [self._event(event) for event in self.row.events],
            "chains": [
                self._chain(id_) for id_ in self.attributes.all(self.row.id, names.CHAIN_ID)
            ],
        }
        if self.row.vinee_attributes is None:
            layers = {layer for layer, items in found.items() if items} | {"mentions"}
        else:
            layers = set(self.attributes.all(self.row.id, names.LAYER))
        held = {layer: tuple(found[layer]) for layer in LAYERS if layer in layers}
        meta = self.attributes.json(self.row.id, names.META)
        return placed(Document(self.doc_id, self.text, **held, meta=meta))

    def _text(self, given: str | None) -> str:
        pieces: list[str] = []
        place = 0
        for passage in self.row.passages:
            [text], [(start, end)] = passage.text, passage.offsets
            if start < place or end - start != len(text):
                problem = (
                    f"a passage of {len(text)} code points has the offsets [{start}, {end}), after "
                    f"{place}; passages must follow each other, in code points"
                )
                raise InvalidError("passage-offsets", self.where, problem)
            pieces += [" " * (start - place), text]
            place = end
        text = "".join(pieces)
        if given is None or given == text:
            return text
        for passage in self.row.passages:
            self._check_text("a passage", passage.text[0], given, passage.offsets[0])
        return given

    def _check_text(self, name: str, claimed: str, text: str, span: tuple[int, int]) -> None:
        if text[slice(*span)] != claimed:
            problem = (
                f"{name} has the text {claimed!r}, but at [{span[0]}, {span[1]}) stands "
                f"{text[slice(*span)]!r}; offsets must count code points of the text"
            )
            raise InvalidError("span-text", self.where, problem)

    def _stretch(self, name: str, item: KbEntity | Trigger) -> Span:
        if len(item.offsets) != 1 or len(item.text) != 1:
            problem = (
                f"{name} has {len(item.offsets)} stretches of text; "
                "a document holds things of one stretch only, so leave it out or choose one"
            )
            raise InvalidError("span-parts", self.where, problem)
        self._check_text(name, item.text[0], self.text, item.offsets[0])
        return Span(*item.offsets[0])

    def _kind(self, item: KbEntity) -> str:
        if self.attributes.one(item.id, names.KIND) is not None:
            return names.MENTION
        if item.type in names.TIMEX_TYPES:
            return names.TIMEX
        is_filler = item.type == names.SPAN and item.id in self.referred
        return names.SPAN if is_filler else names.MENTION

    def _id(self, row_id: str) -> str | None:
        own = names.own_id(self.doc_id, row_id)
        kept = identity.original(own)
        return own if kept is None and row_id in self.referred else kept

    def _mention(self, item: KbEntity, members: Mapping[str, str]) -> Mention:
        span = self._stretch(f"entity {item.id!r}", item)
        extent = self.attributes.one(item.id, names.EXTENT)
        level = self.attributes.one(item.id, names.LEVEL)
        return Mention(
            span.start,
            span.end,
            item.type,
            id=self._id(item.id),
            extent=None if extent is None else self._span(extent),
            level="NAM" if level is None else self.attributes.convert(Level, names.LEVEL, level),
            gpe_role=self.attributes.value(GpeRole, item.id, names.GPE_ROLE),
            entity=members.get(item.id),
            score=self.attributes.score(item.id),
        )

    def _timex(self, item: KbEntity) -> Timex:
        span = self._stretch(f"entity {item.id!r}", item)
        untyped = item.type == names.UNTYPED_TIMEX
        return Timex(
            span.start,
            span.end,
            id=self._id(item.id),
            type=None if untyped else self.attributes.convert(TimexType, "type", item.type),
            value=self.attributes.one(item.id, names.TIMEX_VALUE),
            mod=self.attributes.one(item.id, names.TIMEX_MOD),
            score=self.attributes.score(item.id),
        )

    def _event(self, event: KbEvent) -> Event:
        implicit = set(self.attributes.all(event.id, names.IMPLICIT))
        return Event(
            event.type,
            self._stretch(f"the trigger of {event.id!r}", event.trigger),
            id=self._id(event.id),
            arguments=tuple(
                self._argument(event.id, role, ref, implicit=str(number) in implicit)
                for number, (role, ref) in enumerate(event.pairs())
            ),
            polarity=self.attributes.value(Polarity, event.id, names.POLARITY),
            realis=self.attributes.value(Realis, event.id, names.REALIS),
            modality=self.attributes.value(Modality, event.id, names.MODALITY),
            chain=self.attributes.one(event.id, names.CHAIN),
            score=self.attributes.score(event.id),
        )

    def _argument(self, event: str, role: str, ref: str, *, implicit: bool) -> Argument:
        item = self.by_id.get(ref)
        if item is None:
            problem = (
                f"the argument {role!r} of {event!r} refers to {ref!r}, which is none of the "
                "entities; a document holds events that take entities only, so leave it out"
            )
            raise InvalidError("ref-unknown", self.where, problem)
        if self._kind(item) == names.SPAN:
            span = self._stretch(f"entity {ref!r}", item)
            return Argument(role, span=span, implicit=implicit)
        return Argument(role, ref=self._id(ref) or ref, implicit=implicit)

    def _members(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for chain in self.row.coreferences:
            for id_ in chain.entity_ids:
                if id_ not in self.by_id or id_ in found:
                    fault = "in two coreferences" if id_ in found else "none of the entities"
                    problem = f"{id_!r}, a member of {chain.id!r}, is {fault}; mend that"
                    raise InvalidError("coreference", self.where, problem)
                found[id_] = names.own_id(self.doc_id, chain.id)
        return found

    def _entities(self) -> list[Entity]:
        """Give the entities; one without a type and without a mention says nothing, and goes."""
        entities = []
        for chain in self.row.coreferences:
            items = sorted((self.by_id[id_] for id_ in chain.entity_ids), key=lambda i: i.offsets)
            links = {name: id_ for item in reversed(items) for name, id_ in item.links()}
            type_ = self.attributes.one(chain.id, names.ENTITY_TYPE)
            if type_ is None and items:
                type_ = items[0].type
            if type_ is not None:
                entities.append(
                    Entity(
                        names.own_id(self.doc_id, chain.id),
                        type_,
                        name=self.attributes.one(chain.id, names.ENTITY_NAME),
                        corpus_id=self._link(chain.id, names.ENTITY_CORPUS_ID, links),
                        wikidata=self._link(chain.id, names.ENTITY_WIKIDATA, links),
                    )
                )
        return entities

    def _link(self, chain: str, name: str, links: Mapping[str, str]) -> str | None:
        own = self.attributes.one(chain, name)
        return links.get(names.LINKED[name]) if own is None else own

    def _chain(self, id_: str) -> Chain:
        row_id = names.row_id(self.doc_id, id_)
        name = self.attributes.one(row_id, names.CHAIN_NAME)
        return Chain(id_, name, self.attributes.one(row_id, names.CHAIN_CORPUS_ID))

    def _section(self, value: str) -> Section:
        offsets, _, kind = value.rpartition(" ")
        span = self._span(offsets)
        return Section(
            span.start, span.end, self.attributes.convert(SectionKind, names.SECTION, kind)
        )

    def _span(self, value: str) -> Span:
        start, end = self.attributes.convert(tuple[int, int], "offsets", value.split(" "))
        return Span(start, end)
