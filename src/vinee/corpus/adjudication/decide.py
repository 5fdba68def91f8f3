"""From two documents and the decisions on their disagreements to one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from vinee.corpus.adjudication.disagreements import disagreements, sentence_of
from vinee.corpus.adjudication.facts import Fill, Item, Key, facts
from vinee.corpus.quoted import chains
from vinee.corpus.quoted.implicit import Fillers
from vinee.errors import InvalidError, Where
from vinee.model import Argument, Event, Mention, Span, Timex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vinee.corpus.adjudication.naming import Naming
    from vinee.model import Document

_NO_FILLER = frozenset({"TITLE"})


@dataclass(frozen=True)
class Decision:
    """Whose statement holds, and why."""

    take: Literal["first", "second"]
    why: str


def adjudicate(
    first: Document,
    second: Document,
    naming: tuple[Naming, Naming],
    decisions: Mapping[str, Decision],
) -> Document:
    """Make one document of two.

    What both state is taken; of every disagreement the side that the decision names.

    Raises:
        InvalidError: A disagreement is undecided, a decision is on none, or an argument's
            filler was decided away.
    """
    found = disagreements(first, second, naming)
    where = Where(doc_id=first.doc_id)
    ids = [each.id for each in found]
    if open_ := [each for each in ids if each not in decisions]:
        problem = f"{len(open_)} disagreements are undecided, the first is {open_[0]!r}; decide"
        raise InvalidError("adjudication", where, problem)
    if idle := sorted(decisions.keys() - set(ids)):
        problem = f"{idle[0]!r} is decided, but no disagreement; remove it ({len(idle)} such)"
        raise InvalidError("adjudication", where, problem)
    sides = {
        "first": facts(first, naming[0]),
        "second": facts(second, naming[1]),
    }
    items: dict[Key, Item] = {}
    for key in sorted(sides["first"].keys() | sides["second"].keys()):
        one, other = sides["first"].get(key), sides["second"].get(key)
        items[key] = _both(one, other) if one and other else (one or other or Item({}))
    for each in found:
        side = sides[decisions[each.id].take]
        if each.what == "exists":
            if each.key not in side:
                del items[each.key]
        elif each.fill is None:
            items[each.key].attributes[each.what] = side[each.key].attributes[each.what]
        elif each.fill in side[each.key].fills:
            items[each.key] = _with_fill(items[each.key], each.fill)
    return _document(first, items)


def _both(one: Item, other: Item) -> Item:
    return Item(dict(one.attributes), one.fills & other.fills)


def _with_fill(item: Item, fill: Fill) -> Item:
    return Item(item.attributes, item.fills | {fill})


def _document(frame: Document, items: Mapping[Key, Item]) -> Document:
    text = frame.text or ""
    ordered = sorted(items.items(), key=lambda item: (item[0].start, -item[0].end, item[0].type))
    named = [
        _mention(f"m{number}", key, item, text)
        for number, (key, item) in enumerate(_of("mention", ordered), start=1)
    ]
    timexes = [
        _time(f"t{number}", key, item, text)
        for number, (key, item) in enumerate(_of("time", ordered), start=1)
    ]
    fillers = _References(frame, named, timexes)
    events = [
        _event(f"ev{number}", key, item, fillers)
        for number, (key, item) in enumerate(_of("event", ordered), start=1)
    ]
    mentions, entities = chains.entities(named)
    numbered, found = chains.events(events)
    return msgspec.structs.replace(
        frame,
        mentions=mentions,
        entities=entities,
        timexes=tuple(timexes),
        events=numbered,
        chains=found,
    )


def _of(layer: str, ordered: Iterable[tuple[Key, Item]]) -> list[tuple[Key, Item]]:
    return [(key, item) for key, item in ordered if key.layer == layer]


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
