"""From quotes to offsets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from vinee import text as segment
from vinee.corpus import structure
from vinee.corpus.quoted import chains, locate
from vinee.corpus.quoted.implicit import Fillers
from vinee.errors import InvalidError, Where
from vinee.model import Argument, Document, Event, Mention, Span, Timex

if TYPE_CHECKING:
    from vinee.corpus.quoted.handed_in import Pass, Quote, QuotedEvent, QuotedMention, QuotedTimex


def layout(text: str, handed_in: Pass) -> Document:
    """Give the article with sections and sentences only: what an annotator works on."""
    where = Where(doc_id=handed_in.doc_id, path="$.sections")
    starts = [
        (locate.find(text, item.starts, item.n, where)[0], item.kind) for item in handed_in.sections
    ]
    located = structure.sections(text, starts)
    return Document(
        handed_in.doc_id,
        text=text,
        sections=located,
        sentences=structure.sentences(text, located),
    )


def resolve(text: str, handed_in: Pass) -> Document:
    """Turn quotes into half-open code-point spans of ``text``.

    Raises:
        InvalidError: A quote is not in its sentence, or stands there more than once and ``n``
            does not say which is meant.
    """
    document = layout(text, handed_in)
    resolved = [_Sentence(document, handed_in, index) for index in range(len(handed_in.sentences))]
    named = tuple(m for sentence in resolved for m in sentence.mentions())
    times = tuple(t for sentence in resolved for t in sentence.timexes())
    fillers = Fillers(named, times)
    events = tuple(e for sentence in resolved for e in sentence.events(fillers))
    mentions, entities = chains.entities(named)
    document = msgspec.structs.replace(
        document, mentions=mentions, timexes=times, events=events, entities=entities or None
    )
    if not any(event.realis for event in events):
        return document
    events, found = chains.events(events)
    return msgspec.structs.replace(document, events=events, chains=found)


class _Sentence:
    """Resolves the quotes of one sentence."""

    def __init__(self, document: Document, handed_in: Pass, index: int) -> None:
        self._quoted = handed_in.sentences[index]
        self._doc_id = handed_in.doc_id
        self._document = document
        self._path = f"$.sentences[{index}]"
        self._text = document.text or ""
        located = document.sentences or ()
        if not 0 <= self._quoted.s < len(located):
            raise InvalidError(
                "pass-sentence",
                self._where(""),
                f"there is no sentence {self._quoted.s}; the article has {len(located)}",
            )
        self._span = located[self._quoted.s]
        if not (self._span.text or "").startswith(self._quoted.starts):
            raise InvalidError(
                "pass-sentence",
                self._where(".starts"),
                f"sentence {self._quoted.s} begins with {(self._span.text or '')[:40]!r}, "
                f"not with {self._quoted.starts!r}",
            )

    def _where(self, path: str) -> Where:
        return Where(doc_id=self._doc_id, path=self._path + path)

    def _locate(self, quote: str, n: int | None, path: str) -> Span:
        start, end = locate.find(self._span.text or "", quote, n, self._where(path))
        return self._slice(self._span.start + start, self._span.start + end)

    def _slice(self, start: int, end: int) -> Span:
        return Span(start, end, self._text[start:end])

    def mentions(self) -> list[Mention]:
        """Resolve the mentions."""
        return [
            self._mention(item, f".mentions[{i}]") for i, item in enumerate(self._quoted.mentions)
        ]

    def _mention(self, item: QuotedMention, path: str) -> Mention:
        bare = self._locate(item.quote, item.n, path)
        return Mention(
            bare.start,
            bare.end,
            item.type,
            text=bare.text,
            id=item.id,
            extent=self._extent(item, bare, path),
            level=item.level,
            gpe_role=item.gpe_role,
            entity=item.entity,
        )

    def _extent(self, item: QuotedMention, bare: Span, path: str) -> Span | None:
        if item.extent is None or item.extent == item.quote:
            return None
        sentence = self._span.text or ""
        for start, end in segment.ground(sentence, item.extent).matches:
            if start + self._span.start <= bare.start and bare.end <= end + self._span.start:
                return self._slice(start + self._span.start, end + self._span.start)
        raise InvalidError(
            "pass-quote",
            self._where(path + ".extent"),
            f"{item.extent!r} does not hold {item.quote!r} in this sentence",
        )

    def timexes(self) -> list[Timex]:
        """Resolve the time expressions."""
        return [self._timex(item, f".timexes[{i}]") for i, item in enumerate(self._quoted.timexes)]

    def _timex(self, item: QuotedTimex, path: str) -> Timex:
        span = self._locate(item.quote, item.n, path)
        return Timex(
            span.start,
            span.end,
            text=span.text,
            id=item.id,
            type=item.type,
            value=item.value,
            mod=item.mod,
        )

    def events(self, fillers: Fillers) -> list[Event]:
        """Resolve the events and their fillers."""
        return [
            self._event(item, fillers, f".events[{i}]")
            for i, item in enumerate(self._quoted.events)
        ]

    def _event(self, item: QuotedEvent, fillers: Fillers, path: str) -> Event:
        explicit = [
            self._argument(role, filler, f"{path}.arguments.{role}")
            for role, given in item.arguments.items()
            for filler in given
        ]
        implicit = [
            self._implicit(role, filler, fillers, f"{path}.implicit.{role}")
            for role, given in item.implicit.items()
            for filler in given
        ]
        return Event(
            item.type,
            self._locate(item.quote, item.n, path),
            id=item.id,
            arguments=(*explicit, *implicit),
            polarity=item.polarity or ("POSITIVE" if item.realis else None),
            realis=item.realis,
            modality=item.modality,
            chain=item.chain,
        )

    def _argument(self, role: str, filler: str | Quote, path: str) -> Argument:
        if isinstance(filler, str):
            return Argument(role, ref=filler)
        return Argument(role, span=self._locate(filler.quote, filler.n, path))

    def _implicit(self, role: str, filler: str | Quote, fillers: Fillers, path: str) -> Argument:
        if isinstance(filler, str):
            ref = fillers.ref(filler, self._span, self._where(path))
            return Argument(role, ref=ref or filler, implicit=True)
        located = self._document.sentences or ()
        if filler.s is None or not 0 <= filler.s < len(located) or filler.s == self._quoted.s:
            raise InvalidError(
                "pass-implicit",
                self._where(path),
                f"{filler.quote!r} needs s, the number of another sentence (got {filler.s!r})",
            )
        other = located[filler.s]
        start, end = locate.find(other.text or "", filler.quote, filler.n, self._where(path))
        return Argument(
            role, span=self._slice(other.start + start, other.start + end), implicit=True
        )
