"""Opening documents in whatever format they are; the one place that asks for detection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.corpus.labelmap.targets import nearest
from vinee.errors import InputError, MalformedError, UnknownNameError, Where, printable
from vinee.formats import archive, native, registry, short
from vinee.formats.contract import ReadsOn, strictly
from vinee.formats.detect import detect

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vinee.formats.contract import Format
    from vinee.model import Document

NATIVE = "jsonl"
COLUMNS = "columns"


class UnknownFormatError(UnknownNameError):
    """There is no format of that name; the message has the nearest names and all of them."""

    def __init__(self, name: str) -> None:
        super().__init__("format", name, registry.names())
        close = nearest(name, registry.names())
        known = printable(", ".join(self.known))
        self.args = (f"unknown format {name!r}; {close}known: {known}",)


@dataclass(frozen=True, slots=True)
class Opened:
    """What was read.

    Attributes:
        format: Name of the format.
        rows: Each document with its place, or the error that stands in its stead.
        how: How the format was found, in words; None if it was named.
        notes: What the reader found out about the files, in words.
    """

    format: str
    rows: tuple[tuple[Where, Document | InputError], ...]
    how: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def whole(self) -> tuple[Document, ...]:
        """The documents that there are, whatever else is wrong."""
        return tuple(item for _, item in self.rows if not isinstance(item, InputError))

    def documents(self) -> tuple[Document, ...]:
        """Give the documents.

        Raises:
            InputError: One could not be read.
        """
        return strictly(self.rows)


def named(name: str) -> Format:
    """Return the format of that name.

    Raises:
        UnknownFormatError: There is none.
    """
    if name not in registry.names():
        raise UnknownFormatError(name)
    return registry.get(name)


def read(
    path: Path,
    format_: str | None = None,
    texts: Mapping[str, str] | None = None,
    *,
    predicted: bool = False,
) -> Opened:
    """Read documents in a format, or in the one that they seem to be in.

    Our own JSON gives each line's error in its place, columns those of rows and tags, brat those
    of its lines, TimeML those of its files; any other format is read whole or not at all.

    Args:
        path: A file or a folder; a pipe is read as JSON Lines.
        format_: Name of the format; it is detected if not given.
        texts: The text of each ``doc_id``. Documents that these do not have are read as they
            are without.
        predicted: Whether these are predictions: our own JSON may then have one of the short
            forms that `vinee.formats.short` reads, which no gold has.

    Raises:
        UnknownFormatError: There is no such format.
        InputError: There is nothing at the path, its format is none that we know, or what is
            there is not in that format; the message has the file.
    """
    name, how = (format_, None) if format_ is not None else _detected(path)
    chosen = archive.fitting(named(name), path)
    if name == NATIVE:
        texts = (texts or {}) if predicted else None
        if archive.kind_of(path) is None:
            decoder = None if texts is None else short.decoder(texts)
            return Opened(name, tuple(native.read_all(path, decoder)), how)
    if not path.exists():
        problem = "no such file or folder; check the path"
        raise MalformedError("no-documents", Where(file=str(path)), problem)
    where = Where(file=str(path))
    try:
        if name == COLUMNS and archive.kind_of(path) is None:
            return _columns(path, texts, how)
        reader = registry.get(name)
        if isinstance(reader, ReadsOn):
            return Opened(name, _rows(reader, path, texts), how)
        documents = _read(chosen, path, texts)
    except InputError as error:
        raise _in_file(error, path) from error
    except OSError as error:
        problem = f"cannot be read as {name}: {error.strerror or error}; check the path"
        raise MalformedError("unreadable", where, problem) from error
    return Opened(name, tuple((where, each) for each in documents), how)


def _detected(path: Path) -> tuple[str, str | None]:
    """Name the format that a path seems to be in, and say what it was known by."""
    if not (path.is_file() or path.is_dir()):
        # A pipe can be read once only, and what is wrong with a missing file its reader says.
        return NATIVE, None
    found = detect(path)
    return found.format, str(found)


def _columns(path: Path, texts: Mapping[str, str] | None, how: str | None) -> Opened:
    """Read columns with their report: what was detected, and every tag that had to be guessed."""
    from vinee.formats.columns import read_columns

    found = read_columns(path, texts=texts, lenient=True)
    rows: list[tuple[Where, Document | InputError]] = []
    rows += [(error.where, error) for error in found.findings]
    rows += [(Where(file=str(path)), each) for each in found.documents]
    warning = found.report.warning
    notes = (str(found.report),) if warning is None else (str(found.report), warning)
    return Opened(COLUMNS, tuple(rows), how, notes)


def _rows(
    reader: ReadsOn, path: Path, texts: Mapping[str, str] | None
) -> tuple[tuple[Where, Document | InputError], ...]:
    if archive.kind_of(path) is None:
        return tuple(reader.read_rows(path, texts))
    with archive.unpacked(path) as folder:
        return tuple(
            archive.retold(where, item, path, folder)
            for where, item in reader.read_rows(archive.content(folder), texts)
        )


def _read(chosen: Format, path: Path, texts: Mapping[str, str] | None) -> tuple[Document, ...]:
    try:
        return chosen.read(path, texts)
    except InputError as error:
        if error.code != "doc-unknown" or texts is None:
            raise
    # Some formats refuse documents whose text is not given; with texts of their own these
    # documents come through, and the caller says what it thinks of them.
    own = {each.doc_id: each.text or "" for each in chosen.read(path, None)}
    return chosen.read(path, {**own, **texts})


def _in_file(error: InputError, path: Path) -> InputError:
    if error.where.file is not None:
        return error
    where = Where(str(path), error.where.line, error.where.doc_id, error.where.path)
    return type(error)(error.code, where, error.problem)
