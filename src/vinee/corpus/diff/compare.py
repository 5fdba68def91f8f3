"""Comparing editions: document by document, layer by layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from vinee.corpus.diff import chains, coordinates
from vinee.corpus.diff.attributes import differences
from vinee.corpus.diff.change import (
    LAYERS,
    ArgumentOf,
    Change,
    Diff,
    DocumentDiff,
    LayerChange,
)
from vinee.corpus.diff.pairing import pair
from vinee.corpus.diff.side import Side
from vinee.model import LAYERS as ANNOTATED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from vinee.corpus.diff.change import Layer
    from vinee.corpus.diff.pairing import Item, Pair, Pairing
    from vinee.corpus.diff.side import Anchor
    from vinee.model import Document

    Sides = tuple[Side, Side]
    Moved = Mapping[tuple[str, int], Anchor]


def compare(
    old: Iterable[Document],
    new: Iterable[Document],
    *,
    names: tuple[str, str] = ("old", "new"),
) -> Diff:
    """Find what changed between two editions, whose documents are paired by ``doc_id``.

    The order of documents and items changes nothing, and neither do ids. Of two items of one
    span and type, which no valid gold has, either may be taken for the other. ``meta`` and the
    copies of the text that spans carry are not annotation and are not compared.

    Args:
        old: The documents of the old edition, each id once.
        new: Those of the new one.
        names: What to call the editions.

    Raises:
        InvalidError: An argument refers to nothing in its document.
    """
    olds = {document.doc_id: document for document in old}
    news = {document.doc_id: document for document in new}
    compared = (_document(olds[doc_id], news[doc_id]) for doc_id in sorted(olds.keys() & news))
    return Diff(
        *names,
        added=tuple(sorted(news.keys() - olds.keys())),
        removed=tuple(sorted(olds.keys() - news.keys())),
        documents=tuple(each for each in compared if each.text or each.layers or each.changes),
    )


def _document(old: Document, new: Document) -> DocumentDiff:
    ours, theirs, text = coordinates.shared(old.text, new.text)
    sides = Side(old, ours), Side(new, theirs)
    order = {layer: at for at, layer in enumerate(LAYERS)}
    return DocumentDiff(
        old.doc_id,
        text,
        tuple(_layers(old, new)),
        tuple(sorted(_changes(sides), key=lambda each: (order[each.layer], *_place(each)))),
    )


def _place(change: Change) -> tuple[object, ...]:
    item = change.new or change.old
    at = item if change.argument_of is None else change.argument_of.new_trigger
    names = None if change.chain is None else change.chain.new or change.chain.old
    start = (at.start, at.end) if at else (-1, -1)
    inner = (item.start, item.end) if item else (-1, -1)
    return (*start, *inner, names or "", change.type or "", change.kind)


def _layers(old: Document, new: Document) -> Iterator[LayerChange]:
    for layer in LAYERS:
        if layer in ANNOTATED:
            was, is_ = getattr(old, layer) is not None, getattr(new, layer) is not None
            if was != is_:
                yield LayerChange(layer, "old" if was else "new")


def _changes(sides: Sides) -> Iterator[Change]:
    old, new = sides
    entities = _entities(old), _entities(new)
    mentions = pair(old.mentions(entities[0].keys()), new.mentions(entities[1].keys()))
    timexes = pair(old.timexes(), new.timexes())
    yield from _located("sections", pair(old.sections(), new.sections()), sides, "kind")
    yield from _located("sentences", pair(old.sentences(), new.sentences()), sides)
    yield from _located("mentions", mentions, sides)
    yield from chains.changes("entities", entities, mentions.pairs, sides)
    yield from _located("timexes", timexes, sides)
    yield from _events(sides, _moved(mentions, timexes))


def _entities(side: Side) -> chains.Groups:
    members = [(each.entity, each.type, each) for each in side.document.mentions or ()]
    return chains.gather(side.document.entities, members, side)


def _event_chains(side: Side) -> chains.Groups:
    members = [(each.chain, each.type, each.trigger) for each in side.document.events or ()]
    return chains.gather(side.document.chains, members, side)


def _events(sides: Sides, moved: tuple[Moved, Moved]) -> Iterator[Change]:
    old, new = sides
    groups = _event_chains(old), _event_chains(new)
    events = pair(old.events(groups[0].keys(), moved[0]), new.events(groups[1].keys(), moved[1]))

    def arguments(side: int, event: Item) -> tuple[str, ...]:
        found = sides[side].arguments(event.index, moved[side])
        found.sort(key=lambda each: (each.span, each.label))
        return tuple(f"{each.label} “{sides[side].quote(each.located).text}”" for each in found)

    yield from _located("events", events, sides, contents=arguments)
    for both in events.pairs:
        yield from _arguments(both, sides, moved)
    yield from chains.changes("chains", groups, events.pairs, sides)


def _arguments(events: Pair, sides: Sides, moved: tuple[Moved, Moved]) -> Iterator[Change]:
    old, new = events
    pairing = pair(sides[0].arguments(old.index, moved[0]), sides[1].arguments(new.index, moved[1]))
    for change in _located("arguments", pairing, sides, "role"):
        triggers = sides[0].quote(old.located), sides[1].quote(new.located)
        event = ArgumentOf(str(old.label), triggers[0], str(new.label), triggers[1])
        yield replace(change, argument_of=event)


def _moved(mentions: Pairing, timexes: Pairing) -> tuple[Moved, Moved]:
    """Give moved mentions and times one anchor for both editions."""
    anchors: tuple[dict[tuple[str, int], Anchor], ...] = ({}, {})
    for layer, pairing in (("mentions", mentions), ("timexes", timexes)):
        for both in pairing.moved:
            anchor = tuple(sorted(item.span for item in both))
            for side, item in enumerate(both):
                anchors[side][layer, item.index] = anchor
    return anchors[0], anchors[1]


def _located(
    layer: Layer,
    pairing: Pairing,
    sides: Sides,
    label: str = "type",
    contents: Callable[[int, Item], tuple[str, ...]] = lambda _side, _item: (),
) -> Iterator[Change]:
    for old, new in pairing.pairs:
        found = differences(old, new, label)
        # An argument whose filler is the same stays where it is, wherever that went.
        is_same = old.place == new.place or old.span == new.span
        if found or not is_same:
            quotes = sides[0].quote(old.located), sides[1].quote(new.located)
            yield Change(layer, "relabelled" if is_same else "moved", new.label, *quotes, found)
    for old in pairing.removed:
        quote = sides[0].quote(old.located)
        yield Change(layer, "removed", old.label, old=quote, contents=contents(0, old))
    for new in pairing.added:
        quote = sides[1].quote(new.located)
        yield Change(layer, "added", new.label, new=quote, contents=contents(1, new))
