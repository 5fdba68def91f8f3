"""Rows: what each config says of one document. Offsets are code points of the document's text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from vinee import text as segment
from vinee.corpus import seeds
from vinee.corpus.views import EntityView
from vinee.errors import IntegrityError
from vinee.model import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.model import Argument, Document, Event, Section, Timex

Row = dict[str, Any]


def rows(data: str, document: Document) -> list[Row]:
    """Give the rows of one kind that a document makes.

    Raises:
        IntegrityError: The document lacks text or sentences, which every export needs.
    """
    if document.text is None or document.sentences is None or document.sections is None:
        raise IntegrityError(f"{document.doc_id} has no text, sections or sentences to export")
    if data == "documents":
        return [_document(document)]
    if data == "events":
        return list(_events(document))
    return list(_tags(document, EntityView("coarse" if data == "ner" else "fine", "outer")))


def _document(document: Document) -> Row:
    provenance = seeds.provenance().get(document.doc_id)
    layers = msgspec.to_builtins(document)
    for argument in (a for event in layers.get("events", ()) for a in event["arguments"]):
        argument.setdefault("ref", None)
        argument.setdefault("span", None)
    return {
        **{
            layer: layers.get(layer)
            for layer in ("entities", "timexes", "events", "mentions", "chains")
        },
        "doc_id": document.doc_id,
        "outlet": provenance.outlet.value if provenance else None,
        "published": provenance.published.value if provenance else None,
        "text": document.text,
        "sections": layers["sections"],
        "sentences": layers["sentences"],
    }


def _sentences(document: Document) -> Iterator[tuple[Row, list[tuple[int, int]]]]:
    text = document.text or ""
    for number, sentence in enumerate(document.sentences or ()):
        tokens = segment.syllables(text, sentence.start, sentence.end)
        row = {
            "id": f"{document.doc_id}/{number}",
            "doc_id": document.doc_id,
            "section": _section(document, sentence.start).kind,
            "start": sentence.start,
            "end": sentence.end,
            "text": text[sentence.start : sentence.end],
            "tokens": [text[start:end] for start, end in tokens],
            "token_starts": [start for start, _ in tokens],
            "token_ends": [end for _, end in tokens],
        }
        yield row, tokens


def _section(document: Document, offset: int) -> Section:
    found = [s for s in document.sections or () if s.start <= offset < s.end]
    if not found:
        raise IntegrityError(f"{document.doc_id}: offset {offset} is in no section; validate first")
    return found[0]


def _tags(document: Document, view: EntityView) -> Iterator[Row]:
    spans = view(document)
    for row, tokens in _sentences(document):
        inside = [span for span in spans if row["start"] <= span[0] and span[1] <= row["end"]]
        yield {**row, "ner_tags": segment.encode(tokens, inside)}


def _events(document: Document) -> Iterator[Row]:
    fillers: dict[str | None, Mention | Timex] = {m.id: m for m in document.mentions or ()}
    fillers.update({timex.id: timex for timex in document.timexes or ()})
    for row, _ in _sentences(document):
        inside = [
            _event(document, event, fillers)
            for event in document.events or ()
            if row["start"] <= event.trigger.start < row["end"]
        ]
        yield {**row, "events": inside}


def _event(document: Document, event: Event, fillers: dict[str | None, Mention | Timex]) -> Row:
    trigger = event.trigger
    return {
        "id": event.id,
        "type": event.type,
        "trigger": {"start": trigger.start, "end": trigger.end, "text": trigger.text},
        "arguments": [_argument(document, item, fillers) for item in event.arguments],
    }


def _argument(
    document: Document, argument: Argument, fillers: dict[str | None, Mention | Timex]
) -> Row:
    filler = fillers.get(argument.ref) if argument.ref else None
    span = filler or argument.span
    if not span:
        raise IntegrityError(f"{document.doc_id}: {argument.role} of an event has no filler")
    kind = filler.type if isinstance(filler, Mention) else "TIMEX" if filler else "SPAN"
    return {
        "role": argument.role,
        "start": span.start,
        "end": span.end,
        "text": (document.text or "")[span.start : span.end],
        "filler": kind,
        "ref": argument.ref or None,
        "implicit": argument.implicit,
    }
