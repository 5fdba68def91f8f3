"""The ``kb`` schema of BigBIO and SEACrowd, as JSON Lines: one document a row.

The core of a row has the published columns and passes BigBIO's own checks: one passage with the
whole text; mentions, times (type ``DATE`` and so on, ``TIMEX3`` for one without a type) and bare
fillers (type ``SPAN``) as ``entities``; events; coreferent mentions as ``coreferences``, linked
to Wikidata and to the id that the whole corpus uses (database ``ViNEE``) in ``normalized``.

What the schema has not stands in one more column, ``vinee_attributes``, a list of ``{"ref_id",
"name", "value"}``, all strings. ``ref_id`` is the id of what the attribute belongs to:

- an entity: ``level``, ``gpe_role``, ``extent`` (start and end), ``timex_value``, ``timex_mod``,
  ``score``, and ``kind`` where a mention has a type that times or spans have;
- a coreference: ``entity_type``, ``entity_name``, ``entity_corpus_id``, ``entity_wikidata``;
- an event: ``polarity``, ``realis``, ``modality``, ``chain``, ``score``, and ``implicit`` with
  the place of an implicit argument in the list, from 0;
- a chain of events, for which the schema has no place at all: ``chain_name``,
  ``chain_corpus_id``;
- the row: ``layer`` for each layer that was annotated, ``section`` (start, end, kind),
  ``sentence`` (start, end), ``chain_id`` and ``meta`` (JSON).

With that column everything is read back; without it, in rows made by others, what the core
holds. There, relations and links to other knowledge bases have no place in a document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from vinee.errors import InvalidError, Where
from vinee.formats import atomic, typed
from vinee.formats.bigbio import names, reading
from vinee.formats.bigbio.checking import check_kb, repeated_ids
from vinee.formats.bigbio.rows import attributes, kb_row
from vinee.formats.bigbio.shapes import Row
from vinee.formats.contract import FEATURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from datasets import Features

    from vinee.model import Document

__all__ = ["BigBio", "attributes", "check_kb", "features", "kb_row", "repeated_ids"]


class BigBio:
    """Rows of the ``kb`` schema in a JSON Lines file, with our attributes in a column of theirs."""

    name: ClassVar[str] = "bigbio"
    description: ClassVar[str] = "BigBIO and SEACrowd kb schema, JSON Lines; holds everything"
    holds: ClassVar[frozenset[str]] = frozenset(FEATURES)

    def write(self, documents: Iterable[Document], path: Path) -> None:
        """Write one row a line.

        Raises:
            InvalidError: A document cannot be written, for the reasons that `kb_row` gives, or
                two things have one id.
        """
        rows = [{**kb_row(document), names.COLUMN: attributes(document)} for document in documents]
        if problems := repeated_ids(rows):
            problem = f"{problems[0]}, and rows tell things apart by id; give each its own"
            raise InvalidError("id-twice", Where(file=str(path)), problem)
        atomic.write_bytes(path, typed.lines(rows))

    def read(self, path: Path, texts: Mapping[str, str] | None = None) -> tuple[Document, ...]:
        """Read rows, ours or other people's.

        Args:
            path: A JSON Lines file.
            texts: The text by ``document_id``; else it is put together from the passages, with
                blanks between them.

        Raises:
            MalformedError: A line is no JSON.
            SchemaError: A line is no row of the schema.
            InvalidError: A row contradicts itself, or holds what a document cannot.
        """
        given = texts or {}
        return tuple(
            reading.document(row, where, given.get(row.document_id or row.id))
            for where, row in typed.read_lines(path, Row)
        )


def features(*, with_attributes: bool = False) -> Features:
    """Give the schema as BigBIO publishes it; imports ``datasets``.

    Args:
        with_attributes: Add the column ``vinee_attributes``.
    """
    from datasets import Features, List, Value

    string = Value("string")
    stretch = {"text": List(string), "offsets": List(List(Value("int32")))}
    links = List({"db_name": string, "db_id": string})
    columns: dict[str, Any] = {
        "id": string,
        "document_id": string,
        "passages": List({"id": string, "type": string, **stretch}),
        "entities": List({"id": string, "type": string, **stretch, "normalized": links}),
        "events": List(
            {
                "id": string,
                "type": string,
                "trigger": stretch,
                "arguments": List({"role": string, "ref_id": string}),
            }
        ),
        "coreferences": List({"id": string, "entity_ids": List(string)}),
        "relations": List(
            {
                "id": string,
                "type": string,
                "arg1_id": string,
                "arg2_id": string,
                "normalized": links,
            }
        ),
    }
    if with_attributes:
        columns[names.COLUMN] = List({"ref_id": string, "name": string, "value": string})
    return Features(columns)
