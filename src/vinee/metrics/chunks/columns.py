"""Chunks of tags in Arrow columns: lists of codes or texts, read from their buffers.

No row becomes a Python object. Offsets and whole numbers are used where they lie, so that a file
that is mapped into memory is read once, and never copied as a whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from vinee.errors import InvalidError, SchemaError, Where
from vinee.metrics.chunks.reading import Side
from vinee.metrics.chunks.tallying import ChunkTally, check_lengths

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    import pyarrow as pa

    from vinee.metrics.chunks.schemes import Mode, Scheme
    from vinee.metrics.chunks.tallying import ChunkCounts, Unit

    IntArray = npt.NDArray[np.int64]


class _Rows(NamedTuple):
    side: Side
    lengths: IntArray


def from_columns(  # noqa: PLR0913, PLR0917 -- two sides, and the settings of one reading
    gold: pa.Array[Any] | pa.ChunkedArray[Any],
    predicted: pa.Array[Any] | pa.ChunkedArray[Any],
    names: Sequence[str] | None = None,
    mode: Mode = "default",
    scheme: Scheme = "IOB2",
    unit: Unit = "sentence",
) -> ChunkCounts:
    """Count the chunks of tags in two Arrow columns, as `flat.chunk_counts` does.

    Args:
        gold: One list of tags for each sentence: whole numbers, texts, or texts encoded as a
            dictionary. It may be a slice, or of several chunks.
        predicted: The same number of lists, of the same lengths; its type may differ.
        names: The tag of each code, where a column holds whole numbers.
        mode: Which of seqeval's two readings.
        scheme: The scheme of mode ``strict``; mode ``default`` has none.
        unit: What has a row of its own in the table: each ``sentence``, or the ``corpus``.

    Raises:
        SchemaError: A column does not hold lists of tags, or its codes have no names.
        InvalidError: A list or tag is null, the lengths differ, or a tag is refused.
        UnknownNameError: There is no such mode, scheme or unit.
    """
    import pyarrow as pa

    tally = ChunkTally(mode, scheme, unit)
    check_lengths(np.zeros(len(gold), np.int64), np.zeros(len(predicted), np.int64))
    # A table cuts both into pieces of the same rows.
    for batch in pa.table([gold, predicted], names=["gold", "predicted"]).to_batches():
        add_batch(tally, batch, "gold", "predicted", names)
    return tally.counts()


def add_batch(
    tally: ChunkTally, batch: pa.RecordBatch, gold: str, predicted: str, names: Sequence[str] | None
) -> None:
    """Count the chunks of the sentences of a batch.

    Args:
        tally: Where to.
        batch: The rows.
        gold: Name of the column of gold tags.
        predicted: Name of the other.
        names: The tag of each code, where a column holds whole numbers.

    Raises:
        SchemaError: A column does not hold lists of tags, or its codes have no names.
        InvalidError: A list or tag is null, the lengths differ, or a tag is refused.
    """
    first = tally.sentences
    wanted, given = (_rows(batch.column(name), name, names, first) for name in (gold, predicted))
    check_lengths(wanted.lengths, given.lengths, first)
    tally.add(wanted.side, given.side, wanted.lengths)


def _rows(column: pa.Array[Any], name: str, names: Sequence[str] | None, first: int) -> _Rows:
    import pyarrow as pa

    path = f"$[{{}}].{name}"
    if not isinstance(column, pa.ListArray | pa.LargeListArray):
        raise _shape(name, column.type)
    if column.null_count:
        row = first + int(np.argmax(_nulls(column)))
        raise InvalidError("tags-null", Where(path=path.format(row)), "must be a list, not null")
    offsets = _numbers(column.offsets) if len(column) else np.zeros(1, dtype=np.int32)
    start, stop = int(offsets[0]), int(offsets[-1])
    items = column.values.slice(start, stop - start)
    if items.null_count:
        at = int(np.argmax(_nulls(items)))
        row = int(np.searchsorted(offsets, start + at, side="right")) - 1
        where = Where(path=f"{path.format(first + row)}[{start + at - int(offsets[row])}]")
        raise InvalidError("tags-null", where, "must be a tag, not null")
    codes, tags = _coded(items, name, names)
    return _Rows(Side(codes, tags, path), np.diff(offsets).astype(np.int64, copy=False))


def _coded(
    items: pa.Array[Any], name: str, names: Sequence[str] | None
) -> tuple[npt.NDArray[Any], Sequence[object]]:
    import pyarrow as pa

    if isinstance(items, pa.StringArray | pa.LargeStringArray):
        items = items.dictionary_encode()
    if isinstance(items, pa.DictionaryArray):
        return _numbers(items.indices), items.dictionary.to_pylist()
    if not pa.types.is_integer(items.type) and not pa.types.is_null(items.type):
        raise _shape(name, items.type)
    if names is None:
        problem = f"column {name!r} holds codes, so names must give the tag of each"
        raise SchemaError("schema", Where(path=f"$.{name}"), problem)
    if pa.types.is_null(items.type):  # no item at all, or there would be nulls
        return np.zeros(0, dtype=np.uint8), names
    return _numbers(items), names


def _shape(name: str, type_: pa.DataType) -> SchemaError:
    problem = f"column {name!r} must hold lists of codes or texts (got {type_})"
    return SchemaError("schema", Where(path=f"$.{name}"), problem)


def _numbers(array: pa.Array[Any]) -> npt.NDArray[Any]:
    """View an array without nulls; pyarrow's own `to_numpy` would import pandas."""
    buffer = array.buffers()[1]
    dtype = np.dtype(str(array.type))
    if buffer is None or not len(array):
        return np.zeros(0, dtype=dtype)
    start = array.offset * dtype.itemsize
    return np.frombuffer(memoryview(buffer), dtype=dtype, count=len(array), offset=start)


def _nulls(array: pa.Array[Any]) -> list[bool]:
    return [bool(each) for each in array.is_null().to_pylist()]
