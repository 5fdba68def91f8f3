"""From facts to a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from vinee.corpus.adjudication.disagreements import sentence_of
from vinee.corpus.adjudication.facts import CHAIN, ENTITY, Item, in_text, said_of, whole
from vinee.corpus.quoted import chains, pulled
from vinee.corpus.quoted.implicit import Fillers
from vinee.errors import InvalidError, Where
from vinee.model import Argument, Event, Mention, Span, Timex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vinee.corpus.adjudication.facts import Fill, Key
    from vinee.model import Chain, Document, Entity

_NO_FILLER = frozenset({"TITLE"})


def compose(frame: Document, items: Mapping[Key, Item]) -> Document:
    """Make a document of facts, on the text and sentences of ``frame``.

    Entities and chains are numbered in order; their names become ``corpus_id``. Who made the pass
    that gives the frame is left out.

    Raises:
        InvalidError: An argument is filled by something that is not there.
    """
    ordered = sorted(items.items(), key=lambda item: in_text(item[0]))
    named, timexes = _fillers(frame, ordered)
    fillers = _References(frame, named, timexes)
    events = [
        _event(f"ev{number}", key, item, fillers)
        for number, (key, item) in enumerate(_of("event", ordered), start=1)
    ]
    mentions, entities = chains.entities(named)
    numbered, found = chains.events(events)
    return replace(
        frame,
        mentions=mentions,
        entities=tuple(_of_entity(entity, items) for entity in entities),
        timexes=tuple(timexes),
        events=numbered,
        chains=tuple(_of_chain(chain, items) for chain in found),
        meta=_without_pass(frame),
    )


def holdable(frame: Document, items: Mapping[Key, Item]) -> dict[Key, Item]:
    """Return the facts without the arguments whose fillers are not among them."""
    ordered = sorted(items.items(), key=lambda item: in_text(item[0]))
    fillers = _References(frame, *_fillers(frame, ordered))
    return {
        key: Item(item.attributes, frozenset(f for f in item.fills if fillers.has(f, key)))
        for key, item in items.items()
    }


def _fillers(
    frame: Document, ordered: Sequence[tuple[Key, Item]]
) -> tuple[list[Mention], list[Timex]]:
    text = frame.text or ""
    mentions = [
        _mention(f"m{number}", key, item, text)
        for number, (key, item) in enumerate(_of("mention", ordered), start=1)
    ]
    timexes = [
        _time(f"t{number}", key, item, text)
        for number, (key, item) in enumerate(_of("time", ordered), start=1)
    ]
    return mentions, timexes


def _of(layer: str, ordered: Iterable[tuple[Key, Item]]) -> list[tuple[Key, Item]]:
    return [(key, item) for key, item in ordered if key.layer == layer]


def _of_entity(entity: Entity, items: Mapping[Key, Item]) -> Entity:
    said = said_of(whole(ENTITY, entity.corpus_id or ""), items).attributes
    return replace(entity, wikidata=said["wikidata"], name=said["name"] or entity.name)


def _of_chain(chain: Chain, items: Mapping[Key, Item]) -> Chain:
    said = said_of(whole(CHAIN, chain.corpus_id or ""), items).attributes
    return replace(chain, name=said["name"])


def _without_pass(frame: Document) -> dict[str, Any] | None:
    meta = {key: value for key, value in (frame.meta or {}).items() if key != pulled.KEY}
    return meta or None


def _mention(id_: str, key: Key, item: Item, text: str) -> Mention:
    extent = item.attributes["extent"]
    start, end = map(int, extent.split(":")) if extent else (0, 0)
    given: Any = item.attributes
    return Mention(
        key.start,
        key.end,
        key.type,
        text=text[key.start : key.end],
        id=id_,
        extent=Span(start, end, text[start:end]) if extent else None,
        level=given["level"],
        gpe_role=given["gpe_role"],
        entity=given["entity"],
    )


def _time(id_: str, key: Key, item: Item, text: str) -> Timex:
    given: Any = item.attributes
    return Timex(key.start, key.end, text=text[key.start : key.end], id=id_, **given)


def _event(id_: str, key: Key, item: Item, references: _References) -> Event:
    given: Any = item.attributes
    return Event(
        given["type"],
        Span(key.start, key.end, references.text[key.start : key.end]),
        id=id_,
        arguments=tuple(references.argument(fill, key) for fill in sorted(item.fills)),
        polarity=given["polarity"],
        realis=given["realis"],
        modality=given["modality"],
        chain=given["chain"],
    )


class _References:
    """Finds the mention or time that fills a role."""

    def __init__(self, frame: Document, mentions: list[Mention], timexes: list[Timex]) -> None:
        self.text = frame.text or ""
        self._frame = frame
        self._implicit = Fillers(mentions, timexes)
        self._times = {(t.start, t.end): t.id for t in timexes}
        self._at = {
            **{(m.start, m.end): m.id for m in mentions if m.type not in _NO_FILLER},
            **self._times,
        }

    def has(self, fill: Fill, event: Key) -> bool:
        """Tell whether what fills a role is there."""
        try:
            self.argument(fill, event)
        except InvalidError:
            return False
        return True

    def argument(self, fill: Fill, event: Key) -> Argument:
        """Turn what fills a role into an argument of the event."""
        if fill.kind in ("span", "far"):
            span = Span(fill.start, fill.end, self.text[fill.start : fill.end])
            return Argument(fill.role, span=span, implicit=fill.kind == "far")
        return Argument(fill.role, ref=self._ref(fill, event), implicit=fill.kind != "ref")

    def _ref(self, fill: Fill, event: Key) -> str:
        where = Where(doc_id=self._frame.doc_id)
        if fill.kind == "entity":
            sentence = (self._frame.sentences or ())[sentence_of(self._frame, event.start)]
            ref = self._implicit.ref(fill.name, sentence, where)
        else:
            ref = (self._at if fill.kind == "ref" else self._times).get((fill.start, fill.end))
        if ref is None:
            covered = self.text[fill.start : fill.end]
            trigger = self.text[event.start : event.end]
            problem = (
                f"{fill.role} of {trigger!r}@{event.start} is filled by {covered!r}@{fill.start}, "
                "which was decided away; keep it, or decide the argument away too"
            )
            raise InvalidError("adjudication", where, problem)
        return ref
