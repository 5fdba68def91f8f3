"""The JSON of TextEE, and what we add to it, always under the key ``vinee``."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from vinee.model import GpeRole, Modality, Polarity, Realis

UNTYPED_TIMEX = "TIMEX3"
SPAN = "SPAN"

Kind = Literal["mentions", "timexes", "spans"]


class EntityNote(Struct, frozen=True, omit_defaults=True):
    """``start`` and ``end`` are code points of the document; ``kind`` says what it is."""

    start: int
    end: int
    kind: Kind = "mentions"
    gpe_role: GpeRole | None = None
    value: str | None = None
    mod: str | None = None


class EntityMention(Struct, omit_defaults=True):
    """``start`` and ``end`` are tokens of the line."""

    id: str
    entity_type: str
    start: int
    end: int
    text: str | None = None
    mention_type: str | None = None
    note: EntityNote | None = field(default=None, name="vinee")


class Trigger(Struct):
    """``start`` and ``end`` are tokens of the line."""

    start: int
    end: int
    text: str | None = None


class Filler(Struct):
    """An argument; ``start`` and ``end`` are tokens of the line."""

    role: str
    start: int
    end: int
    entity_id: str | None = None
    text: str | None = None


class FarFiller(Struct):
    """An argument whose filler is on another line."""

    role: str
    entity_id: str
    implicit: bool


class EventNote(Struct, frozen=True, omit_defaults=True):
    """``implicit`` are the places of implicit arguments in the list, ``far`` further arguments."""

    start: int
    end: int
    polarity: Polarity | None = None
    realis: Realis | None = None
    modality: Modality | None = None
    implicit: tuple[int, ...] = ()
    far: tuple[FarFiller, ...] = ()


class EventMention(Struct, omit_defaults=True):
    """An event."""

    id: str
    event_type: str
    trigger: Trigger
    arguments: list[Filler]
    note: EventNote | None = field(default=None, name="vinee")


class LineNote(Struct, frozen=True, omit_defaults=True):
    """Where the line stands in the document, and what of its text is on no line.

    ``sentences`` are those of the line, if the document has any; ``empty`` are layers of the
    document that were annotated and hold nothing.
    """

    start: int
    before: str = ""
    after: str = ""
    sentences: tuple[tuple[int, int], ...] | None = None
    empty: tuple[str, ...] = ()


class Line(Struct, omit_defaults=True):
    """A sentence with what is in it."""

    doc_id: str
    wnd_id: str
    tokens: list[str]
    entity_mentions: list[EntityMention]
    event_mentions: list[EventMention]
    text: str | None = None
    lang: str | None = None
    note: LineNote | None = field(default=None, name="vinee")
