"""The places where two annotators differ, by the matching that counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, get_args

from vinee.bench.agreement.attributes import WIKIDATA
from vinee.bench.agreement.shape import Kind, Side, Spot
from vinee.corpus.adjudication import naming
from vinee.metrics.diagnostics import Found
from vinee.metrics.diagnostics.cases import cases
from vinee.metrics.items import itemised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vinee.bench.agreement.layers import Layer
    from vinee.bench.agreement.sheets import Sheet
    from vinee.corpus.adjudication.naming import Naming, Place
    from vinee.metrics.attributes import Key, Matched
    from vinee.metrics.diagnostics.cases import Outcome
    from vinee.metrics.items import Listed
    from vinee.model import Document

    Sheets = Mapping[str, Sheet]

_UNSET = "none"
_KINDS: tuple[Kind, ...] = get_args(Kind)
_ITEMS = {"mentions": "mention", "timexes": "timex", "events": "event"}


class Difference(NamedTuple):
    """A place where two differ, in one layer; equal ones of several layers are one spot."""

    doc_id: str
    item: str
    kind: Kind
    first: Side | None
    second: Side | None
    about: Side | None = None


def of_items(
    layer: Layer, documents: tuple[Sequence[Document], Sequence[Document]], sheets: _Both
) -> Iterator[Difference]:
    """List what F1 counts against a layer: each item that only one gave, once.

    Two such items whose spans are equal or overlap are one place, as many as can be, of which
    choices the most with equal labels are taken, then the least distance of boundaries. Arguments
    are one place only if the layer takes their events for one.
    """
    for doc_id, sides in (itemised(layer.metric, *documents) or {}).items():
        one, other = (
            {
                _found(item): item
                for item in mine - theirs
                if layer.labels is None or item.said[0] in layer.labels
            }
            for mine, theirs in ((sides.gold, sides.predicted), (sides.predicted, sides.gold))
        )
        for case in cases(doc_id, one, other):
            first = None if case.gold is None else one[case.gold]
            second = None if case.predicted is None else other[case.predicted]
            yield _difference(doc_id, case.outcome, (first, second), sheets)


def of_attribute(
    attribute: str, matched: Mapping[str, Sequence[Matched]], sheets: _Both
) -> Iterator[Difference]:
    """List the items that both gave, with different values of an attribute."""
    kind: Kind = "link" if attribute == WIKIDATA else "attribute"
    layer, _, name = attribute.partition(".")
    for doc_id, items in matched.items():
        for item in items:
            if item.gold != item.predicted:
                first, second = (
                    _valued(sheet[doc_id], item.key, name, value)
                    for sheet, value in zip(sheets, (item.gold, item.predicted), strict=True)
                )
                yield Difference(doc_id, _ITEMS[layer], kind, first, second)


def of_chains(
    layer: str,
    documents: tuple[Sequence[Document], Sequence[Document]],
    common: tuple[Naming, Naming],
    sheets: _Both,
) -> Iterator[Difference]:
    """List the mentions of entities, or of events, that both gave and put into different chains.

    What annotators named each in their own way is brought to common terms first, as for
    adjudication. A mention in no chain differs from one that is in any.

    Args:
        layer: ``entities`` or ``chains``.
        documents: Of both.
        common: What `vinee.corpus.adjudication.common_names` gave for them.
        sheets: Of both.
    """
    read = naming.named_mentions if layer == "entities" else naming.named_events
    named = [each.entities if layer == "entities" else each.chains for each in common]
    places = [read(side) for side in documents]
    there = [_places(layer, side) for side in documents]
    for place in sorted(there[0] & there[1]):
        one, other = (
            names[given[place]] if place in given else None
            for names, given in zip(named, places, strict=True)
        )
        if one != other:
            doc_id, start, end, _ = place
            first, second = (
                sheet[doc_id].span(start, end, given.get(place, _UNSET))
                for sheet, given in zip(sheets, places, strict=True)
            )
            item = "mention" if layer == "entities" else "event"
            yield Difference(doc_id, item, "chain", first, second)


def spots(found: Mapping[str, Sequence[Difference]], sheets: _Both) -> tuple[Spot, ...]:
    """Make one spot of what differs alike in several layers, in order of the text."""
    layers: dict[Difference, list[str]] = {}
    for layer, differences in found.items():
        for each in differences:
            layers.setdefault(each, []).append(layer)
    return tuple(
        Spot(
            each.doc_id,
            tuple(layers[each]),
            *each[1:],
            sheets[0][each.doc_id].sentences((each.about, each.first, each.second)),
        )
        for each in sorted(layers, key=_order)
    )


_Both = tuple["Sheets", "Sheets"]


def _difference(
    doc_id: str, outcome: Outcome, items: tuple[Listed | None, Listed | None], sheets: _Both
) -> Difference:
    sides: list[Side | None] = [None, None]
    abouts: list[Side | None] = []
    name = ""
    for number, item in enumerate(items):
        if item is not None:
            sheet = sheets[number][doc_id]
            sides[number] = sheet.side(item)
            abouts.append(sheet.about(item))
            name = item.kind
    # Where the layer takes any event of the type, the first on either side stands for it.
    about = min((each for each in abouts if each), key=_place, default=None)
    return Difference(doc_id, name, _kind(outcome, items), sides[0], sides[1], about)


def _kind(outcome: Outcome, items: tuple[Listed | None, Listed | None]) -> Kind:
    one, other = items
    if one is None or other is None:
        return "only"
    if outcome == "boundary":
        return "boundary"
    what = "type"
    if one.kind == "argument":
        what = "role"
    elif one.kind == "timex" and one.said[:1] == other.said[:1]:
        what = "attribute"
    name = f"boundary+{what}" if outcome == "both" else what
    return next(kind for kind in _KINDS if kind == name)


def _found(item: Listed) -> Found:
    frame = item.frame
    label = item.said[0] if frame and len(item.said) == (3 if frame[1] else 2) else ""
    return Found(item.start, item.end, label if frame else " ".join(item.said), frame)


def _valued(sheet: Sheet, key: Key, name: str, value: str | None) -> Side:
    start, end, _ = key
    if name == "extent":
        if value is None:
            return sheet.span(start, end, "no extent")
        left, right = map(int, value.split(","))
        return sheet.span(start - left, end + right, "extent")
    return sheet.span(start, end, value or _UNSET)


def _places(layer: str, documents: Sequence[Document]) -> set[Place]:
    if layer == "entities":
        return {(d.doc_id, m.start, m.end, m.type) for d in documents for m in d.mentions or ()}
    return {
        (d.doc_id, e.trigger.start, e.trigger.end, "") for d in documents for e in d.events or ()
    }


def _place(side: Side) -> tuple[int, int]:
    return side.start, side.end


def _order(each: Difference) -> tuple[object, ...]:
    sides = [side for side in (each.first, each.second) if side is not None]
    place = min((side.start, side.end) for side in sides)
    said = [("", 0, 0) if s is None else (s.said, s.start, s.end) for s in each[3:]]
    return each.doc_id, *place, each.item, each.kind, said
