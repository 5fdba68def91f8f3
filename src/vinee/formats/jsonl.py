"""ViNEE's own JSON Lines behind the contract of all formats."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from vinee.errors import InputError
from vinee.formats import native, short
from vinee.formats.contract import FEATURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from vinee.model import Document


class JsonLines:
    """One document a line, in the shape of the model; everything survives, a missing text too."""

    name: ClassVar[str] = "jsonl"
    description: ClassVar[str] = "ViNEE's own JSON, one document a line"
    holds: ClassVar[frozenset[str]] = frozenset(FEATURES)

    def write(self, documents: Iterable[Document], path: Path) -> None:
        """Write documents to a file."""
        native.write_lines(path, documents)

    def read(self, path: Path, texts: Mapping[str, str] | None = None) -> tuple[Document, ...]:
        """Read documents from a file, a pipe, or a folder of ``*.json`` files.

        If ``texts`` are given, the short forms of a prediction are read too.
        """
        documents = []
        for _, item in native.read_all(path, None if texts is None else short.decoder(texts)):
            if isinstance(item, InputError):
                raise item
            documents.append(item)
        return tuple(documents)
