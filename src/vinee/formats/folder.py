"""Folders with a file or more for each document: names, writing in one go, listing."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from vinee.errors import InvalidError, MalformedError, Where, printable
from vinee.formats import atomic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vinee.model import Document

_LONGEST_STEM = 200  # bytes; file systems end at 255, and a suffix is to follow


def stems(documents: Iterable[Document]) -> dict[str, Document]:
    """Give documents by ``doc_id``, each of which can be the name of a file.

    Raises:
        InvalidError: An id cannot be a file's name, or two documents have the same.
    """
    found: dict[str, Document] = {}
    for document in documents:
        doc_id = document.doc_id
        where = Where(doc_id=doc_id)
        fit = doc_id == printable(doc_id).strip() and not set('/\\:*?"<>|') & set(doc_id)
        if not fit or doc_id[:1] in {"", "."} or len(doc_id.encode()) > _LONGEST_STEM:
            raise InvalidError(
                "doc-id-name",
                where,
                f"the id {doc_id!r} cannot be the name of a file; "
                "rename the document: letters, digits, '-', '_' and '.' will do",
            )
        if doc_id in found:
            raise InvalidError("doc-twice", where, "two documents have this id; rename one")
        found[doc_id] = document
    return found


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write all files of a folder as UTF-8, line ends as they are.

    Nothing is put in place before everything is written. A new folder appears whole; in one that
    exists each file is replaced in one step, and files of other names are left alone.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        for name, content in files.items():
            atomic.write_text(staged / name, content)
        if folder.exists():
            for name in files:
                (staged / name).replace(folder / name)
            staged.rmdir()
        else:
            # mkdtemp makes private folders; the umask decides what others may do with ours.
            folder.mkdir()
            staged.chmod(folder.stat().st_mode)
            staged.replace(folder)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise


def files(folder: Path, suffix: str) -> list[Path]:
    """List the files with a suffix in a folder, in order of their names, hidden ones left out.

    Raises:
        MalformedError: The folder cannot be read, or has no such file.
    """
    found = [path for path in visible(folder) if path.suffix == suffix]
    if not found:
        problem = f"the folder holds no *{suffix} file; check the path and the format"
        raise MalformedError("no-documents", Where(file=str(folder)), problem)
    return found


def visible(folder: Path) -> list[Path]:
    """List what is in a folder, in order of names; not what begins with a dot.

    Such are what macOS puts beside each file (``._a.txt``) and what editors leave behind.

    Raises:
        MalformedError: The folder cannot be read.
    """
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}; give a readable folder"
        raise MalformedError("unreadable", Where(file=str(folder)), problem) from error
