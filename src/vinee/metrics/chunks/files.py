"""Chunks of tags in Parquet and Arrow files, batch by batch."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from vinee.errors import InputError, MalformedError, SchemaError, Where
from vinee.metrics.chunks.columns import add_batch
from vinee.metrics.chunks.tallying import ChunkTally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from os import PathLike

    import pyarrow as pa

    from vinee.metrics.chunks.schemes import Mode, Scheme
    from vinee.metrics.chunks.tallying import ChunkCounts, Unit

BATCH = 1 << 14  # sentences that are read at a time
_MAGIC = b"ARROW1"  # what an Arrow file begins with, and an Arrow stream does not


def from_parquet(  # noqa: PLR0913, PLR0917 -- a file's columns, and the settings of one reading
    path: str | PathLike[str],
    gold: str = "gold",
    predicted: str = "predicted",
    names: Sequence[str] | None = None,
    mode: Mode = "default",
    scheme: Scheme = "IOB2",
    unit: Unit = "sentence",
    batch: int = BATCH,
) -> ChunkCounts:
    """Count the chunks of tags in a Parquet file, as `flat.chunk_counts` does.

    No more than `batch` sentences are in memory at a time, beside what is read ahead of the file;
    with the unit ``sentence``, also the table.

    Args:
        path: The file; a row is a sentence.
        gold: Name of the column of gold tags: lists of whole numbers or of texts.
        predicted: Name of the column of predicted tags.
        names: The tag of each code, where a column holds whole numbers.
        mode: Which of seqeval's two readings.
        scheme: The scheme of mode ``strict``; mode ``default`` has none.
        unit: What has a row of its own in the table: each ``sentence``, or the ``corpus``.
        batch: Sentences that are read at a time.

    Raises:
        MalformedError: The file cannot be read as Parquet.
        SchemaError: A column is missing or does not hold lists of tags, or codes have no names.
        InvalidError: A list or tag is null, the lengths differ, or a tag is refused.
        UnknownNameError: There is no such mode, scheme or unit.
    """
    tally = ChunkTally(mode, scheme, unit)
    with _reading(path, "Parquet"):
        _add(tally, _parquet_batches(path, (gold, predicted), batch), gold, predicted, names)
    return tally.counts()


def from_arrow(  # noqa: PLR0913, PLR0917 -- as `from_parquet`
    path: str | PathLike[str],
    gold: str = "gold",
    predicted: str = "predicted",
    names: Sequence[str] | None = None,
    mode: Mode = "default",
    scheme: Scheme = "IOB2",
    unit: Unit = "sentence",
) -> ChunkCounts:
    """Count the chunks of tags in an Arrow file, which is mapped into memory.

    Args:
        path: The file, in Arrow's file or stream format; a row is a sentence.
        gold: Name of the column of gold tags: lists of whole numbers, of texts, or of texts that
            are encoded as a dictionary.
        predicted: Name of the column of predicted tags.
        names: The tag of each code, where a column holds whole numbers.
        mode: Which of seqeval's two readings.
        scheme: The scheme of mode ``strict``; mode ``default`` has none.
        unit: What has a row of its own in the table: each ``sentence``, or the ``corpus``.

    Raises:
        MalformedError: The file cannot be read as Arrow.
        SchemaError: A column is missing or does not hold lists of tags, or codes have no names.
        InvalidError: A list or tag is null, the lengths differ, or a tag is refused.
        UnknownNameError: There is no such mode, scheme or unit.
    """
    tally = ChunkTally(mode, scheme, unit)
    with _reading(path, "Arrow"):
        _add(tally, _arrow_batches(path, (gold, predicted)), gold, predicted, names)
    return tally.counts()


def _add(
    tally: ChunkTally,
    batches: Iterable[pa.RecordBatch],
    gold: str,
    predicted: str,
    names: Sequence[str] | None,
) -> None:
    for batch in batches:
        add_batch(tally, batch, gold, predicted, names)


def _parquet_batches(
    path: str | PathLike[str], columns: tuple[str, str], size: int
) -> Iterator[pa.RecordBatch]:
    from pyarrow import parquet

    metadata = parquet.read_metadata(Path(path))
    leaves = [metadata.schema.column(at) for at in range(metadata.num_columns)]
    # Texts stay encoded, as the dictionary that the file has of them.
    texts = [each.path for each in leaves if each.physical_type == "BYTE_ARRAY"]
    wanted = [each for each in texts if each.partition(".")[0] in columns]
    with parquet.ParquetFile(Path(path), metadata=metadata, read_dictionary=wanted) as file:
        _check_columns(file.schema_arrow, columns)
        for group in range(file.num_row_groups):
            yield from file.iter_batches(size, row_groups=[group], columns=list(columns))


def _arrow_batches(path: str | PathLike[str], columns: tuple[str, str]) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    with Path(path).open("rb") as head:
        is_stream = head.read(len(_MAGIC)) != _MAGIC
    with pa.memory_map(str(path)) as source:
        if is_stream:
            with pa.ipc.open_stream(source) as stream:
                _check_columns(stream.schema, columns)
                for batch in stream:
                    yield from _parts(batch)
        else:
            with pa.ipc.open_file(source) as file:
                _check_columns(file.schema, columns)
                for at in range(file.num_record_batches):
                    yield from _parts(file.get_batch(at))


def _parts(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Cut a batch, without copying it; one may be as long as its file."""
    for start in range(0, batch.num_rows, BATCH):
        yield batch.slice(start, BATCH)


def _check_columns(schema: pa.Schema, columns: tuple[str, str]) -> None:
    for name in columns:
        if schema.names.count(name) != 1:
            present = ", ".join(map(repr, schema.names))
            problem = f"must have one column {name!r} (got {present}); name the columns to read"
            raise SchemaError("schema", Where(), problem)


@contextmanager
def _reading(path: str | PathLike[str], kind: str) -> Iterator[None]:
    """Name the file in every error."""
    from pyarrow import ArrowException

    try:
        yield
    except InputError as error:
        where = Where(file=str(path), path=error.where.path)
        raise type(error)(error.code, where, error.problem) from None
    except (ArrowException, OSError) as error:
        problem = f"cannot be read as {kind}: {error}; write it again"
        raise MalformedError(f"not-{kind.lower()}", Where(file=str(path)), problem) from error
