"""The file of a run that is not finished: what is done, and whose it is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Self

import msgspec

from vinee.bench.claims import SystemClaims
from vinee.errors import InputError, Where
from vinee.formats import atomic, native

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import BinaryIO

    from vinee.model import Document


UNKNOWN = "unknown"


class Identity(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="partial", tag="vinee/1"
):
    """Whose predictions a partial file holds: its first line."""

    name: str
    version: str
    corpus: str
    claims: SystemClaims | None = None


class Partial:
    """A partial file, open for appending; a context manager.

    A file of another identity is thrown away; so is one of an unknown version, since nobody can
    tell whether the code that wrote it is the code that goes on. A last line that was cut off is
    left out, and so is whatever follows a line that cannot be read. A kill leaves the file
    behind, and so does a failure, unless the version is unknown.

    Attributes:
        documents: What an earlier run finished.
        message: What became of the earlier file, in words; empty if it held nothing.
    """

    def __init__(self, path: Path, identity: Identity) -> None:
        self.path = path
        self.identity = identity
        self.documents: tuple[Document, ...] = ()
        self.message = ""
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        self.documents, self.message = self._earlier()
        lines = [msgspec.json.encode(self.identity), *map(native.encode, self.documents)]
        # Written anew, so that the next line never continues one that was cut off.
        atomic.write_bytes(self.path, b"".join(line + b"\n" for line in lines))
        self._file = self.path.open("ab")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        if error is not None and self.identity.version == UNKNOWN:
            self.remove()

    def append(self, document: Document) -> None:
        """Add a finished document; it is on the disk when this returns."""
        if self._file is None:
            raise ValueError("a partial file is open inside its `with` only")
        self._file.write(native.encode(document) + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def kept(self, done: int) -> str:
        """Say what is left of an interrupted run that had done so many documents."""
        if self.identity.version == UNKNOWN:
            return "interrupted; nothing is kept, since the extractor has no version"
        return f"interrupted; {done} documents are kept in {self.path}; the same command goes on"

    def remove(self) -> None:
        """Remove the file, once its content is safe elsewhere."""
        self.path.unlink(missing_ok=True)

    def _earlier(self) -> tuple[tuple[Document, ...], str]:
        if not self.path.is_file():
            return (), ""
        if self.identity.version == UNKNOWN:
            return (), (
                f"threw away {self.path.name} and started anew: the extractor has no version, so "
                "its code may have changed since"
            )
        first, *rest = self.path.read_bytes().split(b"\n")
        if _identity(first) != self.identity:
            return (), (
                f"threw away {self.path.name}: it is of another extractor or version, "
                "other claims or another corpus"
            )
        # What follows the last line break was cut off, even where it can be read.
        documents = []
        for line in rest[:-1]:
            try:
                documents.append(native.decode(line, Where()))
            except InputError:
                break
        message = f"took over {len(documents)} finished before" if documents else ""
        return tuple(documents), message


def _identity(line: bytes) -> Identity | None:
    try:
        return msgspec.json.decode(line, type=Identity)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
