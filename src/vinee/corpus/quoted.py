"""An annotator's pass: quoted text instead of offsets, so that no offset can be miscounted.

Each quote is looked up in its own sentence, at syllable boundaries. Where it stands there
more than once, ``n`` (from 1) must say which one is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from vinee import text as segment
from vinee.corpus import structure
from vinee.errors import InvalidError, SchemaError, Where
from vinee.formats import native
from vinee.model import (
    Argument,
    Document,
    Event,
    GpeRole,
    Level,
    Mention,
    SectionKind,
    Span,
    Timex,
    TimexType,
)

if TYPE_CHECKING:
    from pathlib import Path


class SectionStart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section begins where ``starts`` stands for the ``n``-th time in the article."""

    kind: SectionKind
    starts: str
    n: int | None = None


class QuotedMention(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mention; ``extent`` is quoted too and must hold the bare span."""

    id: str
    quote: str
    type: str
    level: Level = "NAM"
    n: int | None = None
    extent: str | None = None
    gpe_role: GpeRole | None = None


class QuotedTimex(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A time expression."""

    id: str
    quote: str
    type: TimexType
    n: int | None = None


class Quote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of the sentence that fills a role."""

    quote: str
    n: int | None = None


class QuotedEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event; a role's fillers are ids of mentions and times, or quotes."""

    id: str
    quote: str
    type: str
    n: int | None = None
    arguments: dict[str, list[str | Quote]] = {}


class QuotedSentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was annotated in sentence ``s`` (from 0), which begins with ``starts``."""

    s: int
    starts: str
    mentions: tuple[QuotedMention, ...] = ()
    timexes: tuple[QuotedTimex, ...] = ()
    events: tuple[QuotedEvent, ...] = ()


class Pass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One annotator's work on one article; ``notes`` keep doubts, with the sentence's number."""

    doc_id: str
    annotator: str
    guidelines: str
    sections: tuple[SectionStart, ...]
    sentences: tuple[QuotedSentence, ...] = ()
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


def layout(text: str, handed_in: Pass) -> Document:
    """Give the article with sections and sentences only: what an annotator works on."""
    where = Where(doc_id=handed_in.doc_id, path="$.sections")
    starts = [
        (_find(text, item.starts, item.n, where)[0], item.kind) for item in handed_in.sections
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
    return msgspec.structs.replace(
        document,
        mentions=tuple(m for sentence in resolved for m in sentence.mentions()),
        timexes=tuple(t for sentence in resolved for t in sentence.timexes()),
        events=tuple(e for sentence in resolved for e in sentence.events()),
    )


class _Sentence:
    """Resolves the quotes of one sentence."""

    def __init__(self, document: Document, handed_in: Pass, index: int) -> None:
        self._quoted = handed_in.sentences[index]
        self._doc_id = handed_in.doc_id
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
        start, end = _find(self._span.text or "", quote, n, self._where(path))
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
        spans = [
            (item, self._locate(item.quote, item.n, f".timexes[{i}]"))
            for i, item in enumerate(self._quoted.timexes)
        ]
        return [
            Timex(span.start, span.end, text=span.text, id=item.id, type=item.type)
            for item, span in spans
        ]

    def events(self) -> list[Event]:
        """Resolve the events and the fillers that are quotes."""
        return [
            Event(
                item.type,
                self._locate(item.quote, item.n, f".events[{i}]"),
                id=item.id,
                arguments=tuple(
                    self._argument(role, filler, f".events[{i}].arguments.{role}")
                    for role, fillers in item.arguments.items()
                    for filler in fillers
                ),
            )
            for i, item in enumerate(self._quoted.events)
        ]

    def _argument(self, role: str, filler: str | Quote, path: str) -> Argument:
        if isinstance(filler, str):
            return Argument(role, ref=filler)
        return Argument(role, span=self._locate(filler.quote, filler.n, path))


def _find(text: str, quote: str, n: int | None, where: Where) -> tuple[int, int]:
    found = segment.ground(text, quote)
    matches = found.matches if all(text[s:e] == quote for s, e in found.matches) else ()
    if not matches:
        raise InvalidError(
            "pass-quote", where, f"{quote!r} does not stand in {text[:60]!r}…; quote it exactly"
        )
    if n is None and len(matches) > 1:
        raise InvalidError(
            "pass-quote",
            where,
            f"{quote!r} stands {len(matches)} times in {text[:60]!r}…; say which one with n",
        )
    if n is not None and not 1 <= n <= len(matches):
        raise InvalidError(
            "pass-quote",
            where,
            f"n is {n}, but {quote!r} stands {len(matches)} times in {text[:60]!r}…",
        )
    return matches[(n or 1) - 1]
