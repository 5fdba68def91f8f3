"""Where an edition of the gold is read from, and what it is called."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vinee.corpus import gold
from vinee.corpus.diff import dataset, revision
from vinee.errors import IntegrityError, MalformedError, Where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.model import Document

_GIT = "git:"


class Edition(NamedTuple):
    """The documents of an edition, in ascending order of ``doc_id``."""

    name: str
    documents: tuple[Document, ...]


def read(source: str) -> Edition:
    """Read an edition.

    Args:
        source: A folder of gold documents; a project folder, which holds ``annotations/gold``;
            the folder of an exported dataset; a file, JSON of one document or JSON Lines; or
            ``git:REV``, a revision of the project around the current folder. What is no path is
            taken for a revision.

    Raises:
        InputError: There is nothing to read, or it cannot be read.
        IntegrityError: A document is there twice, or its file is not named after it.
    """
    if source.startswith(_GIT):
        return Edition(source, _of_revision(source.removeprefix(_GIT)))
    path = Path(source)
    if _exists(path):
        return Edition(source, _of_path(path))
    try:
        return Edition(f"{_GIT}{source}", _of_revision(source))
    except MalformedError as error:
        raise MalformedError(
            "no-edition",
            Where(),
            f"{source!r} is no file or folder, and as a revision: {error.problem}",
        ) from error


def _of_path(path: Path) -> tuple[Document, ...]:
    inside = path / "annotations" / "gold"
    if inside.is_dir():
        return gold.documents(inside)
    if (path / dataset.FOLDER).is_dir():
        return _in_order(dataset.read(path))
    return gold.documents(path)


def _of_revision(revision_: str) -> tuple[Document, ...]:
    return _in_order(revision.read(revision_, Path.cwd()))


def _in_order(read: Iterable[tuple[Where, Document]]) -> tuple[Document, ...]:
    found: dict[str, Document] = {}
    for where, document in read:
        if document.doc_id in found:
            raise IntegrityError(
                f"{where}: the document {document.doc_id!r} is there twice; remove one"
            )
        found[document.doc_id] = document
    return tuple(found[doc_id] for doc_id in sorted(found))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False
