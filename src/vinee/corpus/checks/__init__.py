"""The checks: each is a function that yields findings, and says in its docstring which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.corpus.checks import attributes, labels, names, references, spans, structure
from vinee.corpus.checks.context import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vinee.corpus.findings import Finding

    Check = Callable[[Context], Iterator[Finding]]

# What any document must satisfy, a prediction included.
SINGLE: tuple[Check, ...] = (
    spans.spans_lie_in_text,
    spans.spans_cover_their_text,
    references.ids_are_not_empty,
    references.references_resolve,
    labels.entity_labels_are_known,
    labels.event_labels_are_known,
    labels.roles_fit_events,
)

# The same, for checks that blame an item for another one.
PAIRED: tuple[Check, ...] = (references.ids_are_unique, references.items_are_distinct)

CONTENT = (*SINGLE, *PAIRED)

# What only gold must satisfy.
GOLD: tuple[Check, ...] = (
    spans.spans_have_tight_ends,
    spans.extents_hold_their_span,
    references.items_have_ids,
    references.events_are_apart,
    labels.entity_labels_are_fine,
    labels.levels_fit_types,
    labels.gpe_roles_fit_types,
    labels.fillers_fit_roles,
    labels.timexes_have_types,
    structure.text_is_the_seed,
    structure.layers_are_present,
    structure.sections_cover_text,
    structure.sentences_cover_text,
    structure.sentences_stay_in_sections,
    structure.annotations_stay_in_sentences,
    structure.arguments_stay_in_sentences,
    structure.names_do_not_cross,
    names.names_are_marked_everywhere,
    names.names_keep_their_type,
    attributes.mentions_have_entities,
    attributes.chains_have_one_type,
    attributes.names_keep_their_entity,
    attributes.times_have_values,
    attributes.timex_mods_are_known,
    attributes.events_have_attributes,
    attributes.event_chains_resolve,
    attributes.items_are_wikidata,
    attributes.entities_have_items_of_their_own,
)

__all__ = ["CONTENT", "GOLD", "PAIRED", "SINGLE", "Context"]
