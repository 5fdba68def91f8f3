"""A task with one of its annotations as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from vinee.formats.label_studio import controls, region_ids
from vinee.formats.label_studio.regions import Region, Regions
from vinee.formats.placed import placed
from vinee.model import Argument, Chain, Document, Entity, Event, Mention, Timex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vinee.errors import Where
    from vinee.formats.label_studio.shapes import Annotation, Data

_ENTITY = {
    controls.ENTITY_TYPE: "type",
    controls.ENTITY_NAME: "name",
    controls.ENTITY_CORPUS_ID: "corpus_id",
    controls.ENTITY_WIKIDATA: "wikidata",
}
_CHAIN = {controls.CHAIN_NAME: "name", controls.CHAIN_CORPUS_ID: "corpus_id"}


def document(data: Data, text: str, annotation: Annotation | None, where: Where) -> Document:
    """Read a task as a document; without an annotation, no layer counts as annotated.

    Raises:
        InvalidError: A region lies outside of the text, has no label or several, or belongs to
            no control of ours; a relation or an attribute has no region, or one of the wrong
            kind; the mentions of one entity disagree about it.
        SchemaError: A value has not the shape that its control gives it.
    """
    bare = unannotated(data, text)
    if annotation is None:
        return placed(bare)
    regions = Regions(annotation.result, len(text))
    read = annotated(data, text, regions)
    regions.faults.raise_first(where)
    return placed(read)


def unannotated(data: Data, text: str) -> Document:
    """Give the document that people see, without the layers that they annotate."""
    return Document(
        data.doc_id, text, sections=data.sections, sentences=data.sentences, meta=data.meta
    )


def annotated(data: Data, text: str, regions: Regions) -> Document:
    """Give the document that regions make of a task, not yet in order.

    What is at fault is left out, and added to the faults of ``regions``.
    """
    found: dict[str, list[Any]] = {
        "mentions": _mentions(regions),
        "timexes": _timexes(regions),
        "events": _events(regions),
        "entities": [*_entities(regions), *data.entities],
        "chains": [*_chains(regions), *data.chains],
    }
    layers = {
        layer: tuple(items) for layer, items in found.items() if items or layer in data.layers
    }
    return replace(unannotated(data, text), **layers)


def _mentions(regions: Regions) -> list[Mention]:
    return [
        Mention(
            region.span.start,
            region.span.end,
            region.label,
            id=_id(region, regions),
            extent=regions.extents.get(region.id),
            level=region.attributes.get(controls.LEVEL, "NAM"),
            gpe_role=region.attributes.get(controls.GPE_ROLE),
            entity=region.attributes.get(controls.ENTITY),
            score=region.score,
        )
        for region in regions.of(controls.MENTION)
    ]


def _timexes(regions: Regions) -> list[Timex]:
    return [
        Timex(
            region.span.start,
            region.span.end,
            id=_id(region, regions),
            type=regions.timex_type(region),
            value=region.attributes.get(controls.TIMEX_VALUE),
            mod=region.attributes.get(controls.TIMEX_MOD),
            score=region.score,
        )
        for region in regions.of(controls.TIMEX)
    ]


def _events(regions: Regions) -> list[Event]:
    return [
        Event(
            region.label,
            region.span,
            id=region_ids.original(region.id),
            arguments=tuple(
                _argument(filler, role) for filler, role in regions.arguments.get(region.id, ())
            ),
            polarity=region.attributes.get(controls.POLARITY),
            realis=region.attributes.get(controls.REALIS),
            modality=region.attributes.get(controls.MODALITY),
            chain=region.attributes.get(controls.CHAIN),
            score=region.score,
        )
        for region in regions.of(controls.TRIGGER)
    ]


def _argument(filler: Region, label: str) -> Argument:
    role = label.removesuffix(controls.IMPLICIT)
    implicit = role != label
    if filler.control == controls.SPAN:
        return Argument(role, span=filler.span, implicit=implicit)
    kept = region_ids.original(filler.id)
    return Argument(role, ref=filler.id if kept is None else kept, implicit=implicit)


def _id(region: Region, regions: Regions) -> str | None:
    """Give the document's id; an item that an argument refers to cannot do without one."""
    kept = region_ids.original(region.id)
    return region.id if kept is None and region.id in regions.fillers else kept


def _entities(regions: Regions) -> list[Entity]:
    members = regions.of(controls.MENTION)
    first = {r.attributes.get(controls.ENTITY): r.label for r in reversed(members)}
    known = _known(regions, members, controls.ENTITY, _ENTITY)
    return [Entity(**{"id": id_, "type": first[id_], **facts}) for id_, facts in known.items()]


def _chains(regions: Regions) -> list[Chain]:
    known = _known(regions, regions.of(controls.TRIGGER), controls.CHAIN, _CHAIN)
    return [Chain(id_, **facts) for id_, facts in known.items()]


def _known(
    regions: Regions, members: Iterable[Region], group: str, fields: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    """Gather what the members of each group say about it."""
    groups: dict[str, dict[str, Any]] = {}
    for region in members:
        answers = {c: region.attributes[c] for c in fields if c in region.attributes}
        id_ = region.attributes.get(group)
        if id_ is None:
            if answers:
                problem = f"has {', '.join(answers)}, but no {group}; fill that in"
                regions.faults.add("attribute-alone", region.id, problem)
            continue
        facts = groups.setdefault(id_, {})
        for control, answer in answers.items():
            if facts.setdefault(fields[control], answer) != answer:
                problem = (
                    f"says {control} {answer!r}, but an earlier one of the {group} {id_!r} says "
                    f"{facts[fields[control]]!r}; make them agree"
                )
                regions.faults.add("attribute-conflict", region.id, problem)
    return groups
