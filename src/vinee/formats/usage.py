"""Which features of the contract a document uses, and how often."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from msgspec import UNSET

from vinee import text as segment
from vinee.model import LAYERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vinee.model import Document, Located

Place: TypeAlias = tuple[int, int]


def counts(document: Document) -> Counter[str]:
    """Count the items that use each feature; a feature that is not used has no entry."""
    found = Counter(feature for feature, used in _uses(document) if used)
    spans = [(item.start, item.end) for item in document.mentions or ()]
    anchors = [(item.start, item.end) for item in document.timexes or ()]
    anchors += [(event.trigger.start, event.trigger.end) for event in document.events or ()]
    found["mentions.nested"] = _nested(spans)
    found["mentions.crossing"] = _crossing(spans)
    found["mentions.repeated"] = sum(n - 1 for n in Counter(spans).values())
    found["events.crossing"] = _crossing(anchors)
    return +found


def _uses(document: Document) -> Iterator[tuple[str, object]]:
    yield "text", document.text is not None
    yield "meta", document.meta is not None
    for layer in LAYERS:
        yield "layers.empty", getattr(document, layer) == ()
    for layer in ("mentions", "entities", "timexes", "events", "chains"):
        for item in getattr(document, layer) or ():
            yield "ids", item.id is not None
            yield "scores", getattr(item, "score", UNSET) is not UNSET
    yield from (("sections", True) for _ in document.sections or ())
    yield from (("sentences", True) for _ in document.sentences or ())
    yield from _mention_uses(document)
    yield from _timex_uses(document)
    yield from _event_uses(document)


def _mention_uses(document: Document) -> Iterator[tuple[str, object]]:
    for mention in document.mentions or ():
        yield "mentions", True
        yield "mentions.extent", mention.extent
        yield "mentions.level", mention.level != "NAM"
        yield "mentions.gpe_role", mention.gpe_role
        yield "mentions.partial_syllables", _cuts(document.text, mention)
        yield "entities", mention.entity is not None
    for entity in document.entities or ():
        yield "entities", True
        yield "entities.type", True
        yield "entities.name", entity.name is not None
        yield "entities.corpus_id", entity.corpus_id is not None
        yield "entities.wikidata", entity.wikidata is not None


def _timex_uses(document: Document) -> Iterator[tuple[str, object]]:
    for timex in document.timexes or ():
        yield "timexes", True
        yield "timexes.type", timex.type
        yield "timexes.value", timex.value is not None
        yield "timexes.mod", timex.mod is not None


def _event_uses(document: Document) -> Iterator[tuple[str, object]]:
    for event in document.events or ():
        yield "events", True
        yield "events.polarity", event.polarity
        yield "events.realis", event.realis
        yield "events.modality", event.modality
        yield "chains", event.chain is not None
        for argument in event.arguments:
            yield "events.arguments", True
            yield "events.arguments.span", argument.span is not UNSET
            yield "events.arguments.implicit", argument.implicit
    for chain in document.chains or ():
        yield "chains", True
        yield "chains.name", chain.name is not None
        yield "chains.corpus_id", chain.corpus_id is not None


def _cuts(text: str | None, span: Located) -> bool:
    if text is None or not 0 <= span.start < span.end <= len(text):
        return False
    return not segment.keeps_syllables_whole(text, span.start, span.end)


def _nested(spans: Sequence[Place]) -> int:
    """Count the spans that lie within another, different one."""
    found = set()
    reached = -1
    # What holds a span comes before it in this order.
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if end <= reached:
            found.add((start, end))
        reached = max(reached, end)
    return sum(span in found for span in spans)


def _crossing(spans: Sequence[Place]) -> int:
    """Count the spans that share a part with another one while neither has all of the other."""
    mirrored = _entered([(-end, -start) for start, end in spans])
    found = _entered(spans) | {(-end, -start) for start, end in mirrored}
    return sum(span in found for span in spans)


def _entered(spans: Iterable[Place]) -> set[Place]:
    """Give the spans inside which another one ends that begins before them."""
    found = set()
    ends: list[int] = []  # of spans that begin earlier, ascending
    for start, group in groupby(sorted(set(spans)), key=itemgetter(0)):
        here = [end for _, end in group]
        following = bisect_right(ends, start)
        nearest = ends[following] if following < len(ends) else None
        found |= {(start, end) for end in here if nearest is not None and nearest < end}
        for end in here:
            insort(ends, end)
    return found
