"""ViNEE's own JSON: one document a file (gold), or one document a line (predictions)."""

from __future__ import annotations

import json
import math
import re
import textwrap
from typing import TYPE_CHECKING, Any

import msgspec

from vinee.errors import InputError, MalformedError, SchemaError, Where
from vinee.formats import atomic
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_AT = re.compile(r" - at `(?P<path>[^`]+)`$")
_DECODER = msgspec.json.Decoder(Document)
_ENCODER = msgspec.json.Encoder()


def read_text(path: Path) -> str:
    """Read a text as UTF-8 with every character kept, line ends included.

    Raises:
        MalformedError: The bytes are not UTF-8.
    """
    return _utf8(path.read_bytes(), Where(file=str(path)))


def read(path: Path) -> Document:
    """Read one document from a JSON file.

    Raises:
        MalformedError: Not UTF-8 or not JSON.
        SchemaError: Not the shape of a document; the message has the JSON path.
    """
    return decode(path.read_bytes(), Where(file=str(path)))


def write(path: Path, document: Document) -> None:
    """Write one document as indented JSON with a final newline, atomically."""
    atomic.write_bytes(path, msgspec.json.format(encode(document), indent=1) + b"\n")


def read_lines(path: Path) -> Iterator[tuple[int, Document | InputError]]:
    """Read a JSON Lines file of documents.

    Yields:
        The line's number (from 1) with its document, or with the error that it holds, so
        that the caller decides whether to stop or to count.
    """
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                yield number, decode(line, Where(file=str(path), line=number))
            except InputError as error:
                yield number, error


def read_all(path: Path) -> Iterator[tuple[Where, Document | InputError]]:
    """Read the documents of a JSON Lines file, or of all ``*.json`` files of a folder.

    Yields:
        Each document, or the error that stands in its place, with where it was read.

    Raises:
        MalformedError: There is neither a file nor a folder, or the folder holds no document.
    """
    if path.is_file():
        for number, item in read_lines(path):
            yield Where(file=str(path), line=number), item
        return
    files = sorted(path.glob("*.json"))
    if not files:
        what = "the folder holds no *.json file" if path.is_dir() else "no such file or folder"
        raise MalformedError("no-documents", Where(file=str(path)), what)
    for file in files:
        try:
            yield Where(file=str(file)), read(file)
        except InputError as error:
            yield Where(file=str(file)), error


def write_lines(path: Path, documents: Iterable[Document]) -> None:
    """Write documents as JSON Lines, atomically."""
    atomic.write_bytes(path, b"".join(encode(document) + b"\n" for document in documents))


def encode(document: Document) -> bytes:
    """Encode a document as compact JSON; the same document always gives the same bytes."""
    return _ENCODER.encode(document)


def decode(content: bytes, where: Where) -> Document:
    """Decode a document.

    Raises:
        MalformedError: Not UTF-8, not JSON, or a number that JSON does not have.
        SchemaError: Not the shape of a document.
    """
    text = _utf8(content, where)
    try:
        return _DECODER.decode(text)
    except msgspec.ValidationError as error:
        raise _schema_error(text, str(error), where) from error
    except msgspec.DecodeError as error:
        raise _malformed(text, str(error), where) from error


def _utf8(content: bytes, where: Where) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedError(
            "not-utf8",
            where,
            f"byte {error.start} (0x{content[error.start]:02x}) is not UTF-8; save as UTF-8",
        ) from error


def _schema_error(text: str, message: str, where: Where) -> SchemaError:
    found = _AT.search(message)
    path = found["path"] if found else "$"
    problem = message[: found.start()] if found else message
    return SchemaError(
        "schema",
        Where(where.file, where.line, where.doc_id, path),
        f"{problem}; got {_value_at(text, path)}",
    )


def _value_at(text: str, path: str) -> str:
    value: Any = json.loads(text)
    for key, index in re.findall(r"\.([^.\[\]]+)|\[(\d+)\]", path):
        value = value[key] if key else value[int(index)]
    shown = json.dumps(value, ensure_ascii=False)
    return textwrap.shorten(shown, 60, placeholder="…")


def _malformed(text: str, message: str, where: Where) -> MalformedError:
    """Tell NaN and infinity, which some writers emit, from JSON that is broken or cut off."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        return MalformedError(
            "not-json",
            where,
            f"not valid JSON at character {error.pos}: {error.msg}; is the line cut off?",
        )
    path = _non_finite(value, "$")
    if path is None:
        return MalformedError("not-json", where, message)
    return MalformedError(
        "not-finite",
        Where(where.file, where.line, where.doc_id, path),
        "NaN and infinity are not JSON; leave the score out or give a number",
    )


def _non_finite(value: object, path: str) -> str | None:
    if isinstance(value, float) and not math.isfinite(value):
        return path
    items: Iterable[tuple[str, object]] = ()
    if isinstance(value, dict):
        items = ((f"{path}.{key}", item) for key, item in value.items())
    elif isinstance(value, list):
        items = ((f"{path}[{index}]", item) for index, item in enumerate(value))
    return next((found for key, item in items if (found := _non_finite(item, key))), None)
