"""Rows of documents: the columns of the ``documents`` config, and what others add to them."""

from __future__ import annotations

import json
import math
from datetime import date, time
from typing import TYPE_CHECKING, Any, NamedTuple

from vinee.errors import Where
from vinee.formats import native
from vinee.model import LAYERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vinee.formats.hf.tables import Row, Table
    from vinee.model import Document

_LISTS = frozenset({*LAYERS, "arguments"})
# A row with one of these is part of a document: its offsets count from somewhere else.
_OF_PARTS = frozenset({"tokens", "words", "start", "end", "passages"})


class Group(NamedTuple):
    """The rows that make one document."""

    doc_id: str
    rows: list[Row]


class Shape(NamedTuple):
    """A kind of rows: whether a table has it, which rows are one document, and the document."""

    fits: Callable[[Table], bool]
    groups: Callable[[Table], list[Group]]
    document: Callable[[Table, Group, Mapping[str, str] | None], Document]


def id_of(table: Table, number: int, *columns: str) -> str:
    """Give the id of a row: the first of the columns that has one, else file and number."""
    row = table.rows[number]
    known = (row[name] for name in columns if row.get(name) is not None)
    return str(next(known, f"{table.file.stem}-{number}"))


def _fits(table: Table) -> bool:
    columns = set(table.columns)
    named = columns & {"doc_id", "id"}
    return bool(
        not columns & _OF_PARTS and ("text" in columns or (named and columns & set(LAYERS)))
    )


def _groups(table: Table) -> list[Group]:
    return [
        Group(id_of(table, number, "doc_id", "id"), [row]) for number, row in enumerate(table.rows)
    ]


def _document(table: Table, group: Group, _: Mapping[str, str] | None) -> Document:
    (row,) = group.rows
    where = Where(file=str(table.file), doc_id=group.doc_id)
    layers = {name: _pruned(_listed(row[name])) for name in LAYERS if row.get(name) is not None}
    value = {"doc_id": group.doc_id, "text": row.get("text"), "meta": _meta(row), **layers}
    return native.checked(value, where)


def _meta(row: Row) -> dict[str, Any] | None:
    id_column = "doc_id" if row.get("doc_id") is not None else "id"
    extra = {
        name: _plain(value)
        for name, value in row.items()
        if value is not None and name not in {id_column, "doc_id", "text", "meta", *LAYERS}
    }
    own = _decoded(row.get("meta"))
    return {**(own or {}), **extra} if extra else own


def _decoded(meta: Any) -> dict[str, Any] | None:  # noqa: ANN401 - whatever a column holds
    if isinstance(meta, str):
        try:
            meta = json.loads(meta)
        except (json.JSONDecodeError, RecursionError):
            return {"meta": meta}
    plain = _plain(meta)
    return plain if isinstance(plain, dict | None) else {"meta": plain}


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Give what JSON has for a value; what it has nothing for is refused when it is checked."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, date | time):  # a datetime is a date
        return value.isoformat()
    # pandas writes NaN where there is nothing
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _listed(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Make a list of structs of a struct of lists, as ``Sequence({...})`` has it.

    Lists that do not fit together are left as they are, for the check of shapes to refuse.
    """
    if not isinstance(value, dict):
        return value
    columns = list(value.values())
    if not all(isinstance(each, list) for each in columns) or len(set(map(len, columns))) > 1:
        return value
    names = list(value)
    return [dict(zip(names, parts, strict=True)) for parts in zip(*columns, strict=True)]


def _pruned(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Leave out fields without a value: a column has each of them in every row."""
    if isinstance(value, list):
        return [_pruned(part) for part in value]
    if not isinstance(value, dict):
        return value
    parts = {
        name: _pruned(_listed(part) if name in _LISTS else part) for name, part in value.items()
    }
    return {name: part for name, part in parts.items() if part is not None and part != {}}


SHAPE = Shape(_fits, _groups, _document)
