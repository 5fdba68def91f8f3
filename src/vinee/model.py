"""The document: one shape for gold, predictions and the ``documents`` config.

Every span is half-open, ``[start, end)``, in Unicode code points of ``Document.text``.
A layer that is ``None`` was not annotated; an empty one was annotated and holds nothing.
That difference decides what a document can be scored on.
"""

from __future__ import annotations

from typing import Any, Literal, Protocol

from msgspec import UNSET, Struct, UnsetType

Level = Literal["NAM", "NOM", "PRO"]
GpeRole = Literal["LOC", "ORG", "PER"]
SectionKind = Literal["dateline", "caption", "heading", "body"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Polarity = Literal["POSITIVE", "NEGATIVE"]
Realis = Literal["ACTUAL", "OTHER", "GENERIC"]
Modality = Literal["PLANNED", "DESIRED", "POSSIBLE"]
TimexMod = Literal[
    "BEFORE",
    "AFTER",
    "ON_OR_BEFORE",
    "ON_OR_AFTER",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
    "START",
    "MID",
    "END",
    "APPROX",
]
NIL = "NIL"


class Located(Protocol):
    """Anything with a half-open code-point span."""

    @property
    def start(self) -> int:
        """First code point."""
        ...

    @property
    def end(self) -> int:
        """One past the last code point."""
        ...


class Span(Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of text; ``text`` is a copy for readers and a guard against shifts."""

    start: int
    end: int
    text: str | None = None


class Section(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the article's layout. Every non-space character is in exactly one section."""

    start: int
    end: int
    kind: SectionKind
    text: str | None = None


class Mention(Struct, frozen=True, forbid_unknown_fields=True):
    """A mention of an entity.

    ``start``/``end`` are the bare span (the name, or the head of a nominal); ``extent`` is
    the whole phrase with title, honorific and modifiers. ``score`` is a system's confidence.
    """

    start: int
    end: int
    type: str
    text: str | None = None
    id: str | None = None
    extent: Span | None = None
    level: Level = "NAM"
    gpe_role: GpeRole | None = None
    entity: str | None = None
    score: float | UnsetType = UNSET


class Entity(Struct, frozen=True, forbid_unknown_fields=True):
    """A chain of coreferent mentions, and what it refers to across the corpus.

    ``corpus_id`` is the same in every document that speaks of the same thing. ``wikidata`` is
    the id of an item, ``NIL`` where there is none, or None where none was looked for.
    """

    id: str
    type: str
    name: str | None = None
    corpus_id: str | None = None
    wikidata: str | None = None


class Timex(Struct, frozen=True, forbid_unknown_fields=True):
    """A time expression after TIMEX3; ``mod`` is one of `TimexMod` in gold."""

    start: int
    end: int
    text: str | None = None
    id: str | None = None
    type: TimexType | None = None
    value: str | None = None
    mod: str | None = None
    score: float | UnsetType = UNSET


class Argument(Struct, frozen=True, forbid_unknown_fields=True):
    """A participant of an event: ``ref`` names a mention or timex, or ``span`` gives a bare span.

    ``implicit`` marks an argument that the article supplies outside the trigger's sentence.
    """

    role: str
    ref: str | UnsetType = UNSET
    span: Span | UnsetType = UNSET
    implicit: bool = False


class Event(Struct, frozen=True, forbid_unknown_fields=True):
    """An event mention: a trigger, a type, and its arguments.

    ``modality`` says how an event that has not happened is presented. ``chain`` is the id of
    the chain of event mentions that it belongs to.
    """

    type: str
    trigger: Span
    id: str | None = None
    arguments: tuple[Argument, ...] = ()
    polarity: Polarity | None = None
    realis: Realis | None = None
    modality: Modality | None = None
    chain: str | None = None
    score: float | UnsetType = UNSET


class Chain(Struct, frozen=True, forbid_unknown_fields=True):
    """A chain of coreferent event mentions; ``corpus_id`` joins those of several documents."""

    id: str
    name: str | None = None
    corpus_id: str | None = None


class Document(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An article with its layers.

    ``text`` is the seed decoded as UTF-8, nothing stripped or normalised; a prediction may
    leave it out. ``meta`` is free for whoever wrote the file.
    """

    doc_id: str
    text: str | None = None
    sections: tuple[Section, ...] | None = None
    sentences: tuple[Span, ...] | None = None
    mentions: tuple[Mention, ...] | None = None
    entities: tuple[Entity, ...] | None = None
    timexes: tuple[Timex, ...] | None = None
    events: tuple[Event, ...] | None = None
    chains: tuple[Chain, ...] | None = None
    meta: dict[str, Any] | None = None


LAYERS = ("sections", "sentences", "mentions", "entities", "timexes", "events", "chains")
