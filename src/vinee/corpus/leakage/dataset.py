"""Exported datasets: a folder with Parquet files, and a card that says which are which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from vinee.corpus.leakage import rows
from vinee.errors import MalformedError, SchemaError, Where
from vinee.formats import native

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def default_files(folder: Path) -> list[Path]:
    """Give the files of the default config that a card names, else of its first one.

    Configs are several views of the same texts, so that reading all would count them twice.
    The list is empty where there is no card, or it names no config.

    Raises:
        SchemaError: The card's header is not YAML, or names files that are not there.
    """
    card = folder / "README.md"
    if not card.is_file():
        return []
    parts = native.read_text(card).split("---\n", 2)
    where = Where(file=str(card))
    try:
        header = yaml.safe_load(parts[1]) if len(parts) > 2 and not parts[0] else None  # noqa: PLR2004  nothing, the header, the rest
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SchemaError("card-schema", where, f"{error}; mend the card's header") from error
    configs = header.get("configs") if isinstance(header, dict) else None
    if not isinstance(configs, list) or not configs:
        return []
    chosen = next((c for c in configs if isinstance(c, dict) and c.get("default")), configs[0])
    patterns = list(_patterns(chosen.get("data_files") if isinstance(chosen, dict) else None))
    found = [sorted(folder.glob(pattern)) for pattern in patterns]
    for pattern, files in zip(patterns, found, strict=True):
        if not files:
            raise SchemaError("card-schema", where, f"{pattern!r} leads to no file; mend the card")
    return [file for files in found for file in files]


def _patterns(data_files: Any) -> Iterator[str]:  # noqa: ANN401 - a card may hold anything
    """Give the patterns of a config: a string, a list, or lists by split."""
    if isinstance(data_files, str):
        yield data_files
    elif isinstance(data_files, list):
        for item in data_files:
            yield from _patterns(item)
    elif isinstance(data_files, dict):
        yield from _patterns(data_files.get("path"))


def read(path: Path) -> Iterator[rows.Row]:
    """Read the rows of a Parquet file; imports ``pyarrow``.

    Raises:
        MalformedError: It is no Parquet file, or cannot be read.
        SchemaError: It has neither ``text`` nor ``tokens`` nor ``words``, or a row lacks them.
    """
    from pyarrow import ArrowException, parquet

    try:
        with parquet.ParquetFile(path) as file:
            present = file.schema_arrow.names
            columns = [name for name in rows.COLUMNS if name in present]
            if not {"text", "tokens", "words"} & {*columns}:
                problem = (
                    "has neither 'text' nor 'tokens' nor 'words', but "
                    f"{', '.join(map(repr, present))}; rename a column"
                )
                raise SchemaError("schema", Where(file=str(path)), problem)
            number = 0
            for batch in file.iter_batches(columns=columns):
                for value in batch.to_pylist():
                    number += 1
                    yield rows.of_mapping(value, Where(file=str(path), line=number))
    except (ArrowException, OSError) as error:
        problem = f"cannot be read as Parquet: {error}; write it again"
        raise MalformedError("not-parquet", Where(file=str(path)), problem) from error
