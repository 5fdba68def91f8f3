"""A document as a row of BigBIO's ``kb`` schema, and the attributes that the schema has not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET

from vinee.errors import InvalidError, Where
from vinee.formats import identity
from vinee.formats.bigbio import names
from vinee.formats.placed import placed
from vinee.model import LAYERS, NIL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.model import Argument, Document, Event, Located, Mention, Timex

    Row = dict[str, Any]


def kb_row(document: Document) -> Row:
    """Give the core: what BigBIO's schema holds, and nothing else.

    Ids are those of the document behind ``<doc_id>_``, so that they are unique over all rows.
    The one passage is the whole text; offsets are half-open, in code points.

    Raises:
        InvalidError: There is no text, a span lies outside of it, or an argument refers to
            nothing.
    """
    named = _Named(placed(document))
    passage = {
        "id": named.row_id("passage"),
        "type": names.PASSAGE,
        "text": [document.text],
        "offsets": [[0, len(document.text or "")]],
    }
    return {
        "id": document.doc_id,
        "document_id": document.doc_id,
        "passages": [passage],
        "entities": list(named.entities()),
        "events": list(named.events()),
        "coreferences": list(named.coreferences()),
        "relations": [],
    }


def attributes(document: Document) -> list[Row]:
    """Give what the schema has no place for, as ``{"ref_id", "name", "value"}``, all strings.

    Raises:
        InvalidError: As for `kb_row`.
    """
    named = _Named(placed(document))
    return [
        {"ref_id": ref_id, "name": name, "value": str(value)}
        for ref_id, pairs in named.attributes()
        for name, value in pairs
        if value is not None and value is not UNSET
    ]


class _Named:
    """A document of which every item has the id that it has in the row."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.mentions: list[tuple[str, Mention]] = [
            (self._item_id(item.id, "mentions", index), item)
            for index, item in enumerate(document.mentions or ())
        ]
        self.timexes: list[tuple[str, Timex]] = [
            (self._item_id(item.id, "timexes", index), item)
            for index, item in enumerate(document.timexes or ())
        ]
        self.triggers: list[tuple[str, Event]] = [
            (self._item_id(item.id, "events", index), item)
            for index, item in enumerate(document.events or ())
        ]
        self.fillers = {
            **{mention.id: id_ for id_, mention in self.mentions},
            **{timex.id: id_ for id_, timex in self.timexes},
        }

    def row_id(self, own: str) -> str:
        return names.row_id(self.document.doc_id, own)

    def _item_id(self, id_: str | None, layer: str, index: int) -> str:
        return self.row_id(identity.written(id_, layer, index))

    def entities(self) -> Iterator[Row]:
        known = {entity.id: entity for entity in self.document.entities or ()}
        for id_, mention in self.mentions:
            entity = None if mention.entity is None else known.get(mention.entity)
            links = []
            if entity is not None and entity.wikidata not in {None, NIL}:
                links.append({"db_name": names.WIKIDATA, "db_id": entity.wikidata})
            if entity is not None and entity.corpus_id is not None:
                links.append({"db_name": names.CORPUS, "db_id": entity.corpus_id})
            yield self._entity(id_, mention.type, mention, links)
        for id_, timex in self.timexes:
            yield self._entity(id_, timex.type or names.UNTYPED_TIMEX, timex, [])
        for id_, event in self.triggers:
            for number, argument in enumerate(event.arguments):
                if argument.span is not UNSET:
                    yield self._entity(_span_id(id_, number), names.SPAN, argument.span, [])

    def _entity(self, id_: str, type_: str, span: Located, links: list[Row]) -> Row:
        return {"id": id_, "type": type_, **self._stretch(span), "normalized": links}

    def _stretch(self, span: Located) -> Row:
        text = self.document.text or ""
        return {"text": [text[span.start : span.end]], "offsets": [[span.start, span.end]]}

    def events(self) -> Iterator[Row]:
        for id_, event in self.triggers:
            yield {
                "id": id_,
                "type": event.type,
                "trigger": self._stretch(event.trigger),
                "arguments": [
                    {"role": argument.role, "ref_id": self._ref(argument, _span_id(id_, number))}
                    for number, argument in enumerate(event.arguments)
                ],
            }

    def _ref(self, argument: Argument, span_id: str) -> str:
        if argument.ref is UNSET and argument.span is not UNSET:
            return span_id
        if argument.ref is not UNSET and argument.span is UNSET and argument.ref in self.fillers:
            return self.fillers[argument.ref]
        ref = None if argument.ref is UNSET else argument.ref
        problem = (
            f"the argument {argument.role!r} with ref {ref!r} must have either the id of a mention "
            "or time of this document, or a span; mend it"
        )
        raise InvalidError("ref-unknown", Where(doc_id=self.document.doc_id), problem)

    def coreferences(self) -> Iterator[Row]:
        members: dict[str, list[str]] = {e.id: [] for e in self.document.entities or ()}
        for id_, mention in self.mentions:
            if mention.entity is not None:
                members.setdefault(mention.entity, []).append(id_)
        for entity, ids in members.items():
            yield {"id": self.row_id(entity), "entity_ids": ids}

    def attributes(self) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
        document = self.document
        yield document.doc_id, list(self._of_row())
        for id_, mention in self.mentions:
            unlike = mention.type in names.TIMEX_TYPES or mention.type == names.SPAN
            extent = mention.extent
            yield (
                id_,
                [
                    (names.KIND, names.MENTION if unlike else None),
                    (names.LEVEL, mention.level),
                    (names.GPE_ROLE, mention.gpe_role),
                    (names.EXTENT, None if extent is None else f"{extent.start} {extent.end}"),
                    (names.SCORE, mention.score),
                ],
            )
        for id_, timex in self.timexes:
            yield (
                id_,
                [
                    (names.TIMEX_VALUE, timex.value),
                    (names.TIMEX_MOD, timex.mod),
                    (names.SCORE, timex.score),
                ],
            )
        for entity in document.entities or ():
            yield (
                self.row_id(entity.id),
                [
                    (names.ENTITY_TYPE, entity.type),
                    (names.ENTITY_NAME, entity.name),
                    (names.ENTITY_CORPUS_ID, entity.corpus_id),
                    (names.ENTITY_WIKIDATA, entity.wikidata),
                ],
            )
        for id_, event in self.triggers:
            yield (
                id_,
                [
                    (names.POLARITY, event.polarity),
                    (names.REALIS, event.realis),
                    (names.MODALITY, event.modality),
                    (names.CHAIN, event.chain),
                    (names.SCORE, event.score),
                    *((names.IMPLICIT, n) for n, a in enumerate(event.arguments) if a.implicit),
                ],
            )
        for chain in document.chains or ():
            yield (
                self.row_id(chain.id),
                [(names.CHAIN_NAME, chain.name), (names.CHAIN_CORPUS_ID, chain.corpus_id)],
            )

    def _of_row(self) -> Iterator[tuple[str, Any]]:
        document = self.document
        yield from (
            (names.LAYER, layer) for layer in LAYERS if getattr(document, layer) is not None
        )
        for section in document.sections or ():
            yield names.SECTION, f"{section.start} {section.end} {section.kind}"
        for sentence in document.sentences or ():
            yield names.SENTENCE, f"{sentence.start} {sentence.end}"
        yield from ((names.CHAIN_ID, chain.id) for chain in document.chains or ())
        if document.meta is not None:
            yield names.META, msgspec.json.encode(document.meta).decode("utf-8")


def _span_id(event: str, number: int) -> str:
    return f"{event}-span{number}"
