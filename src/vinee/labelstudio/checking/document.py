"""The validator's findings on a document, each with the region to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.corpus import checks
from vinee.corpus.checks import attributes, labels, references, structure
from vinee.formats.label_studio import controls, region_ids
from vinee.labelstudio.checking.found import TaskFinding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.corpus.findings import Finding
    from vinee.errors import Where
    from vinee.formats.label_studio.regions import Regions
    from vinee.model import Document
    from vinee.ontology import Ontology

# What an item must satisfy to have a place in the project at all: its controls know no other.
_FORM: tuple[checks.Check, ...] = (
    *checks.CONTENT,
    labels.entity_labels_are_fine,
    attributes.timex_mods_are_known,
)
# An id is given when gold is made, and which layers were to be annotated is the project's affair.
_NOT_ASKED = frozenset({references.items_have_ids, structure.layers_are_present})
_CONTROL = {
    "mentions": controls.MENTION,
    "timexes": controls.TIMEX,
    "events": controls.TRIGGER,
}


def given_chains_resolve(context: checks.Context) -> Iterator[Finding]:
    """``chain-unknown``, for the chains that were given: an event told of once needs none."""
    events = context.document.events or ()
    for finding in attributes.event_chains_resolve(context):
        if events[int(finding.item[1])].chain is not None:
            yield finding


_OTHERWISE = frozenset({attributes.event_chains_resolve})
_GUIDELINES: tuple[checks.Check, ...] = (
    *(check for check in checks.GOLD if check not in {*_NOT_ASKED, *_FORM, *_OTHERWISE}),
    given_chains_resolve,
)


def document_findings(
    document: Document, regions: Regions, ontology: Ontology, where: Where, *, guidelines: bool
) -> Iterator[TaskFinding]:
    """Run the validator on a document that was read from regions.

    Args:
        document: What was read.
        regions: From which.
        ontology: The labels that there are.
        where: The place of the annotation.
        guidelines: Whether to ask also for what only gold must satisfy.
    """
    context = checks.Context(document, document.text or "", ontology)
    for check in (*_FORM, *(_GUIDELINES if guidelines else ())):
        for finding in check(context):
            region = region_of(document, finding.item, regions)
            message = finding.message if region is None else f"region {region!r}: {finding.message}"
            yield TaskFinding(
                finding.id,
                finding.severity,
                where,
                message,
                finding.item,
                region,
                check not in _FORM,
            )


def region_of(document: Document, keys: tuple[str | int, ...], regions: Regions) -> str | None:
    """Give the region from which the item was read to which ``keys`` lead in the document.

    An entity or a chain has none of its own: it is its first mention that is given.
    """
    if len(keys) < 2 or not isinstance(keys[1], int):  # noqa: PLR2004 - a layer and a number
        return None
    layer, index = str(keys[0]), keys[1]
    group = {"entities": controls.ENTITY, "chains": controls.CHAIN}.get(layer)
    if group is not None:
        id_ = getattr(document, layer)[index].id
        members = regions.of(controls.ATTRIBUTES[group])
        return next((r.id for r in members if r.attributes.get(group) == id_), None)
    if layer not in _CONTROL:
        return None
    item = getattr(document, layer)[index]
    span = item.trigger if layer == "events" else item
    return next(
        (
            r.id
            for r in regions.of(_CONTROL[layer])
            if (r.span.start, r.span.end) == (span.start, span.end)
            and item.id in {None, r.id, region_ids.original(r.id)}
        ),
        None,
    )
