"""The `rules` baseline: how its parts make a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee import ontology
from vinee.extractors.base import Claims, sentence_spans, text_of
from vinee.extractors.rules import arguments, names, people, roles, timexes, triggers
from vinee.extractors.rules.lexicon import labels
from vinee.extractors.rules.tokens import TokenSpan, sentences_of
from vinee.model import Argument, Document, Event, Mention, Span, Timex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.extractors.rules.tokens import Sentence
    from vinee.extractors.rules.triggers import Trigger
    from vinee.model import GpeRole

_ENTITIES = ("PER", "ORG", "MEDIA", "GPE", "LOC", "FAC", "PROD", "EVT", "TITLE")
_WHERE_ROLES = frozenset({"Place", "Origin", "Destination"})


@dataclass(frozen=True)
class _Reading:
    """What was found in one sentence."""

    sentence: Sentence
    mentions: list[TokenSpan]
    timexes: list[timexes.Found]
    triggers: list[Trigger]
    links: list[arguments.Link]


class RulesExtractor:
    """Word lists and patterns for Vietnamese news: a floor that any trained system should beat.

    The lists (``rules/lists/``) and patterns were written from general knowledge of the
    language and the world, from the ontology's definitions and examples, and without a look at
    the corpus or its annotations. It finds names only (level NAM), time expressions, events, and
    arguments within the sentence; no nominal or pronominal mentions, no coreference.
    """

    name = "rules"
    version = "1"
    licence = "Apache-2.0"
    texts_seen = "possibly"
    trained_on = (
        "nothing: lists and patterns, whose author saw neither the articles nor the gold, but did "
        "see the ontology, whose examples were chosen by someone who had read the articles; so "
        "its scores, those of events above all, are higher than they would be on other texts"
    )

    @property
    def claims(self) -> Claims:
        """What the lists and patterns can produce."""
        return Claims(
            entities=_ENTITIES,
            timexes=True,
            events=labels("triggers"),
            roles=roles.names(),
        )

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        """Annotate documents with mentions, time expressions and events.

        Raises:
            ExtractorError: A document has no text.
        """
        return [_annotate(document) for document in documents]


def _annotate(document: Document) -> Document:
    text = text_of(document)
    sentences = sentences_of(text, sentence_spans(document))
    memory = people.Memory()
    for sentence in sentences:
        known = names.resolved([names.listed(sentence) + names.titles(sentence)])
        memory.learn(sentence, people.introduced(sentence, known))
    readings = [_read(text, sentence, memory) for sentence in sentences]
    return _written(document.doc_id, text, readings)


def _read(text: str, sentence: Sentence, memory: people.Memory) -> _Reading:
    listed = names.listed(sentence) + names.titles(sentence) + names.models(sentence)
    known = names.resolved([listed])
    persons = people.introduced(sentence, known) + memory.recall(sentence)
    mentions = names.resolved([listed, persons, names.introduced(sentence, known)])
    times = timexes.find(text, sentence.start, sentence.end)
    in_tokens = [_in_tokens(sentence, found) for found in times]
    found = triggers.find(sentence, [*mentions, *in_tokens])
    links = arguments.find(sentence, found, mentions, in_tokens)
    return _Reading(sentence, mentions, times, found, links)


def _in_tokens(sentence: Sentence, found: timexes.Found) -> TokenSpan:
    covered = [
        index
        for index, token in enumerate(sentence.tokens)
        if token.start < found.end and found.start < token.end
    ]
    return TokenSpan(covered[0], covered[-1] + 1, ontology.TIMEX)


def _written(doc_id: str, text: str, readings: Sequence[_Reading]) -> Document:
    mentions: list[Mention] = []
    times: list[Timex] = []
    events: list[Event] = []
    for reading in readings:
        refs: dict[TokenSpan, str] = {}
        for span in reading.mentions:
            refs[span] = f"m{len(mentions) + 1}"
            mentions.append(_mention(text, reading, span, refs[span]))
        for found in reading.timexes:
            identifier = f"t{len(times) + 1}"
            refs[_in_tokens(reading.sentence, found)] = identifier
            slice_ = text[found.start : found.end]
            times.append(Timex(found.start, found.end, slice_, identifier, found.type, found.value))
        for index, trigger in enumerate(reading.triggers):
            own = tuple(
                Argument(link.role, refs[link.filler])
                for link in reading.links
                if link.trigger == index
            )
            where = _span(text, reading.sentence, trigger.span)
            events.append(
                Event(
                    trigger.span.label,
                    where,
                    f"ev{len(events) + 1}",
                    own,
                    trigger.polarity,
                    trigger.realis,
                )
            )
    return Document(doc_id, mentions=tuple(mentions), timexes=tuple(times), events=tuple(events))


def _mention(text: str, reading: _Reading, span: TokenSpan, identifier: str) -> Mention:
    where = _span(text, reading.sentence, span)
    return Mention(
        where.start,
        where.end,
        span.label,
        text=where.text,
        id=identifier,
        gpe_role=_gpe_role(reading, span),
    )


def _gpe_role(reading: _Reading, span: TokenSpan) -> GpeRole | None:
    """Tell a place from an institution: it is one where it takes part in an event as an actor."""
    if not ontology.default().entity[span.label].gpe_role:
        return None
    acts = any(link.filler == span and link.role not in _WHERE_ROLES for link in reading.links)
    return "ORG" if acts else "LOC"


def _span(text: str, sentence: Sentence, span: TokenSpan) -> Span:
    start = sentence.tokens[span.first].start
    end = sentence.tokens[span.last - 1].end
    return Span(start, end, text[start:end])
