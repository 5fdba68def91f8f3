"""TextEE's JSON Lines (Huang et al. 2024, Findings of ACL): one sentence a line.

Each line has ``doc_id``, ``wnd_id``, ``text``, ``lang``, ``tokens``, ``entity_mentions`` and
``event_mentions``. Tokens are syllables; ``start`` and ``end`` count tokens of the line,
half-open, and cover the whole of a token of which an item has a part. Times are entity mentions
of type ``DATE`` and so on (``TIMEX3`` without a type), fillers that are neither mention nor time
are entity mentions of type ``SPAN``. ``mention_type`` is the level. Sentences that an item
reaches across share a line; arguments whose filler is on another line are not among
``arguments``, for TextEE's scorers look inside a line only.

What TextEE has no place for stands under the key ``vinee`` of a line, an entity mention or an
event mention, which its loaders pass over: offsets in code points of the document, the white
space between lines, the sentences, the kind of an entity mention, ``gpe_role``, value and mod of
times, polarity, realis and modality, implicit arguments and those on other lines.

Lost are extents, entities, chains of events, sections, scores and meta.

Files made by others are read too. Their text is the one given; else that of each line, or where
tokens are not found in it the tokens with a blank between them, one line below the other. All
their entity mentions are mentions; an argument without one is a span.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from vinee.errors import InvalidError, Where
from vinee.formats import atomic, typed
from vinee.formats.contract import FEATURES
from vinee.formats.textee import reading, writing
from vinee.formats.textee.shapes import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from vinee.model import Document

_LOST = frozenset(
    {"meta", "scores", "sections", "mentions.extent"}
    | {name for name in FEATURES if name.split(".")[0] in {"entities", "chains"}}
)


class TextEE:
    """Sentences with token offsets in a JSON Lines file, as TextEE's models take them."""

    name: ClassVar[str] = "textee"
    description: ClassVar[str] = "TextEE JSON Lines, one sentence a line, token offsets"
    holds: ClassVar[frozenset[str]] = frozenset(FEATURES) - _LOST

    def write(self, documents: Iterable[Document], path: Path) -> None:
        """Write documents one after the other.

        Raises:
            InvalidError: A document cannot be written, for the reasons that `writing.lines`
                gives, or two have the same id.
        """
        lines: list[Line] = []
        seen: set[str] = set()
        for document in documents:
            if document.doc_id in seen:
                where = Where(doc_id=document.doc_id)
                raise InvalidError("doc-twice", where, "two documents have this id; rename one")
            seen.add(document.doc_id)
            lines += writing.lines(document)
        atomic.write_bytes(path, typed.lines(lines))

    def read(self, path: Path, texts: Mapping[str, str] | None = None) -> tuple[Document, ...]:
        """Read documents, in order of their first lines.

        Args:
            path: A JSON Lines file.
            texts: The text by ``doc_id``; tokens are aligned to it.

        Raises:
            MalformedError: A line is no JSON.
            SchemaError: A line is not of TextEE's shape.
            InvalidError: A line contradicts itself or the text.
        """
        documents: dict[str, list[tuple[Where, Line]]] = {}
        for where, line in typed.read_lines(path, Line):
            documents.setdefault(line.doc_id, []).append((where, line))
        given = texts or {}
        return tuple(
            reading.document(lines, given.get(doc_id)) for doc_id, lines in documents.items()
        )
