"""Tables of a dataset on disk: rows as Python values, labels by their names."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from vinee.errors import MalformedError, SchemaError, UnknownNameError, VineeError, Where
from vinee.formats import native
from vinee.formats.hf import labels, repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pyarrow as pa
    from datasets import Dataset, Features

Row = dict[str, Any]

_ARROW = b"ARROW1"
_SAVED = ("dataset_dict.json", "state.json")


@dataclass(frozen=True)
class Table:
    """The rows of one split.

    Attributes:
        file: The file or folder that they are from.
        split: Its name; None if the dataset has but one.
        columns: Names of the columns.
        rows: The rows; a ``ClassLabel`` is its name.
    """

    file: Path
    split: str | None
    columns: tuple[str, ...]
    rows: list[Row]


def read(path: Path, config: str | None, split: str | None) -> list[Table]:
    """Read the tables of a file or a folder.

    Raises:
        InputError: There are none, or they cannot be read.
        UnknownNameError: There is no config or split of that name.
    """
    if not path.exists():
        problem = (
            "no such file or folder; nothing is looked for on the Hub: download the dataset, and "
            "give its folder"
        )
        raise MalformedError("no-documents", Where(file=str(path)), problem)
    with _told(path):
        sources = _sources(path, config)
    names = {source.split for source in sources if source.split is not None}
    if split is not None and split not in names:
        raise UnknownNameError("split", split, names)
    found = []
    for source in sources:
        if split in {None, source.split}:
            with _told(source.file):
                table, features = source.open()
                # Arrow is not checked when it is read: offsets that lead anywhere would be obeyed.
                table.validate(full=True)
            found.append(_table(source, table, features, several=len(names) > 1))
    return _joined(path, found)


def _joined(path: Path, found: list[Table]) -> list[Table]:
    """Join the files of each split: a document may begin in one and end in the next."""
    joined: dict[tuple[str | None, tuple[str, ...]], Table] = {}
    for table in found:
        key = table.split, table.columns
        before = joined.get(key)
        joined[key] = (
            table if before is None else replace(table, file=path, rows=before.rows + table.rows)
        )
    return list(joined.values())


class _Source(NamedTuple):
    file: Path
    split: str | None
    open: Callable[[], tuple[pa.Table, Features]]


def _sources(path: Path, config: str | None) -> list[_Source]:
    if not path.is_dir():
        return [_Source(path, None, partial(_opened, path))]
    if any((path / name).is_file() for name in _SAVED):
        return list(_saved(path))
    parts, features = repository.parts(path, config)
    return [_Source(file, name, partial(_opened, file, features)) for name, file in parts]


def _saved(path: Path) -> Iterator[_Source]:
    """Load what ``save_to_disk`` made; it holds Arrow and JSON, and nothing is unpickled."""
    import datasets

    loaded = datasets.load_from_disk(str(path.resolve()))
    splits = loaded if isinstance(loaded, datasets.DatasetDict) else {loaded.split: loaded}
    for name, rows in splits.items():
        yield _Source(path, None if name is None else str(name), partial(_whole, rows))


def _whole(rows: Dataset) -> tuple[pa.Table, Features]:
    return rows.with_format("arrow")[:], rows.features


def _opened(file: Path, features: Features | None = None) -> tuple[pa.Table, Features]:
    import pyarrow as pa
    import pyarrow.parquet as pq
    from datasets import Features

    if file.suffix != ".arrow":
        table = pq.ParquetFile(file).read()
    else:
        content = native.read_bytes(file)
        is_file = content.startswith(_ARROW)
        table = (pa.ipc.open_file if is_file else pa.ipc.open_stream)(content).read_all()
    return table, features or Features.from_arrow_schema(table.schema)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell what pyarrow, ``datasets`` and the operating system make of a broken file."""
    import pyarrow as pa

    try:
        yield
    except VineeError:
        raise
    except (
        OSError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        ArithmeticError,
        RuntimeError,
        MemoryError,
        pa.ArrowException,
    ) as error:
        # `datasets` believes what JSON beside the Arrow says, and fails in every possible way.
        reason = str(error) or type(error).__name__
        problem = f"cannot be read: {reason}; is it whole, and Parquet or Arrow?"
        raise MalformedError("unreadable", Where(file=str(path)), problem) from error


def _table(source: _Source, table: pa.Table, features: Features, *, several: bool) -> Table:
    rows = table.to_pylist()
    decoders = {
        name: decode
        for name, feature in features.items()
        if (decode := labels.decoder(feature)) is not None
    }
    for number, row in enumerate(rows):
        for name, decode in decoders.items():
            try:
                row[name] = decode(row.get(name))
            except (IndexError, TypeError) as error:
                where = Where(file=str(source.file), path=f"$[{number}].{name}")
                problem = f"a label has no name: {error}; the card or the schema must list it"
                raise SchemaError("hf-label", where, problem) from error
    split = source.split if several else None
    return Table(source.file, split, tuple(table.column_names), rows)
