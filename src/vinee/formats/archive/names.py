"""Names: which paths are archives, and what errors call what was in one."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from vinee.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from vinee.errors import Where
    from vinee.model import Document

Kind = Literal["zip", "tar", "tar.gz"]

SUFFIXES: Mapping[str, Kind] = {
    ".zip": "zip",
    ".tar": "tar",
    ".tar.gz": "tar.gz",
    ".tgz": "tar.gz",
}


def kind_of(path: Path) -> Kind | None:
    """Tell by its name which kind of archive a path leads to; a folder is none."""
    kind = SUFFIXES.get(suffix(path))
    return None if kind is None or path.is_dir() else kind


def suffix(path: Path) -> str:
    """Give the suffix of an archive as it is in ``SUFFIXES``; empty if the path has none."""
    return next((each for each in SUFFIXES if path.name.casefold().endswith(each)), "")


@contextmanager
def told_as(path: Path, root: Path) -> Iterator[None]:
    """Name archive and member, in errors, instead of a folder that nobody has seen."""
    try:
        yield
    except InputError as error:
        _retell(error, path, root)
        raise


def retold(
    where: Where, item: Document | InputError, path: Path, root: Path
) -> tuple[Where, Document | InputError]:
    """Name archive and member in the place of a document, or of an error that stands for one."""
    if isinstance(item, InputError):
        _retell(item, path, root)
    return _place(where, path, root), item


def _retell(error: InputError, path: Path, root: Path) -> None:
    error.problem = _outside(error.problem, path, root)
    error.where = _place(error.where, path, root)
    error.args = (str(error),)


def _place(where: Where, path: Path, root: Path) -> Where:
    return where if where.file is None else replace(where, file=_outside(where.file, path, root))


def _outside(text: str, path: Path, root: Path) -> str:
    return text.replace(f"{root}{os.sep}", f"{path}:").replace(str(root), str(path))
