"""Parquet: rows to bytes, the same rows always to the same bytes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from datasets import Features

    from vinee.corpus.export.rows import Row


class File(NamedTuple):
    """An encoded Parquet file, with how many rows it has and how large they are in memory."""

    content: bytes
    rows: int
    memory: int


def encode(rows: Sequence[Row], features: Features, metadata: Mapping[str, str]) -> File:
    """Encode rows; ``metadata`` goes into the file's schema beside what ``datasets`` needs."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = features.arrow_schema
    own = {key.encode(): value.encode() for key, value in metadata.items()}
    table = pa.Table.from_pylist(
        [features.encode_example(row) for row in rows],
        schema=schema.with_metadata({**schema.metadata, **own}),
    )
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd")
    return File(buffer.getvalue(), table.num_rows, table.nbytes)
