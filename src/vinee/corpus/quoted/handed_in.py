"""The shape of a pass, as an annotator hands it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from vinee.errors import SchemaError, Where
from vinee.formats import native
from vinee.model import GpeRole, Level, Modality, Polarity, Realis, SectionKind, TimexMod, TimexType

if TYPE_CHECKING:
    from pathlib import Path


class SectionStart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A section begins where ``starts`` stands for the ``n``-th time in the article."""

    kind: SectionKind
    starts: str
    n: int | None = None


class QuotedMention(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A mention; ``extent`` is quoted too and must hold the bare span.

    ``entity`` is a name that the annotator gives to what is referred to; the same name in
    another sentence or article means the same thing.
    """

    id: str
    quote: str
    type: str
    level: Level = "NAM"
    n: int | None = None
    extent: str | None = None
    gpe_role: GpeRole | None = None
    entity: str | None = None


class QuotedTimex(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A time expression."""

    id: str
    quote: str
    type: TimexType
    n: int | None = None
    value: str | None = None
    mod: TimexMod | None = None


class Quote(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A stretch of the sentence that fills a role; of sentence ``s``, if that is given."""

    quote: str
    n: int | None = None
    s: int | None = None


class QuotedEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An event; a role's fillers are ids of mentions and times, or quotes.

    ``implicit`` are fillers from other sentences: names of entities, ids of times, or quotes
    with their sentence. ``chain`` names the event as ``entity`` names what a mention refers to;
    an event without it is mentioned only here. Where ``realis`` is given, polarity is POSITIVE
    unless it says otherwise.
    """

    id: str
    quote: str
    type: str
    n: int | None = None
    arguments: dict[str, list[str | Quote]] = {}
    implicit: dict[str, list[str | Quote]] = {}
    polarity: Polarity | None = None
    realis: Realis | None = None
    modality: Modality | None = None
    chain: str | None = None


class QuotedSentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What was annotated in sentence ``s`` (from 0), which begins with ``starts``."""

    s: int
    starts: str
    mentions: tuple[QuotedMention, ...] = ()
    timexes: tuple[QuotedTimex, ...] = ()
    events: tuple[QuotedEvent, ...] = ()


class Pass(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One annotator's work on one article; ``notes`` keep doubts, with the sentence's number.

    ``entities`` and ``chains`` say in words what the names used for them stand for.
    """

    doc_id: str
    annotator: str
    guidelines: str
    sections: tuple[SectionStart, ...]
    sentences: tuple[QuotedSentence, ...] = ()
    entities: dict[str, str] = {}
    chains: dict[str, str] = {}
    notes: tuple[str, ...] = ()


def read(path: Path) -> Pass:
    """Read a pass.

    Raises:
        MalformedError: The file cannot be read, or is not UTF-8.
        SchemaError: The file is not a pass; the message has the JSON path.
    """
    try:
        return msgspec.json.decode(native.read_text(path), type=Pass)
    except (msgspec.DecodeError, RecursionError) as error:
        raise SchemaError("pass-schema", Where(file=str(path)), str(error)) from error
