"""Where converted documents go: the format that a name asks for, and what is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.corpus.foreign.opening import named
from vinee.errors import IntegrityError, InvalidError, Where
from vinee.formats import archive, registry
from vinee.formats.exporting import export

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from vinee.formats.contract import Format
    from vinee.model import Document

# Suffixes that one format writes, or that are mostly meant for it.
SUFFIXES: Mapping[str, str] = {
    ".jsonl": "jsonl",
    ".conll": "conll",
    ".tml": "timeml",
    ".spacy": "spacy",
    ".parquet": "hf",
}


def format_for(path: Path, name: str | None) -> Format:
    """Return the format to write: the one that is named, else the one of the path's suffix.

    The suffix of an archive says that the format goes into one; the one before it decides.

    Raises:
        UnknownNameError: There is no such format.
        InvalidError: None is named, and the suffix is no format's.
    """
    if name is None:
        kind = archive.kind_of(path)
        inner = path.with_name(path.name[: -len(kind) - 1] or path.name) if kind else path
        name = SUFFIXES.get(inner.suffix)
        if name is None or name not in registry.names():
            names = registry.names()
            known = ", ".join(f"{suffix} ({of})" for suffix, of in SUFFIXES.items() if of in names)
            problem = (
                f"the name does not say which format to write; name it with --to, one of "
                f"{', '.join(sorted(names))}, or give a suffix that says it: {known}"
            )
            raise InvalidError("format-unclear", Where(file=str(path)), problem)
    return archive.fitting(named(name), path)


def write(
    format_: Format, documents: Sequence[Document], path: Path, *, force: bool
) -> tuple[Path, ...]:
    """Write documents so that nothing that is there is replaced unasked.

    Returns:
        Files of other names that were in the folder, and still are.

    Raises:
        InvalidError: A document cannot be written in the format.
        IntegrityError: Something is at the path and ``force`` is false, or it is a folder where
            a file is to be, or the other way round.
    """
    if not force and _holds_something(path):
        raise IntegrityError(
            f"{path} is there already; choose another place, or pass --force to replace it"
        )
    try:
        return export(format_, documents, path, force=True)
    except (IsADirectoryError, NotADirectoryError, FileExistsError) as error:
        there, wanted = ("folder", "file") if path.is_dir() else ("file", "folder")
        raise IntegrityError(
            f"{path} is a {there}, and {format_.name} would write a {wanted} there; "
            "choose another place, or remove it first"
        ) from error


def _holds_something(path: Path) -> bool:
    if path.is_dir():
        return any(path.iterdir())
    return path.exists() and path.stat().st_size > 0
