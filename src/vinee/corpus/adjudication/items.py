"""Wikidata items that annotators gave, carried over to what was decided.

Items are no facts that decisions are made on: where a corpus keeps them, with their evidence, is
``entities.yaml``. What annotators typed is taken there along with the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from vinee.corpus.adjudication.facts import entity_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vinee.corpus.adjudication.article import Article
    from vinee.model import Document


def given(article: Article) -> dict[str, dict[str, str]]:
    """Return, by the common name of each entity, the item that each annotator gave, if any."""
    found: dict[str, dict[str, str]] = {}
    documents = (article.first, article.second)
    sides = zip(documents, article.naming, article.annotators, strict=True)
    for document, naming, who in sides:
        names = entity_names(document)
        for entity in document.entities or ():
            name = naming.entities.get(names[entity.id])
            if name is not None and entity.wikidata is not None:
                found.setdefault(name, {})[who] = entity.wikidata
    return found


def with_items(document: Document, items: Mapping[str, Mapping[str, str]]) -> Document:
    """Give entities the items on which those agree who gave any; others stay unknown."""
    agreed = {
        name: next(iter(said.values()))
        for name, said in items.items()
        if len({*said.values()}) == 1
    }
    entities = tuple(
        replace(entity, wikidata=agreed.get(entity.corpus_id or "", entity.wikidata))
        for entity in document.entities or ()
    )
    return replace(document, entities=None if document.entities is None else entities)


def disputed(items: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """Say which entities have several items, one line each."""
    return tuple(
        f"entity {name}: {', '.join(f'{who} says {item}' for who, item in said.items())}; "
        "it stays unknown, decide it in entities.yaml"
        for name, said in items.items()
        if len({*said.values()}) > 1
    )
