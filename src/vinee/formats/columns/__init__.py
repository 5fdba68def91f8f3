"""Columns as other people make them: a token a line, tags in any scheme, read with a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from vinee.formats import atomic, folder
from vinee.formats.columns import writing
from vinee.formats.columns.reading import UnderscoresOption, read_columns
from vinee.formats.columns.report import ColumnsRead, ColumnsReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from vinee.formats.columns.writing import Unit
    from vinee.model import Document
    from vinee.text.tags import Scheme

__all__ = ["Columns", "ColumnsRead", "ColumnsReport", "read_columns"]

_SUFFIX = ".conll"


@dataclass(frozen=True)
class Columns:
    """A token and its tags a line, a blank line after each sentence; no offsets.

    Reading takes files as they come, from VLSP, PhoNER_COVID19 or any tagger. Columns are
    separated by tabs or blanks; one or several of them hold tags, in the scheme IOB1, IOB2, IOE1,
    IOE2, IOBES (BMES) or BILOU; tokens are syllables, or words with underscores. All this is
    detected, and `read_columns` tells what was. Lines ``-DOCSTART-``, ``# newdoc id = …`` and
    ``# doc_id = …`` begin documents; a file without them is one, named after it, unless its
    sentences have a ``# sent_id``. JSON Lines with ``tokens`` (or ``words``) and ``tags`` (or
    ``ner_tags``, ``labels``) of a sentence each, and perhaps a ``doc_id``, are read alike. With
    ``texts`` the tokens are aligned onto these, and ``meta["alignment"]`` counts how many are
    exact, repaired and ungrounded, and how many syllables of the text are ``uncovered``, if any
    are; sentences are not taken. Without, the text is made of the tokens, and offsets are those
    in it.

    A path with a suffix is written as one file for all documents; any other is a folder with a
    ``<doc_id>.conll`` for each. Survives, if ``read`` is given ``texts``: bare spans and types of
    mentions, of all levels, however they nest or cross, on the boundaries of syllables. No
    sentence ends inside a mention.

    Attributes:
        scheme: The scheme to write. Reading finds out by itself.
        unit: What stands in a line that is written: a ``syllable``, or a ``token``, which is a
            word with underscores between its syllables, cut where a mention's edge is in it.
        token: The column of tokens to read, counted from 0; found out if not given.
        tags: The columns of tags to read; found out if not given.
        underscores: Whether ``_`` between syllables becomes a space in texts made of tokens.
    """

    scheme: Scheme = "IOB2"
    unit: Unit = "syllable"
    token: int | None = None
    tags: tuple[int, ...] | None = None
    underscores: UnderscoresOption = "auto"

    name: ClassVar[str] = "columns"
    description: ClassVar[str] = "a token and its tags a line, in any scheme, as taggers make them"
    holds: ClassVar[frozenset[str]] = writing.HOLDS

    def write(self, documents: Iterable[Document], path: Path) -> None:
        """Write documents to a file or a folder.

        Raises:
            InvalidError: A document has no text, an id that cannot name a file, or a mention
                that holds no syllable or has a type that cannot stand in a tag.
            MissingExtraError: Tokens are to be written, and the tool that makes them is missing.
        """
        pages = {
            stem: writing.Page(document, self.unit)
            for stem, document in folder.stems(documents).items()
        }
        width = max((len(page.columns) for page in pages.values()), default=0) or 1
        if path.suffix and not path.is_dir():
            atomic.write_text(path, writing.render(list(pages.values()), self.scheme, width))
        else:
            files = {
                stem + _SUFFIX: writing.render([page], self.scheme, width)
                for stem, page in pages.items()
            }
            folder.write(path, files)

    def read(self, path: Path, texts: Mapping[str, str] | None = None) -> tuple[Document, ...]:
        """Read documents from a file, or from all files of a folder.

        Raises:
            InputError: The first line that is broken or has an ill-formed tag, or whatever else
                `read_columns` stops at.
        """
        return read_columns(
            path,
            texts=texts,
            token=self.token,
            tags=self.tags,
            underscores=self.underscores,
        ).documents
