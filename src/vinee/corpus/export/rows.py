"""Rows: what each config says of one document. Offsets are code points of the document's text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from vinee import text as segment
from vinee.corpus import seeds
from vinee.corpus.views import EntityView
from vinee.errors import IntegrityError
from vinee.model import Mention

if TYPE_CHECKING:
    from vinee.corpus.views import TypedSpan
    from vinee.model import Argument, Document, Event, Section, Timex
    from vinee.ontology import Scheme

Row = dict[str, Any]
Split = Callable[[str, int, int], list[tuple[int, int]]]


def rows(data: str, document: Document) -> list[Row]:
    """Give the rows of one kind that a document makes.

    Raises:
        IntegrityError: The document lacks text or sentences, which every export needs.
    """
    if document.text is None or document.sentences is None or document.sections is None:
        raise IntegrityError(f"{document.doc_id} has no text, sections or sentences to export")
    return list(_KINDS[data](document))


def _documents(document: Document) -> Iterator[Row]:
    provenance = seeds.provenance().get(document.doc_id)
    layers = msgspec.to_builtins(document)
    for argument in (a for event in layers.get("events", ()) for a in event["arguments"]):
        argument.setdefault("ref", None)
        argument.setdefault("span", None)
    yield {
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


def _sentences(
    document: Document, split: Split = segment.syllables
) -> Iterator[tuple[Row, list[tuple[int, int]]]]:
    text = document.text or ""
    for number, sentence in enumerate(document.sentences or ()):
        tokens = split(text, sentence.start, sentence.end)
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


def _tags(document: Document, scheme: Scheme) -> Iterator[Row]:
    spans = EntityView(scheme, "outer")(document)
    for row, tokens in _sentences(document):
        yield {**row, "ner_tags": segment.encode(tokens, _inside(row, spans))}


def _word_tags(document: Document) -> Iterator[Row]:
    spans = EntityView("coarse", "outer")(document)
    for row, words in _sentences(document, segment.words):
        starts, ends = {start for start, _ in words}, {end for _, end in words}
        whole: list[TypedSpan] = []
        cut: list[TypedSpan] = []
        for span in _inside(row, spans):
            (whole if span[0] in starts and span[1] in ends else cut).append(span)
        yield {
            **row,
            "ner_tags": segment.encode(words, whole),
            "cut": [{**_span(document, start, end), "type": label} for start, end, label in cut],
        }


def _inside(row: Row, spans: list[TypedSpan]) -> list[TypedSpan]:
    return [span for span in spans if row["start"] <= span[0] and span[1] <= row["end"]]


def _span(document: Document, start: int, end: int) -> Row:
    return {"start": start, "end": end, "text": (document.text or "")[start:end]}


def _mentions(document: Document) -> Iterator[Row]:
    corpus_ids = {entity.id: entity.corpus_id for entity in document.entities or ()}
    for row, _ in _sentences(document):
        yield {
            **row,
            "mentions": [
                {
                    **msgspec.to_builtins(mention),
                    "corpus_id": corpus_ids.get(mention.entity or ""),
                }
                for mention in document.mentions or ()
                if row["start"] <= mention.start < row["end"]
            ],
        }


def _timexes(document: Document) -> Iterator[Row]:
    published = seeds.provenance().get(document.doc_id)
    for row, _ in _sentences(document):
        yield {
            **row,
            "published": published.published.value if published else None,
            "timexes": [
                msgspec.to_builtins(timex)
                for timex in document.timexes or ()
                if row["start"] <= timex.start < row["end"]
            ],
        }


def _coref(document: Document) -> Iterator[Row]:
    mentions: dict[str | None, list[Row]] = defaultdict(list)
    for m in document.mentions or ():
        mentions[m.entity].append({"id": m.id, **_span(document, m.start, m.end), "level": m.level})
    events: dict[str | None, list[Row]] = defaultdict(list)
    for event in document.events or ():
        trigger = _span(document, event.trigger.start, event.trigger.end)
        events[event.chain].append({"id": event.id, **trigger, "type": event.type})
    yield {
        "doc_id": document.doc_id,
        "text": document.text,
        "entities": [
            {**msgspec.to_builtins(entity), "mentions": mentions[entity.id]}
            for entity in document.entities or ()
        ],
        "event_chains": [
            {"id": chain.id, "corpus_id": chain.corpus_id, "mentions": events[chain.id]}
            for chain in document.chains or ()
        ],
    }


def _linking(document: Document) -> Iterator[Row]:
    entities = {entity.id: entity for entity in document.entities or ()}
    for row, _ in _sentences(document):
        for mention in document.mentions or ():
            entity = entities.get(mention.entity or "")
            if entity and entity.wikidata and row["start"] <= mention.start < row["end"]:
                yield {
                    "id": f"{document.doc_id}/{mention.id}",
                    "doc_id": document.doc_id,
                    **_span(document, mention.start, mention.end),
                    "type": mention.type,
                    "level": mention.level,
                    "gpe_role": mention.gpe_role,
                    "corpus_id": entity.corpus_id,
                    "name": entity.name,
                    "wikidata": entity.wikidata,
                    "sentence": _span(document, row["start"], row["end"]),
                }


def _kb(document: Document) -> Iterator[Row]:
    from vinee.formats import bigbio

    yield {**bigbio.kb_row(document), "vinee_attributes": bigbio.attributes(document)}


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
        "polarity": event.polarity,
        "realis": event.realis,
        "modality": event.modality,
        "chain": event.chain,
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


_KINDS: dict[str, Callable[[Document], Iterator[Row]]] = {
    "documents": _documents,
    "ner": lambda document: _tags(document, "coarse"),
    "ner_fine": lambda document: _tags(document, "fine"),
    "ner_word": _word_tags,
    "mentions": _mentions,
    "coref": _coref,
    "linking": _linking,
    "timex": _timexes,
    "events": _events,
    "kb": _kb,
}
