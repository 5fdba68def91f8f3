"""Entities and events that ``entities.yaml`` lacks, described from what the gold says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import yaml

from vinee.corpus.links import EntityLink, EventLink, Links
from vinee.errors import IntegrityError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.model import Document, Entity

_EVENTS = "events:"


def describe(documents: Sequence[Document], table: Links) -> Links:
    """Describe what the documents speak of and the table does not have.

    An entity takes its type from the first article that speaks of it, and its name from the first
    that has another than its mentions give it. It takes the Wikidata item only if all articles
    that give one give the same; else it stays unknown.
    """
    entities: dict[str, list[tuple[Document, Entity]]] = {}
    events: dict[str, str | None] = {}
    for document in documents:
        for entity in document.entities or ():
            if entity.corpus_id is not None and entity.corpus_id not in table.entities:
                entities.setdefault(entity.corpus_id, []).append((document, entity))
        for chain in document.chains or ():
            if chain.corpus_id is not None and chain.corpus_id not in table.events:
                events[chain.corpus_id] = events.get(chain.corpus_id) or chain.name
    return Links(
        {corpus_id: _entity(corpus_id, told) for corpus_id, told in entities.items()},
        {corpus_id: EventLink(name or corpus_id) for corpus_id, name in events.items()},
    )


def with_described(content: str, described: Links) -> str:
    """Add entries to the text of ``entities.yaml``; comments and all else stay as they are.

    Raises:
        IntegrityError: The text does not end with its events, so that there is no place to add.
    """
    lines = content.splitlines(keepends=True)
    starts = [number for number, line in enumerate(lines) if line.rstrip() == _EVENTS]
    if len(starts) != 1 or any(line[:1].strip() for line in lines[starts[0] + 1 :]):
        raise IntegrityError(
            "entities.yaml must hold the block `entities:` and then `events:`, the last one; "
            "put them in this order"
        )
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    head, tail = lines[: starts[0]], lines[starts[0] :]
    return "".join(
        [*head, *_entries(described.entities), *tail, *_entries(described.events)],
    )


def _entity(corpus_id: str, told: Sequence[tuple[Document, Entity]]) -> EntityLink:
    first = told[0][1]
    given = (e.name for document, e in told if e.name not in {None, *_mentions(document, e)})
    name = next(given, first.name)
    items = {entity.wikidata for _, entity in told if entity.wikidata is not None}
    where = ", ".join(d.doc_id for d, entity in told if entity.wikidata is not None)
    if len(items) == 1:
        evidence = f"given by the annotators of {where}"
    elif items:
        evidence = f"the articles {where} disagree: {', '.join(sorted(items))}"
    else:
        evidence = "no item was looked for yet"
    item = items.pop() if len(items) == 1 else None
    return EntityLink(name or corpus_id, first.type, item, (evidence,))


def _mentions(document: Document, entity: Entity) -> Iterator[str]:
    text = document.text or ""
    return (text[m.start : m.end] for m in document.mentions or () if m.entity == entity.id)


def _entries(entries: dict[str, EntityLink] | dict[str, EventLink]) -> Iterator[str]:
    if entries:
        told = msgspec.to_builtins(entries)
        dumped = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1_000_000)
        yield from (f"  {line}" for line in dumped.splitlines(keepends=True))
