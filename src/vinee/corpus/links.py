"""What the entities and events of the whole corpus are: names, Wikidata items, and evidence.

``annotations/entities.yaml`` has an entry for each ``corpus_id``. Documents repeat its name and
item, so that each can be read alone; `linked` writes them there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
import yaml

from vinee import resources
from vinee.errors import InvalidError, SchemaError, Where
from vinee.formats import native
from vinee.model import NIL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vinee.model import Document

_ITEM = re.compile(r"Q[1-9][0-9]*")


class EntityLink(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entity of the corpus.

    Attributes:
        name: What it is called.
        type: Its fine entity type.
        wikidata: The item's id; ``NIL``: there is no item for it; None: no id could be supported.
        evidence: What supports the id, or why there is none.
    """

    name: str
    type: str
    wikidata: str | None
    evidence: tuple[str, ...]


class EventLink(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event that more than one mention, in one article or several, tells of."""

    name: str


class Links(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file, by ``corpus_id``."""

    entities: dict[str, EntityLink]
    events: dict[str, EventLink]


def path(root: Path | None = None) -> Path:
    """Return where the file is."""
    return (root or resources.root()) / "annotations" / "entities.yaml"


def read(file: Path | None = None) -> Links:
    """Read the file, ours if none is given.

    Raises:
        MalformedError: It cannot be read.
        SchemaError: It does not have the shape of a table of links.
        InvalidError: A value of ``wikidata`` is neither an item's id nor ``NIL``.
    """
    file = file or path()
    where = Where(file=str(file))
    try:
        links = msgspec.convert(yaml.safe_load(native.read_bytes(file)), Links)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SchemaError("links-schema", where, str(error)) from error
    for corpus_id, link in links.entities.items():
        if link.wikidata is not None and not is_item(link.wikidata):
            problem = (
                f"{corpus_id}: wikidata is {link.wikidata!r}; give Q and a number, NIL or null"
            )
            raise InvalidError("links-item", where, problem)
    return links


def is_item(value: str) -> bool:
    """Tell whether a value of ``wikidata`` is an item's id, or ``NIL``."""
    return value == NIL or _ITEM.fullmatch(value) is not None


def linked(document: Document, links: Links) -> Document:
    """Give entities and chains the names and items of their ``corpus_id``.

    Raises:
        InvalidError: A ``corpus_id`` is not in the table.
    """
    for corpus_id in unknown(document, links):
        problem = f"{corpus_id!r} is not in entities.yaml; describe it there"
        raise InvalidError("links-unknown", Where(doc_id=document.doc_id), problem)
    entities = [
        entity
        if entity.corpus_id is None
        else msgspec.structs.replace(
            entity,
            name=links.entities[entity.corpus_id].name,
            wikidata=links.entities[entity.corpus_id].wikidata,
        )
        for entity in document.entities or ()
    ]
    chains = [
        chain
        if chain.corpus_id is None
        else msgspec.structs.replace(chain, name=links.events[chain.corpus_id].name)
        for chain in document.chains or ()
    ]
    return msgspec.structs.replace(
        document,
        entities=None if document.entities is None else tuple(entities),
        chains=None if document.chains is None else tuple(chains),
    )


def unknown(document: Document, links: Links) -> Iterator[str]:
    """Yield the ``corpus_id`` of entities and chains that the table lacks."""
    for entity in document.entities or ():
        if entity.corpus_id is not None and entity.corpus_id not in links.entities:
            yield entity.corpus_id
    for chain in document.chains or ():
        if chain.corpus_id is not None and chain.corpus_id not in links.events:
            yield chain.corpus_id
