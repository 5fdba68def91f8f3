"""One name for what two annotators each named in their own way.

Annotators choose names for entities and event chains. Names of two annotators stand for the same
thing if their chains share most mentions, over all documents: a one-to-one assignment that
shares as many mentions as possible.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.corpus.assignment import best

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vinee.model import Document

Place = tuple[str, int, int, str]  # document, span, label


@dataclass(frozen=True)
class Naming:
    """What an annotator's names are called in common; chains of one member keep no name."""

    entities: Mapping[str, str]
    chains: Mapping[str, str]


def entity_names(documents: Iterable[Document]) -> dict[Place, str]:
    """Return the name of each mention's entity: its ``corpus_id``, or its id in the document."""
    found = {}
    for document in documents:
        names = {
            entity.id: entity.corpus_id or f"{document.doc_id}:{entity.id}"
            for entity in document.entities or ()
        }
        for mention in document.mentions or ():
            if mention.entity is not None:
                place = (document.doc_id, mention.start, mention.end, mention.type)
                own = f"{document.doc_id}:{mention.entity}"
                found[place] = names.get(mention.entity, own)
    return found


def chain_names(documents: Iterable[Document]) -> dict[Place, str]:
    """Return the name of each event's chain, where its annotator named one."""
    found = {}
    for document in documents:
        names = {chain.id: chain.corpus_id for chain in document.chains or ()}
        for event in document.events or ():
            name = names.get(event.chain or "")
            if name is not None:
                found[document.doc_id, event.trigger.start, event.trigger.end, ""] = name
    return found


def common_names(first: Sequence[Document], second: Sequence[Document]) -> tuple[Naming, Naming]:
    """Give both annotators' names in common terms: the first one's, where the two stand for one."""
    entities = _matched(entity_names(first), entity_names(second))
    chains = _matched(chain_names(first), chain_names(second))
    return Naming(entities[0], chains[0]), Naming(entities[1], chains[1])


def _matched(
    first: Mapping[Place, str], second: Mapping[Place, str]
) -> tuple[dict[str, str], dict[str, str]]:
    rows, columns = sorted(set(first.values())), sorted(set(second.values()))
    row_of = {name: number for number, name in enumerate(rows)}
    column_of = {name: number for number, name in enumerate(columns)}
    shared = Counter((first[place], second[place]) for place in first.keys() & second.keys())
    # More shared mentions win; between equal numbers equal names do.
    edges = (
        (row_of[row], column_of[column], weight * (len(rows) + 1) + (row == column))
        for (row, column), weight in sorted(shared.items())
    )
    partner = {columns[right]: rows[left] for left, right in best(edges)}
    return {row: row for row in rows}, {
        column: partner.get(column, f"{column}*") for column in columns
    }
