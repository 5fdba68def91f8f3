"""A task that a server sends as the document that an extractor is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from vinee.corpus.add import layout
from vinee.errors import InvalidError, SchemaError, Where
from vinee.formats.placed import placed
from vinee.model import Document, Section, Span

if TYPE_CHECKING:
    from vinee.labelstudio.backend.shapes import AskedTask


class _Shown(Struct):
    """What of a task's data is used."""

    text: str | None = None
    doc_id: str | None = None
    sections: tuple[Section, ...] | None = None
    sentences: tuple[Span, ...] | None = None


def document_of(task: AskedTask) -> Document:
    """Make a document of a task.

    Sections and sentences are those of the task's data, if both are there, else made by rule.

    Raises:
        SchemaError: The data has not the shape that it must have.
        InvalidError: There is no text, or sections or sentences do not fit it.
        MalformedError: There is something in it that JSON cannot have.
    """
    name = name_of(task)
    where = Where(doc_id=name, path="$.data")
    try:
        shown = msgspec.convert(task.data, _Shown)
    except msgspec.ValidationError as error:
        problem = f"the task's data is not as vinee writes it: {error}"
        raise SchemaError("schema", where, problem) from error
    if shown.text is None or not shown.text.strip():
        problem = "the task's data must have a text that is not empty, under the key 'text'"
        raise InvalidError("no-text", where, problem)
    if shown.sections is None or shown.sentences is None:
        return placed(layout(name, shown.text))
    return placed(Document(name, shown.text, sections=shown.sections, sentences=shown.sentences))


def name_of(task: AskedTask) -> str:
    """Give a task's document id, or the task's own number where it has none."""
    found = task.data.get("doc_id")
    return found if isinstance(found, str) and found else f"task-{task.id}"
