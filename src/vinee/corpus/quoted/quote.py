"""From offsets back to quotes: a document becomes a pass that an annotator can go on with.

For a document that `resolve` made, resolving its pass gives it again. What a pass cannot say of
others, such as a span across two sentences, is left out, and its notes say so; a system's
confidence has no place in a pass. Items that have no id get one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

import msgspec

from vinee.corpus.quoted.handed_in import (
    Pass,
    Quote,
    QuotedEvent,
    QuotedMention,
    QuotedSentence,
    QuotedTimex,
    SectionStart,
)
from vinee.corpus.quoted.places import Places, beginnings, place_in
from vinee.corpus.quoted.resolve import layout
from vinee.errors import InvalidError, Where
from vinee.model import Mention, TimexMod

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeVar

    from vinee.model import Argument, Chain, Document, Entity, Event, Located, Section, Timex

    Item = TypeVar("Item", Mention, Timex, Event)
    Fillers = dict[str, list[str | Quote]]


def quote(
    document: Document, *, annotator: str, guidelines: str, notes: Iterable[str] = ()
) -> Pass:
    """Turn a document's spans into quotes, sentence by sentence.

    Args:
        document: With text and sections; sentences are made from these, as `layout` does.
        annotator: Who made the annotations.
        guidelines: The edition of the guidelines that were followed.
        notes: What is to be said of the pass; what had to be left out is added.

    Raises:
        InvalidError: The document has no text or no sections.
    """
    if document.text is None or not document.sections:
        problem = "a document needs text and sections to become a pass; add them"
        raise InvalidError("pass-layout", Where(doc_id=document.doc_id), problem)
    sections = tuple(_section(document, section) for section in document.sections)
    empty = Pass(document.doc_id, annotator, guidelines, sections)
    places = Places(document.text, layout(document.text, empty).sentences or ())
    return _Quoting(document, places).fill(empty, notes)


def _section(document: Document, section: Section) -> SectionStart:
    """Quote the first words of a section, as many as it takes to find them again."""
    text = document.text or ""
    for end in beginnings(text, section.start, section.end, words=4):
        found = place_in(text, section.start, end)
        if found is not None:
            return SectionStart(section.kind, *found)
    problem = f"the section at {section.start} must begin with a syllable; begin it at one"
    raise InvalidError("pass-layout", Where(doc_id=document.doc_id), problem)


class _Quoting:
    """Quotes the items of one document; what a pass cannot say goes to the notes."""

    def __init__(self, document: Document, places: Places) -> None:
        self._document = document
        self._places = places
        self._entities = _names(document.doc_id, document.entities or ())
        events = document.events or ()
        named = _names(document.doc_id, document.chains or ())
        alone = Counter(event.chain for event in events)
        # A pass names chains only with realis, and only chains that it has something to say of.
        self._chains = {
            chain.id: named[chain.id]
            for chain in document.chains or ()
            if any(event.realis for event in events)
            and (chain.corpus_id is not None or alone[chain.id] > 1)
        }
        self._kept: dict[str, Mention | Timex] = {}
        self._notes: list[str] = []

    def fill(self, empty: Pass, notes: Iterable[str]) -> Pass:
        """Add all items to a pass that has only the sections."""
        mentions, timexes = list(self._mentions()), list(self._timexes())
        events = list(self._events())
        sentences = tuple(
            QuotedSentence(
                number,
                starts,
                tuple(item for at, item in mentions if at == number),
                tuple(item for at, item in timexes if at == number),
                tuple(item for at, item in events if at == number),
            )
            for number, starts in enumerate(self._places.beginnings())
        )
        entities = self._document.entities or ()
        return msgspec.structs.replace(
            empty,
            sentences=sentences,
            entities={self._entities[each.id]: each.name for each in entities if each.name},
            notes=(*notes, *self._notes),
        )

    def _mentions(self) -> Iterator[tuple[int, QuotedMention]]:
        for id_, mention in _with_ids(self._document.mentions or (), "m"):
            place = self._places.of(mention)
            if place is None:
                self._leave_out(mention, f"mention {id_}")
                continue
            self._kept[id_] = mention
            extent = self._places.extent(mention.extent, mention) if mention.extent else None
            if mention.extent and extent is None:
                self._leave_out(mention.extent, f"extent of mention {id_}")
            yield (
                place.sentence,
                QuotedMention(
                    id_,
                    place.quote,
                    mention.type,
                    level=mention.level,
                    n=place.n,
                    extent=extent,
                    gpe_role=mention.gpe_role,
                    entity=self._entity(mention),
                ),
            )

    def _timexes(self) -> Iterator[tuple[int, QuotedTimex]]:
        for id_, timex in _with_ids(self._document.timexes or (), "t"):
            place = self._places.of(timex)
            if place is None or timex.type is None:
                self._leave_out(timex, f"time {id_}")
                continue
            self._kept[id_] = timex
            mod = next((known for known in get_args(TimexMod) if known == timex.mod), None)
            if mod != timex.mod:
                self._leave_out(timex, f"mod {timex.mod!r} of time {id_}")
            quoted = QuotedTimex(id_, place.quote, timex.type, place.n, timex.value, mod)
            yield place.sentence, quoted

    def _events(self) -> Iterator[tuple[int, QuotedEvent]]:
        for id_, event in _with_ids(self._document.events or (), "ev"):
            place = self._places.of(event.trigger)
            if place is None:
                self._leave_out(event.trigger, f"event {id_}")
                continue
            explicit: Fillers = {}
            implicit: Fillers = {}
            for argument in event.arguments:
                filler = self._filler(argument, place.sentence)
                if filler is None:
                    self._leave_out(event.trigger, f"{argument.role} of event {id_}")
                    continue
                fillers = implicit if argument.implicit else explicit
                fillers.setdefault(argument.role, []).append(filler)
            yield (
                place.sentence,
                QuotedEvent(
                    id_,
                    place.quote,
                    event.type,
                    n=place.n,
                    arguments=explicit,
                    implicit=implicit,
                    polarity=event.polarity,
                    realis=event.realis,
                    modality=event.modality,
                    chain=self._chains.get(event.chain or ""),
                ),
            )

    def _filler(self, argument: Argument, sentence: int) -> str | Quote | None:
        """Quote an argument; None if its filler was left out or stands in the wrong sentence."""
        if argument.span:
            place = self._places.of(argument.span)
            if place is None or (place.sentence != sentence) != argument.implicit:
                return None
            return Quote(place.quote, place.n, place.sentence if argument.implicit else None)
        filler = self._kept.get(argument.ref or "")
        if not argument.implicit or not isinstance(filler, Mention):
            return (argument.ref or None) if filler else None
        return self._entity(filler) if self._places.sentence(filler) != sentence else None

    def _entity(self, mention: Mention) -> str | None:
        if mention.entity is None:
            return None
        return self._entities.get(mention.entity, f"{self._document.doc_id}:{mention.entity}")

    def _leave_out(self, span: Located, what: str) -> None:
        text = (self._document.text or "")[span.start : span.end]
        self._notes.append(f"{what} at [{span.start}, {span.end}) {text!r} left out: not quotable")


def _names(doc_id: str, chains: Iterable[Entity | Chain]) -> dict[str, str]:
    """Name chains as all articles do, or, where they have no such name, after this one."""
    return {chain.id: chain.corpus_id or f"{doc_id}:{chain.id}" for chain in chains}


def _with_ids(items: Iterable[Item], prefix: str) -> Iterator[tuple[str, Item]]:
    """Give each item its id, or a new one."""
    listed = tuple(items)
    taken = {item.id for item in listed}
    number = 0
    for item in listed:
        id_ = item.id
        while id_ is None or (item.id is None and id_ in taken):
            number += 1
            id_ = f"{prefix}{number}"
        yield id_, item
