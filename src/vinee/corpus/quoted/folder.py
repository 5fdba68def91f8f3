"""The passes of an annotator on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.corpus import seeds
from vinee.corpus.quoted import pulled
from vinee.corpus.quoted.handed_in import Pass, read
from vinee.corpus.quoted.resolve import resolve
from vinee.errors import IntegrityError, MalformedError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vinee.corpus.quoted.pulled import PulledPass
    from vinee.model import Document


def passes(folder: Path) -> Iterator[tuple[Path, Pass | PulledPass]]:
    """Read the passes ``<doc_id>.json`` of a folder, quoted or pulled, in order of their names.

    Raises:
        InputError: There is none, or one cannot be read.
        IntegrityError: A file is not named after its article.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        problem = "there is no pass, <doc_id>.json, in this folder; check the path"
        raise MalformedError("no-documents", Where(file=str(folder)), problem)
    for path in paths:
        handed_in = pulled.read(path) if pulled.is_document(path) else read(path)
        if path.stem != handed_in.doc_id:
            raise IntegrityError(f"{path} holds {handed_in.doc_id!r}; name it after its article")
        yield path, handed_in


def resolved(folder: Path, seeds_folder: Path | None = None) -> tuple[Document, ...]:
    """Resolve an annotator's passes against the seeds, ours if none are given.

    A pulled pass has its own text, which is to be the seed's where there is one.

    Raises:
        InputError: A pass cannot be read, a quote is not in its sentence, or a pulled pass was
            made on another text.
        IntegrityError: A file is not named after its article, or there is no such article.
    """
    return tuple(_resolved(path, each, seeds_folder) for path, each in passes(folder))


def _resolved(path: Path, handed_in: Pass | PulledPass, seeds_folder: Path | None) -> Document:
    if isinstance(handed_in, Pass):
        return resolve(seeds.text(handed_in.doc_id, seeds_folder), handed_in)
    if handed_in.doc_id in seeds.doc_ids(seeds_folder):
        where = Where(file=str(path), doc_id=handed_in.doc_id)
        pulled.check_text(handed_in, seeds.text(handed_in.doc_id, seeds_folder), where)
    return handed_in.document
