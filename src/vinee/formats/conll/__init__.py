"""CoNLL columns: one syllable a line, with IOB2 tags, and a blank line after each sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vinee.errors import Where
from vinee.formats import atomic, folder, native
from vinee.formats.conll import full, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from vinee.model import Document

__all__ = ["Conll", "in_two_columns"]

_SUFFIX = ".conll"


@dataclass(frozen=True)
class Conll:
    """CoNLL columns, separated by tabs.

    A path with a suffix is one file for all documents; any other is a folder with a
    ``<doc_id>.conll`` for each.

    ``full``: syllable, first code point, one past the last, and a tag column for each depth of
    nesting, the outermost first; the number of columns is the same in the whole file, and ``_``
    stands where mentions were not annotated. A tag is the type, with the level after a slash
    where that is not NAM: ``B-PER``, ``I-PER/NOM``. Lines ``# doc_id =``, ``# section =`` (kind,
    start, end), ``# sentence =`` (start, end), ``# empty =`` (layers without an item) and
    ``# meta =`` stand above what they describe. Survives: mentions with type and level, however
    they nest or cross, sections, sentences and meta, all with exact offsets. Lost: extents, chains,
    everything else about mentions, times and events. The white space between syllables is lost
    too, unless ``read`` is given ``texts``: without them it puts a line break between sentences
    and spaces elsewhere, as many as there were characters, and that is the document's text.

    ``plain``: two columns, syllable and tag, as CoNLL-2003 and most tools have them, with a line
    ``-DOCSTART- (doc_id)`` above each document. Survives: outermost names with their types (of
    crossing ones the longest), if ``read`` is given ``texts``; without them offsets are those in a
    text of tokens joined by spaces, a sentence a line. Other mentions are left out. Foreign files
    may have more columns, of which the last is read, and segmented words in place of syllables.
    """

    columns: Literal["full", "plain"] = "full"

    @property
    def name(self) -> str:
        """``conll``, or ``conll-plain``."""
        return "conll" if self.columns == "full" else "conll-plain"

    @property
    def description(self) -> str:
        """One line for a table."""
        if self.columns == "full":
            return "columns: syllable, offsets, and IOB2 tags for each depth of nesting"
        return "two columns, syllable and IOB2 tag of outermost names, as in CoNLL-2003"

    @property
    def holds(self) -> frozenset[str]:
        """The features that survive."""
        return full.HOLDS if self.columns == "full" else plain.HOLDS

    def write(self, documents: Iterable[Document], path: Path) -> None:
        """Write documents to a file or a folder.

        Raises:
            InvalidError: A document has no text, an id that cannot name a file, or a mention
                that holds no syllable or has a type that cannot stand in a tag.
        """
        render = full.render if self.columns == "full" else plain.render
        by_stem = folder.stems(documents)
        if path.suffix and not path.is_dir():
            atomic.write_text(path, render(list(by_stem.values())))
        else:
            files = {stem + _SUFFIX: render([document]) for stem, document in by_stem.items()}
            folder.write(path, files)

    def read(self, path: Path, texts: Mapping[str, str] | None = None) -> tuple[Document, ...]:
        """Read documents from a file, or from the ``*.conll`` files of a folder.

        Raises:
            InputError: A line is not in this format, or contradicts ``texts``.
        """
        parse = full.parse if self.columns == "full" else plain.parse
        files = folder.files(path, _SUFFIX) if path.is_dir() else [path]
        return tuple(
            document
            for file in files
            for document in parse(native.read_text(file), Where(file=str(file)), texts)
        )


def in_two_columns() -> Conll:
    """Return the format with ``columns="plain"``, for the registry."""
    return Conll("plain")
