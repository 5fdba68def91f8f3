"""Linking the gold of a project, and raising its edition; all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.corpus import gold, links
from vinee.corpus.release.describing import describe, with_described
from vinee.corpus.release.editing import edited
from vinee.corpus.release.undecided import undecided
from vinee.corpus.unused import unused
from vinee.corpus.validate import check_corpus
from vinee.formats import atomic, native

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from vinee.corpus.findings import Finding
    from vinee.corpus.links import Links
    from vinee.model import Document

# What is built from the gold is built after it is released.
_BUILT_LATER = frozenset({"corpus-stale", "corpus-checksum"})


@dataclass(frozen=True)
class Linked:
    """What linking did.

    Attributes:
        described: The entries that ``entities.yaml`` got.
        changed: Ids of the documents whose names or items changed.
        documents: Number of all documents.
        differing: Wikidata items of the gold that gave way to what the table has already, or to
            its not knowing one.
    """

    described: Links
    changed: tuple[str, ...]
    documents: int
    differing: tuple[Differing, ...] = ()


@dataclass(frozen=True)
class Differing:
    """An item of the gold that is not that of the table.

    Attributes:
        doc_id: The article.
        corpus_id: The entity.
        gold: The item that the annotations gave.
        table: What ``entities.yaml`` has; None: unknown.
    """

    doc_id: str
    corpus_id: str
    gold: str
    table: str | None


def link(root: Path) -> Linked:
    """Describe new entities and events in ``entities.yaml``; write names and items into the gold.

    Raises:
        InputError: Gold or table cannot be read.
        IntegrityError: There is no place in the table to add to.
    """
    folder = root / "annotations" / "gold"
    documents = gold.documents(folder)
    file = links.path(root)
    known = links.read(file)
    described = describe(documents, known)
    if described.entities or described.events:
        atomic.write_text(file, with_described(native.read_text(file), described))
    table = links.read(file)
    linked = [(document, links.linked(document, table)) for document in documents]
    for before, after in linked:
        if before != after:
            native.write(folder / f"{after.doc_id}.json", after)
    changed = tuple(after.doc_id for before, after in linked if before != after)
    return Linked(described, changed, len(documents), tuple(_differing(documents, known)))


def _differing(documents: Iterable[Document], known: Links) -> Iterator[Differing]:
    for document in documents:
        for entity in document.entities or ():
            entry = known.entities.get(entity.corpus_id or "")
            if entry is None or entity.corpus_id is None or entity.wikidata is None:
                continue
            if entity.wikidata != entry.wikidata:
                yield Differing(document.doc_id, entity.corpus_id, entity.wikidata, entry.wikidata)


def release(root: Path, version: str) -> list[Finding]:
    """Raise the edition of a project, unless something is undecided or invalid.

    Returns:
        What stands in the way; then all is as it was.

    Raises:
        InvalidError: The version is not higher than the present one, or no version.
        InputError: Gold, a log or ``edition.yaml`` cannot be read.
    """
    file = root / "annotations" / "edition.yaml"
    before = native.read_text(file)
    documents = gold.documents(root / "annotations" / "gold")
    after = edited(before, version, unused(documents), str(file))
    if open_ := list(undecided(root / "annotations" / "adjudication")):
        return open_
    _write(file, after)
    try:
        found = [f for f in check_corpus(root) if f.severity == "error"]
    except BaseException:
        _write(file, before)
        raise
    found = [finding for finding in found if finding.id not in _BUILT_LATER]
    if found:
        _write(file, before)
    return found


def _write(file: Path, content: str) -> None:
    atomic.write_text(file, content)
    gold.edition.cache_clear()
