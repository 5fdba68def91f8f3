"""The passes of an annotator on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.corpus import seeds
from vinee.corpus.quoted.handed_in import Pass, read
from vinee.corpus.quoted.resolve import resolve
from vinee.errors import IntegrityError, MalformedError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vinee.model import Document


def passes(folder: Path) -> Iterator[tuple[Path, Pass]]:
    """Read the passes ``<doc_id>.json`` of a folder, in order of their names.

    Raises:
        InputError: There is none, or one cannot be read.
        IntegrityError: A file is not named after its article.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        problem = "there is no pass, <doc_id>.json, in this folder; check the path"
        raise MalformedError("no-documents", Where(file=str(folder)), problem)
    for path in paths:
        handed_in = read(path)
        if path.stem != handed_in.doc_id:
            raise IntegrityError(f"{path} holds {handed_in.doc_id!r}; name it after its article")
        yield path, handed_in


def resolved(folder: Path, seeds_folder: Path | None = None) -> tuple[Document, ...]:
    """Resolve an annotator's passes against the seeds, ours if none are given.

    Raises:
        InputError: A pass cannot be read, or a quote is not in its sentence.
        IntegrityError: A file is not named after its article, or there is no such article.
    """
    return tuple(
        resolve(seeds.text(handed_in.doc_id, seeds_folder), handed_in)
        for _, handed_in in passes(folder)
    )
