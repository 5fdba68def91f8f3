"""Rows of other corpora: a text or tokens, and perhaps the id of a document."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from vinee import text as segment
from vinee.errors import MalformedError, SchemaError, Where
from vinee.formats import diagnosis

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from vinee.model import Document

COLUMNS = ("doc_id", "text", "tokens", "words", "sentences")


@dataclass(frozen=True, slots=True)
class Row:
    """The sentences of a row, the document that they are of if it says so, and its place."""

    sentences: tuple[str, ...]
    document: str | None
    where: Where


class _Fields(msgspec.Struct, frozen=True):
    doc_id: str | int | None = None
    text: str | None = None
    tokens: list[str] | None = None
    words: list[str] | None = None
    sentences: Any = None


class _Place(msgspec.Struct, frozen=True):
    start: int
    end: int


def of_mapping(value: Mapping[str, object], where: Where) -> Row:
    """Read a row: its ``text``, else its ``tokens``, else its ``words``.

    A text is cut at the spans of ``sentences`` if it has any, else by rule; tokens are one
    sentence, and the underscores that join the syllables of a word are undone.

    Raises:
        SchemaError: It has none of these, or they are of another type.
    """
    try:
        fields = msgspec.convert(value, _Fields)
    except msgspec.ValidationError as error:
        raise SchemaError("schema", where, f"{error}; correct it") from error
    document = None if fields.doc_id is None else str(fields.doc_id)
    tokens = fields.words if fields.tokens is None else fields.tokens
    if fields.text is not None:
        return Row(_sentences(fields.text, fields.sentences), document, where)
    if tokens is None:
        problem = "has neither 'text' nor 'tokens' nor 'words'; name one of its fields so"
        raise SchemaError("schema", where, problem)
    return Row((" ".join(map(_without_joiners, tokens)),), document, where)


def of_document(document: Document, where: Where) -> Row:
    """Give the sentences of a document of ours.

    Raises:
        SchemaError: It has no text.
    """
    if document.text is None:
        where = Where(where.file, where.line, document.doc_id, "$.text")
        raise SchemaError("no-text", where, "the document has no text to compare; add it")
    spans = msgspec.to_builtins(document.sentences)
    return Row(_sentences(document.text, spans), document.doc_id, where)


def read_lines(path: Path) -> Iterator[Row]:
    """Read JSON Lines, an object a line.

    Raises:
        MalformedError: The file cannot be read, or a line is not UTF-8 or not JSON.
        SchemaError: A line is no such row.
    """
    for where, line in _lines(path):
        if not line.strip():
            continue
        try:
            value = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError) as error:
            raise diagnosis.explain(line, error, where) from error
        if not isinstance(value, dict):
            problem = f"expected an object with 'text' or 'tokens', got {json.dumps(value)[:40]}"
            raise SchemaError("schema", where, f"{problem}; write one a line")
        yield of_mapping(value, where)


def read_plain(path: Path) -> Iterator[Row]:
    """Read plain text, a paragraph a line; the file is the document.

    Raises:
        MalformedError: The file cannot be read, or is not UTF-8.
    """
    for where, line in _lines(path):
        yield Row(_sentences(line, None), None, where)


def _sentences(text: str, spans: object) -> tuple[str, ...]:
    try:
        places = msgspec.convert(spans, list[_Place] | None)
    except msgspec.ValidationError:
        places = None  # what others call sentences may be anything
    if places:
        return tuple(text[place.start : place.end] for place in places)
    return tuple(text[start:end] for start, end in segment.sentences(text))


def _without_joiners(token: str) -> str:
    return token.replace("_", " ") if token.strip("_") else token


def _lines(path: Path) -> Iterator[tuple[Where, str]]:
    """Read lines one by one: another corpus may be larger than the memory."""
    where = Where(file=str(path))
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                where = Where(file=str(path), line=number)
                yield where, line.decode("utf-8")
    except UnicodeDecodeError as error:
        problem = f"byte {error.start} of the line is not UTF-8; save as UTF-8"
        raise MalformedError("not-utf8", where, problem) from error
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}; give a readable file"
        raise MalformedError("unreadable", where, problem) from error
