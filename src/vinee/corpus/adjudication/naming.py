"""One name for what two annotators each named in their own way.

Annotators choose names for entities and event chains. Names of two annotators stand for the same
thing if their chains share most mentions, over all documents: a one-to-one assignment that
shares as many mentions as possible.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.corpus.adjudication.facts import chain_names, entity_names
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


def named_mentions(documents: Iterable[Document]) -> dict[Place, str]:
    """Return the name of each mention's entity."""
    return {
        (document.doc_id, mention.start, mention.end, mention.type): names[mention.entity]
        for document in documents
        for names in (entity_names(document),)
        for mention in document.mentions or ()
        if mention.entity is not None
    }


def named_events(documents: Iterable[Document]) -> dict[Place, str]:
    """Return the name of each event's chain, where it has one."""
    return {
        (document.doc_id, event.trigger.start, event.trigger.end, ""): names[event.chain]
        for document in documents
        for names in (chain_names(document),)
        for event in document.events or ()
        if event.chain in names
    }


def common_names(first: Sequence[Document], second: Sequence[Document]) -> tuple[Naming, Naming]:
    """Give both annotators' names in common terms: the first one's, where the two stand for one."""
    entities = _matched(named_mentions(first), named_mentions(second))
    chains = _matched(named_events(first), named_events(second))
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
