"""Words that are triggers elsewhere: each further place is a trigger too, or it is said why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import yaml

from vinee.corpus.checks.enclosing import Enclosing
from vinee.corpus.findings import Finding
from vinee.corpus.quoted.locate import find
from vinee.errors import InputError, SchemaError, Where
from vinee.formats import native
from vinee.text import ground

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from vinee.model import Document

    Place = tuple[str, int, int]


class NoTrigger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word that is no trigger where it stands: the ``n``-th time (from 1) in sentence ``s``."""

    doc_id: str
    s: int
    quote: str
    why: str
    n: int | None = None


def read(file: Path) -> tuple[NoTrigger, ...]:
    """Read ``not_triggers.yaml``; a file that is not there holds nothing.

    Raises:
        MalformedError: It cannot be read.
        SchemaError: It does not have the shape of a list of such words.
    """
    if not file.exists():
        return ()
    try:
        return msgspec.convert(yaml.safe_load(native.read_bytes(file)) or [], tuple[NoTrigger, ...])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SchemaError("not-triggers-schema", Where(file=str(file)), str(error)) from error


def findings(documents: Sequence[Document], file: Path) -> Iterator[Finding]:
    """``trigger-missed``: a trigger's word is a trigger wherever it stands, or is listed (E11).

    Words are compared without regard to case, at syllable boundaries; a word inside a longer
    trigger is a part of that.
    """
    where = Where(file=str(file))
    try:
        excused = _excused(documents, read(file))
    except InputError as error:
        yield Finding("trigger-missed", "error", error.where, error.problem)
        return
    open_ = dict(excused)
    for place in _unmarked(documents):
        if open_.pop(place, None) is None and place not in excused:
            doc_id, start, end = place
            text = next(document.text or "" for document in documents if document.doc_id == doc_id)
            context = text[max(0, start - 25) : end + 25]
            message = (
                f"{text[start:end]!r} is a trigger elsewhere, but not in …{context!r}…; "
                f"mark it, or say in {file.name} why not"
            )
            yield Finding("trigger-missed", "error", Where(doc_id=doc_id), message)
    for item in open_.values():
        message = f"{item.doc_id} s{item.s} {item.quote!r} need not be excused; remove it"
        yield Finding("trigger-missed", "error", where, message)


def _excused(documents: Sequence[Document], listed: Sequence[NoTrigger]) -> dict[Place, NoTrigger]:
    sentences = {document.doc_id: document.sentences or () for document in documents}
    found = {}
    for item in listed:
        where = Where(doc_id=item.doc_id, path=f"s{item.s}")
        known = sentences.get(item.doc_id, ())
        sentence = known[item.s] if 0 <= item.s < len(known) else None
        start, end = find((sentence and sentence.text) or "", item.quote, item.n, where)
        offset = sentence.start if sentence else 0
        found[item.doc_id, offset + start, offset + end] = item
    return found


def _unmarked(documents: Sequence[Document]) -> Iterator[Place]:
    words = {
        (event.trigger.text or "").lower()
        for document in documents
        for event in document.events or ()
    }
    for document in documents:
        lowered = (document.text or "").lower()
        triggers = Enclosing(event.trigger for event in document.events or ())
        for word in sorted(words - {""}):
            for start, end in ground(lowered, word).matches:
                if lowered[start:end] == word and not triggers.hold(start, end):
                    yield document.doc_id, start, end
