"""A document as a task with one annotation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET, UnsetType

from vinee.errors import InvalidError, Where
from vinee.formats import identity
from vinee.formats.label_studio import controls, region_ids
from vinee.formats.label_studio.shapes import LAYERS, Data
from vinee.formats.placed import placed
from vinee.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vinee.model import Argument, Document, Event, Located, Mention, Timex

    Result = dict[str, Any]


def task(document: Document) -> dict[str, Any]:
    """Write a document as a task; the same document always gives the same task.

    A document with no layer that people annotate becomes a task without annotations.

    Raises:
        InvalidError: There is no text, a span lies outside of it, two items have one id, or an
            argument refers to nothing.
    """
    document = placed(document)
    layers = tuple(layer for layer in LAYERS if getattr(document, layer) is not None)
    referred = {m.entity for m in document.mentions or ()}
    chained = {e.chain for e in document.events or ()}
    data = Data(
        document.doc_id,
        document.text,
        layers=layers,
        sections=document.sections,
        sentences=document.sentences,
        entities=tuple(e for e in document.entities or () if e.id not in referred),
        chains=tuple(c for c in document.chains or () if c.id not in chained),
        meta=document.meta,
    )
    annotations = [{"result": _Result(document).items()}] if layers else []
    return {"data": msgspec.to_builtins(data), "annotations": annotations}


class _Result:
    """The items of one annotation: regions, their attributes, and relations between them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.where = Where(doc_id=document.doc_id)
        # What is known of an entity or a chain is written once, on its first mention, and goes
        # from these tables then.
        self.entities = {entity.id: entity for entity in document.entities or ()}
        self.chains = {chain.id: chain for chain in document.chains or ()}
        identity.check_unique((entity.id for entity in document.entities or ()), self.where)
        identity.check_unique((chain.id for chain in document.chains or ()), self.where)
        self.fillers: dict[str, str] = {}

    def items(self) -> list[Result]:
        document = self.document
        found: list[Result] = []
        for index, mention in enumerate(document.mentions or ()):
            found += self._mention(mention, self._named(mention, "mentions", index))
        for index, timex in enumerate(document.timexes or ()):
            found += _timex(timex, self._named(timex, "timexes", index))
        for index, event in enumerate(document.events or ()):
            found += self._event(event, region_ids.written(event.id, "events", index))
        regions = (item["id"] for item in found if item["type"] == "labels")
        identity.check_unique(regions, self.where)
        return found

    def _named(self, filler: Mention | Timex, layer: str, index: int) -> str:
        region = region_ids.written(filler.id, layer, index)
        if filler.id is not None:
            self.fillers[filler.id] = region
        return region

    def _mention(self, mention: Mention, region: str) -> Iterator[Result]:
        yield _region(region, controls.MENTION, mention, mention.type, mention.score)
        yield from _attributes(
            region,
            mention,
            {
                controls.LEVEL: mention.level,
                controls.GPE_ROLE: mention.gpe_role,
                controls.ENTITY: mention.entity,
                **self._entity(mention),
            },
        )
        if mention.extent is not None:
            extent = f"{region}-extent"
            yield _region(extent, controls.EXTENT, mention.extent, controls.EXTENT_LABEL)
            yield _relation(region, extent, [controls.EXTENT_RELATION])

    def _entity(self, mention: Mention) -> dict[str, str | None]:
        entity = self.entities.pop(mention.entity, None) if mention.entity is not None else None
        if entity is None:
            return {}
        return {
            controls.ENTITY_TYPE: None if entity.type == mention.type else entity.type,
            controls.ENTITY_NAME: entity.name,
            controls.ENTITY_CORPUS_ID: entity.corpus_id,
            controls.ENTITY_WIKIDATA: entity.wikidata,
        }

    def _event(self, event: Event, region: str) -> Iterator[Result]:
        yield _region(region, controls.TRIGGER, event.trigger, event.type, event.score)
        chain = self.chains.pop(event.chain, None) if event.chain is not None else None
        yield from _attributes(
            region,
            event.trigger,
            {
                controls.POLARITY: event.polarity,
                controls.REALIS: event.realis,
                controls.MODALITY: event.modality,
                controls.CHAIN: event.chain,
                controls.CHAIN_NAME: None if chain is None else chain.name,
                controls.CHAIN_CORPUS_ID: None if chain is None else chain.corpus_id,
            },
        )
        yield from self._arguments(event.arguments, region)

    def _arguments(self, arguments: Iterable[Argument], region: str) -> Iterator[Result]:
        fillers: dict[str, list[str]] = {}
        for number, argument in enumerate(arguments):
            filler = self._filler(argument)
            if isinstance(filler, Span):
                span, filler = filler, f"{region}-span{number}"
                yield _region(filler, controls.SPAN, span, controls.SPAN_LABEL)
            role = argument.role + (controls.IMPLICIT if argument.implicit else "")
            fillers.setdefault(filler, []).append(role)
        # The editor keeps one relation between two regions and forgets a second one.
        for filler, roles in fillers.items():
            yield _relation(region, filler, roles)

    def _filler(self, argument: Argument) -> str | Span:
        if argument.ref is UNSET and argument.span is not UNSET:
            return argument.span
        if argument.ref is not UNSET and argument.span is UNSET and argument.ref in self.fillers:
            return self.fillers[argument.ref]
        ref = None if argument.ref is UNSET else argument.ref
        raise InvalidError(
            "ref-unknown",
            self.where,
            f"the argument {argument.role!r} with ref {ref!r} must have either the id of a mention "
            "or time of this document, or a span; mend it",
        )


def _timex(timex: Timex, region: str) -> Iterator[Result]:
    yield _region(region, controls.TIMEX, timex, timex.type or controls.TIMEX_LABEL, timex.score)
    yield from _attributes(
        region, timex, {controls.TIMEX_VALUE: timex.value, controls.TIMEX_MOD: timex.mod}
    )


def _region(
    id_: str,
    control: str,
    span: Mention | Timex | Span,
    label: str,
    score: float | UnsetType = UNSET,
) -> Result:
    region = _item(id_, control, "labels", {**_offsets(span), "text": span.text, "labels": [label]})
    return region if score is UNSET else {**region, "score": score}


def _attributes(id_: str, span: Located, attributes: Mapping[str, str | None]) -> Iterator[Result]:
    for control, value in attributes.items():
        if value is not None:
            kind = "choices" if control in controls.CHOICES else "textarea"
            answer = {"choices" if kind == "choices" else "text": [value]}
            yield _item(id_, control, kind, {**_offsets(span), **answer})


def _item(id_: str, control: str, kind: str, value: dict[str, Any]) -> Result:
    return {
        "id": id_,
        "from_name": control,
        "to_name": controls.TEXT,
        "type": kind,
        "value": value,
    }


def _offsets(span: Located) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _relation(from_id: str, to_id: str, labels: list[str]) -> Result:
    return {
        "type": "relation",
        "from_id": from_id,
        "to_id": to_id,
        "direction": "right",
        "labels": labels,
    }
