"""Documents in a ``.zip``, ``.tar``, ``.tar.gz`` or ``.tgz``, which nobody has to unpack first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vinee.formats.archive.names import Kind, kind_of, retold, suffix
from vinee.formats.archive.packing import packed
from vinee.formats.archive.unpacking import Limits, content, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vinee.formats.contract import Format
    from vinee.model import Document

__all__ = [
    "Archived",
    "Kind",
    "Limits",
    "content",
    "fitting",
    "kind_of",
    "packed",
    "retold",
    "unpacked",
]


@dataclass(frozen=True)
class Archived:
    """A format in an archive; what survives is what survives in the format itself.

    Written is a folder, or for a format of files a file, that has the archive's name without its
    last suffix: ``gold.tar.gz`` holds ``gold/…``, and ``gold.jsonl.zip`` holds ``gold.jsonl``.
    Read is the only file of an archive, or else all of it as a folder.
    """

    format: Format

    @property
    def name(self) -> str:
        """The format's name."""
        return self.format.name

    @property
    def description(self) -> str:
        """One line for a table."""
        return f"{self.format.description} (in an archive)"

    @property
    def holds(self) -> frozenset[str]:
        """The features that survive."""
        return self.format.holds

    def write(self, documents: Iterable[Document], path: Path) -> None:
        """Write an archive; the same files always give the same bytes."""
        stem = path.name[: -len(suffix(path))]
        # A last part such as the 0 of "gold-1.0" is no suffix that decides between file and folder.
        fit = Path(stem).suffix[1:].isalpha()
        with packed(path) as folder:
            self.format.write(documents, folder / (stem if fit else stem.replace(".", "_")))

    def read(self, path: Path, texts: Mapping[str, str] | None = None) -> tuple[Document, ...]:
        """Read an archive; errors name it and its member."""
        with unpacked(path) as folder:
            return self.format.read(content(folder), texts)


def fitting(format_: Format, path: Path) -> Format:
    """Give the format for a path: `Archived` if its name is that of an archive."""
    return format_ if kind_of(path) is None else Archived(format_)
