"""A document as TextEE's lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from msgspec import UNSET

from vinee import text as segment
from vinee.errors import InvalidError, Where
from vinee.formats import identity
from vinee.formats.placed import placed
from vinee.formats.textee.shapes import (
    SPAN,
    UNTYPED_TIMEX,
    EntityMention,
    EntityNote,
    EventMention,
    EventNote,
    FarFiller,
    Filler,
    Line,
    LineNote,
    Trigger,
)
from vinee.model import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vinee.model import Argument, Document, Located


def lines(document: Document) -> list[Line]:
    """Give one line for each sentence, and for sentences that something reaches across.

    Raises:
        InvalidError: There is no text, a span lies outside of it or covers no token, two items
            have one id, or an argument refers to nothing.
    """
    return _Lines(placed(document)).lines


def covering(tokens: list[tuple[int, int]], span: tuple[int, int]) -> tuple[int, int]:
    """Give the tokens that a span touches, half-open."""
    first = bisect_right([end for _, end in tokens], span[0])
    return first, max(first, bisect_left([start for start, _ in tokens], span[1]))


class _Lines:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.where = Where(doc_id=document.doc_id)
        self.text = document.text or ""
        self.windows = _windows(document)
        self.tokens = [segment.syllables(self.text, *window) for window in self.windows]
        self.lines = list(self._bare())
        self.fillers: dict[str, tuple[int, EntityMention]] = {}
        self._add_entities()
        self._add_events()
        ids = [item.id for line in self.lines for item in line.entity_mentions]
        ids += [item.id for line in self.lines for item in line.event_mentions]
        identity.check_unique(ids, self.where)

    def _bare(self) -> Iterator[Line]:
        sentences = self.document.sentences
        place = 0
        for number, (start, end) in enumerate(self.windows):
            last = number == len(self.windows) - 1
            empty = (name for name in LAYERS if getattr(self.document, name) == ())
            own = (s for s in sentences or () if start <= s.start and s.end <= end)
            yield Line(
                self.document.doc_id,
                f"{self.document.doc_id}-{number}",
                [self.text[slice(*token)] for token in self.tokens[number]],
                [],
                [],
                text=self.text[start:end],
                lang="vi",
                note=LineNote(
                    start,
                    before=self.text[place:start],
                    after=self.text[end:] if last else "",
                    sentences=None if not sentences else tuple((s.start, s.end) for s in own),
                    empty=() if number else tuple(empty),
                ),
            )
            place = end

    def _add_entities(self) -> None:
        for index, mention in enumerate(self.document.mentions or ()):
            note = EntityNote(mention.start, mention.end, gpe_role=mention.gpe_role)
            id_ = identity.written(mention.id, "mentions", index)
            item = self._entity(id_, mention.type, note, mention.level)
            if mention.id is not None:
                self.fillers[mention.id] = item
        for index, timex in enumerate(self.document.timexes or ()):
            note = EntityNote(timex.start, timex.end, "timexes", None, timex.value, timex.mod)
            id_ = identity.written(timex.id, "timexes", index)
            item = self._entity(id_, timex.type or UNTYPED_TIMEX, note)
            if timex.id is not None:
                self.fillers[timex.id] = item

    def _entity(
        self, id_: str, type_: str, note: EntityNote, level: str | None = None
    ) -> tuple[int, EntityMention]:
        number, start, end = self._tokens(note)
        text = self._covered(number, start, end)
        item = EntityMention(id_, type_, start, end, text, level, note)
        self.lines[number].entity_mentions.append(item)
        return number, item

    def _add_events(self) -> None:
        for index, event in enumerate(self.document.events or ()):
            id_ = identity.written(event.id, "events", index)
            number, start, end = self._tokens(event.trigger)
            near: list[Filler] = []
            implicit: list[int] = []
            far: list[FarFiller] = []
            for place, argument in enumerate(event.arguments):
                line, item = self._filler(argument, f"{id_}-span{place}")
                if line == number:
                    implicit += [len(near)] if argument.implicit else []
                    near.append(Filler(argument.role, item.start, item.end, item.id, item.text))
                else:
                    far.append(FarFiller(argument.role, item.id, argument.implicit))
            note = EventNote(
                event.trigger.start,
                event.trigger.end,
                event.polarity,
                event.realis,
                event.modality,
                tuple(implicit),
                tuple(far),
            )
            trigger = Trigger(start, end, self._covered(number, start, end))
            mention = EventMention(id_, event.type, trigger, near, note)
            self.lines[number].event_mentions.append(mention)

    def _filler(self, argument: Argument, id_: str) -> tuple[int, EntityMention]:
        if argument.ref is UNSET and argument.span is not UNSET:
            return self._entity(
                id_, SPAN, EntityNote(argument.span.start, argument.span.end, "spans")
            )
        ref = None if argument.ref is UNSET else argument.ref
        if ref in self.fillers and argument.span is UNSET:
            return self.fillers[ref]
        problem = (
            f"the argument {argument.role!r} with ref {ref!r} must have either the id of a mention "
            "or time of this document, or a span; mend it"
        )
        raise InvalidError("ref-unknown", self.where, problem)

    def _tokens(self, span: Located) -> tuple[int, int, int]:
        """Give line, first token and the token after the last."""
        number = bisect_right(self.windows, (span.start, len(self.text))) - 1
        start, end = covering(self.tokens[number], (span.start, span.end))
        if start == end:
            problem = f"the span [{span.start}, {span.end}) covers no token; leave it out"
            raise InvalidError("span-without-token", self.where, problem)
        return number, start, end

    def _covered(self, number: int, start: int, end: int) -> str:
        tokens = self.tokens[number]
        return self.text[tokens[start][0] : tokens[end - 1][1]]


def _windows(document: Document) -> list[tuple[int, int]]:
    """Give the sentences, joined where an item reaches across, as disjoint spans in order."""
    text = document.text or ""
    sentences = segment.sentences(text)
    if document.sentences is not None:
        sentences = [(sentence.start, sentence.end) for sentence in document.sentences]
    windows: list[tuple[int, int]] = []
    for start, end in sorted({*sentences, *((i.start, i.end) for i in _items(document))}):
        if windows and start < windows[-1][1]:
            windows[-1] = (windows[-1][0], max(end, windows[-1][1]))
        else:
            windows.append((start, end))
    return windows or [(0, 0)]


def _items(document: Document) -> Iterable[Located]:
    yield from document.mentions or ()
    yield from document.timexes or ()
    for event in document.events or ():
        yield event.trigger
        yield from (a.span for a in event.arguments if a.span is not UNSET)
