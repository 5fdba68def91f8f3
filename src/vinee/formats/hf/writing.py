"""Documents as Parquet, and the card that makes a dataset repository of it."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

import msgspec

from vinee.errors import InvalidError, Where
from vinee.formats import atomic, native
from vinee.formats.hf.repository import CARD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from datasets import Features

    from vinee.model import Document

_NAME = "documents"
_PARQUET = f"{_NAME}.parquet"


def write(documents: Sequence[Document], path: Path) -> None:
    """Write a folder, or to a path that ends in ``.parquet`` that file alone.

    Raises:
        InputError: A document holds what JSON or a column does not have.
    """
    content = _parquet(documents)
    if path.suffix == ".parquet" and not path.is_dir():
        atomic.write_bytes(path, content)
        return
    # The Parquet says all by itself: between the two steps the folder can be read too.
    atomic.write_bytes(path / _PARQUET, content)
    atomic.write_text(path / CARD, _card(content, len(documents)))


def features() -> Features:
    """Give the columns: those of the ``documents`` config, and scores and meta; imports `datasets`.

    A layer without annotation is null, and ``meta`` is JSON, for its fields are anybody's.
    """
    from datasets import Features, List, Value

    string, number, score = Value("string"), Value("int32"), Value("float64")
    span = {"start": number, "end": number, "text": string}

    def strings(*names: str) -> dict[str, Any]:
        return dict.fromkeys(names, string)

    mention = strings("type", "level", "gpe_role", "entity")
    argument = {**strings("role", "ref"), "span": span, "implicit": Value("bool")}
    event = {
        **strings("id", "type"),
        "trigger": span,
        "arguments": List(argument),
        **strings("polarity", "realis", "modality", "chain"),
        "score": score,
    }
    return Features(
        {
            **strings("doc_id", "text"),
            "sections": List({**span, "kind": string}),
            "sentences": List(span),
            "mentions": List({**strings("id"), **span, "extent": span, **mention, "score": score}),
            "entities": List(strings("id", "type", "name", "corpus_id", "wikidata")),
            "timexes": List(
                {**strings("id"), **span, **strings("type", "value", "mod"), "score": score}
            ),
            "events": List(event),
            "chains": List(strings("id", "name", "corpus_id")),
            **strings("meta"),
        }
    )


def _parquet(documents: Sequence[Document]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = features().arrow_schema
    tables = []
    for document in documents:
        where = Where(doc_id=document.doc_id)
        native.checked(document, where)
        row = msgspec.to_builtins(document)
        if document.meta is not None:
            row["meta"] = msgspec.json.encode(document.meta).decode()
        try:
            tables.append(pa.Table.from_pylist([row], schema=schema))
        except (pa.ArrowException, OverflowError) as error:
            problem = f"a value does not fit its column: {error}; mend it"
            raise InvalidError("hf-value", where, problem) from error
    buffer = io.BytesIO()
    whole = pa.concat_tables(tables) if tables else schema.empty_table()
    pq.write_table(whole.combine_chunks(), buffer, compression="zstd")
    return buffer.getvalue()


def _card(content: bytes, count: int) -> str:
    digest = hashlib.sha256(content).hexdigest()
    return f"""\
---
configs:
- config_name: {_NAME}
  default: true
  description: {count} documents, content sha256 {digest}
  data_files:
  - split: {_NAME}
    path: {_PARQUET}
---

{count} annotated documents, one a row. Offsets are half-open and count code points of `text`. A
layer that is null was not annotated; an empty one was, and holds nothing. `meta` is JSON.
"""
