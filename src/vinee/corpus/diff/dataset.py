"""The documents of an exported dataset: the rows of config ``documents`` made documents again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from vinee.errors import MalformedError, SchemaError, Where
from vinee.formats import native
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = "data/documents"


def read(folder: Path) -> Iterator[tuple[Where, Document]]:
    """Read ``data/documents/*.parquet`` of a dataset's folder.

    A column that is missing or null is a layer that was not annotated. Columns that documents
    do not have, such as the outlet, are left aside.

    Yields:
        Each document, with the file and row that it was read from.

    Raises:
        MalformedError: There is no such file, or one is not Parquet.
        SchemaError: A row is not a document.
    """
    files = sorted((folder / FOLDER).glob("*.parquet"))
    if not files:
        raise MalformedError(
            "no-documents",
            Where(file=str(folder / FOLDER)),
            "the folder holds no *.parquet file; build the dataset again",
        )
    for file in files:
        yield from _rows(file)


def _rows(file: Path) -> Iterator[tuple[Where, Document]]:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    where = Where(file=str(file))
    try:
        # Reading by `ParquetFile` spares the import of pandas.
        rows = pq.ParquetFile(io.BytesIO(native.read_bytes(file))).read().to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise MalformedError(
            "not-parquet", where, f"not Parquet: {error}; build it again"
        ) from error
    for number, row in enumerate(rows):
        where = Where(file=str(file), path=f"$[{number}]")
        try:
            yield where, _document(row)
        except msgspec.ValidationError as error:
            raise SchemaError("schema", where, f"the row is no document: {error}") from error


def _document(row: dict[str, Any]) -> Document:
    fields = {name: row[name] for name in Document.__struct_fields__ if name in row}
    events = msgspec.convert(fields.get("events"), list[dict[str, Any]] | None)
    for event in events or ():
        arguments = msgspec.convert(event.get("arguments"), list[dict[str, Any]])
        event["arguments"] = [dict(filter(_is_given, each.items())) for each in arguments]
    return msgspec.convert({**fields, "events": events}, Document)


def _is_given(field: tuple[str, object]) -> bool:
    """Tell a filler from the other way of giving one, which Parquet writes as null."""
    name, value = field
    return value is not None or name not in {"ref", "span"}
