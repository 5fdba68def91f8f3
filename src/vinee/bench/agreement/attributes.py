"""The attributes that annotators are compared on, and the values that each of them gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from vinee.metrics import attributes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vinee.metrics.attributes import Key, Matched, Value
    from vinee.model import Document

    Values: TypeAlias = Mapping[str, Mapping[Key, frozenset[Value]]]

WIKIDATA = "mentions.wikidata"


def names(passes: Iterable[Sequence[Document]]) -> tuple[str, ...]:
    """Return the attributes; Wikidata items are one where two annotators have any."""
    linking = sum(
        any(entity.wikidata is not None for d in documents for entity in d.entities or ())
        for documents in passes
    )
    return (*attributes.names(), *((WIKIDATA,) if linking > 1 else ()))


def values(attribute: str, documents: Iterable[Document]) -> Values:
    """Return the values of each item of each document that was annotated for the attribute.

    ``mentions.wikidata`` is the item of a mention's entity; a mention for whose entity none was
    looked for has no value.
    """
    found = {}
    for document in documents:
        given = (
            _links(document) if attribute == WIKIDATA else attributes.values(attribute, document)
        )
        if given is not None:
            found[document.doc_id] = given
    return found


def matched(first: Values, second: Values) -> dict[str, tuple[Matched, ...]]:
    """Return the items that both gave, by document, in ascending order of it."""
    return {
        doc_id: tuple(attributes.paired(first[doc_id], second[doc_id]))
        for doc_id in sorted(first.keys() & second.keys())
    }


def _links(document: Document) -> dict[Key, frozenset[Value]]:
    items = {e.id: e.wikidata for e in document.entities or () if e.wikidata is not None}
    found: dict[Key, set[Value]] = {}
    for mention in document.mentions or ():
        if mention.entity in items:
            key = mention.start, mention.end, mention.type
            found.setdefault(key, set()).add(items[mention.entity])
    return {key: frozenset(given) for key, given in found.items()}
