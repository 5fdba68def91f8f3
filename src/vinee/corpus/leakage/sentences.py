"""Sentences with the place where they stand, from whatever another corpus comes in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.corpus.foreign import opening
from vinee.corpus.leakage import dataset, rows
from vinee.errors import InputError, MalformedError, SchemaError, Where
from vinee.formats import native
from vinee.formats.detect import detect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vinee.model import Document

# What a folder is searched for: its files of the first of these kinds that it holds.
_KINDS = (".parquet", ".jsonl", ".json", ".txt")
_TEXTS = ("jsonl", "hf")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands.

    Attributes:
        text: The sentence as it is written; of tokens, joined by spaces.
        document: The ``doc_id``, or the file where rows have none, which then is a split.
        number: Its number in the document, from 0.
        where: File and line (or row) in which it stands, the line where there is one.
    """

    text: str
    document: str
    number: int
    where: Where


def read(path: Path) -> Iterator[Sentence]:
    """Read the sentences of a corpus one by one.

    Args:
        path: A document in JSON; JSON Lines or Parquet with ``text``, ``tokens`` or ``words``
            in each row; plain text; whatever else can be gold, such as columns, brat or TimeML;
            or a folder: an exported dataset, of which the card's default config is read, or
            files of the first kind found of Parquet, JSON Lines, JSON and plain text, at any
            depth.

    Raises:
        InputError: There is nothing to read, or it cannot be read; the message has the place.
    """
    numbers: Counter[str] = Counter()
    for row, name in _named(path):
        document = row.document or name
        for text in row.sentences:
            yield Sentence(text, document, numbers[document], row.where)
            numbers[document] += 1


def _named(path: Path) -> Iterator[tuple[rows.Row, str]]:
    """Give each row, and the name of the document or split that it is of if it says none."""
    if _is_annotated(path):
        for where, document in _documents(path):
            yield rows.of_document(document, where), document.doc_id
        return
    for file, name in _files(path):
        for row in _rows(file):
            yield row, name


def _is_annotated(path: Path) -> bool:
    """Tell whether it is in a format of annotated documents that is no JSON or table of texts."""
    if not (path.is_file() or path.is_dir()):
        return False
    try:
        return detect(path).format not in _TEXTS
    except InputError:
        return False  # plain text, or a folder of folders


def _documents(path: Path) -> Iterator[tuple[Where, Document]]:
    """Give the documents; a fault in annotations, which nothing here looks at, does not matter."""
    opened = opening.read(path)
    found = {each.doc_id for each in opened.whole}
    for where, item in opened.rows:
        if not isinstance(item, InputError):
            yield where, item
        elif item.where.doc_id not in found:
            raise item


def _files(path: Path) -> list[tuple[Path, str]]:
    """Give each file, and the name of the document or split that it is."""
    where = Where(file=str(path))
    if path.is_dir():
        listed = dataset.default_files(path)
        every = listed or sorted(file for file in path.rglob("*") if file.is_file())
        found = next(filter(None, ([f for f in every if f.suffix == kind] for kind in _KINDS)), [])
        if not found:
            problem = f"the folder holds no file of {', '.join(_KINDS)}; choose another"
            raise MalformedError("no-documents", where, problem)
        return [(file, _name(file.relative_to(path))) for file in found]
    if not path.exists():
        problem = "no such file or folder; check the path"
        raise MalformedError("no-documents", where, problem)
    if path.suffix not in _KINDS:
        problem = f"what it holds is not known; name it one of {', '.join(_KINDS)}"
        raise SchemaError("unknown-suffix", where, problem)
    return [(path, path.stem)]


def _name(relative: Path) -> str:
    return relative.with_suffix("").as_posix()


def _rows(file: Path) -> Iterator[rows.Row]:
    if file.suffix == ".parquet":
        return dataset.read(file)
    if file.suffix == ".jsonl":
        return rows.read_lines(file)
    if file.suffix == ".txt":
        return rows.read_plain(file)
    document = native.read(file)
    return iter([rows.of_document(document, Where(file=str(file)))])
