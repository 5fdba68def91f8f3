"""Other people's JSON: read into structs, with the place of everything that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from vinee.errors import MalformedError, Where
from vinee.formats import diagnosis, native

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Shape = TypeVar("Shape")


def read(path: Path, shape: type[Shape]) -> Shape:
    """Read a JSON file.

    Raises:
        MalformedError: The file cannot be read, is not UTF-8, or is not JSON.
        SchemaError: It is not of that shape; the message has the JSON path.
    """
    return _decode(native.read_text(path), shape, Where(file=str(path)))


def read_lines(path: Path, shape: type[Shape]) -> list[tuple[Where, Shape]]:
    """Read JSON Lines; empty lines are skipped.

    Returns:
        Each value with its file and line.

    Raises:
        MalformedError: The file cannot be read, is not UTF-8, holds no line, or a line is not
            JSON.
        SchemaError: A line is not of that shape; the message has line and JSON path.
    """
    # Not splitlines(): it also splits at U+2028 and its like, which may stand inside a string.
    lines = enumerate(native.read_text(path).split("\n"), start=1)
    values = [
        (where, _decode(line, shape, where))
        for number, line in lines
        if line.strip()
        for where in [Where(file=str(path), line=number)]
    ]
    if not values:
        where = Where(file=str(path))
        raise MalformedError("no-documents", where, "the file holds no document")
    return values


def lines(rows: Iterable[object]) -> bytes:
    """Encode one JSON value a line; the same values always give the same bytes."""
    return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)


def _decode(text: str, shape: type[Shape], where: Where) -> Shape:
    try:
        return msgspec.json.decode(text, type=shape)
    except (msgspec.DecodeError, RecursionError) as error:
        raise diagnosis.explain(text, error, where) from error
