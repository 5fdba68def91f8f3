"""The items that a metric counts, so that each can be named and not only counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from vinee.metrics.arguments import fillers
from vinee.metrics.attributes import matched
from vinee.metrics.base import pair
from vinee.metrics.event_attributes import EventAttributeMetric
from vinee.metrics.events import EventMetric
from vinee.metrics.link.annotation import LinkStrong
from vinee.metrics.ner import Boundary, NerStrict
from vinee.metrics.spans.nested import NerNested, nested
from vinee.metrics.timex import TimexStrict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vinee.metrics.base import Metric
    from vinee.metrics.diagnostics.kinds import Frame
    from vinee.model import Document

    Find: TypeAlias = Callable[[Document], Iterable["Listed"]]


class Listed(NamedTuple):
    """An item of a metric; two are equal exactly where the metric takes them for one.

    Attributes:
        start: First code point.
        end: One past the last.
        kind: ``mention``, ``timex``, ``trigger``, ``argument``, ``event`` or ``link``.
        said: All else that the metric compares, in words.
        frame: Of an argument, what it belongs to: the trigger's start and end, both 0 where the
            metric does not compare them, and the type of the event.
    """

    start: int
    end: int
    kind: str
    said: tuple[str, ...]
    frame: Frame = ()

    @property
    def label(self) -> str:
        """What is said of it, on one line."""
        return " ".join(self.said)


class Sides(NamedTuple):
    """The items of a document; those on both sides are the correct ones."""

    gold: frozenset[Listed]
    predicted: frozenset[Listed]


def itemised(
    metric: Metric, gold: Sequence[Document], predicted: Sequence[Document]
) -> dict[str, Sides] | None:
    """List what a metric counts, by document.

    The numbers of gold, predicted and correct items are those that `Metric.counts` gives.

    Returns:
        The items by ``doc_id``; None for a metric that does not count equal items: chains, tags,
        pairs of items that need not be equal, and arguments with parameters other than
        ``implicit``.

    Raises:
        InvalidError: The documents cannot be paired, or one contradicts itself.
    """
    if isinstance(metric, LinkStrong):
        return {
            reference.doc_id: Sides(*(frozenset(map(_link, side)) for side in sides))
            for reference, prediction in pair(metric.annotated(gold), predicted, metric.layer)
            for sides in (metric.links(reference, prediction),)
        }
    if isinstance(metric, EventAttributeMetric):
        return _of_attribute(metric, gold, predicted)
    find = _finder(metric)
    if find is None:
        return None
    annotated = metric.annotated(gold) if isinstance(metric, TimexStrict) else gold
    return {
        reference.doc_id: Sides(frozenset(find(reference)), frozenset(find(prediction)))
        for reference, prediction in pair(annotated, predicted, metric.layer)
    }


def _finder(metric: Metric) -> Find | None:
    if isinstance(metric, NerStrict | Boundary | NerNested):
        return lambda document: _mentions(metric, document)
    if isinstance(metric, TimexStrict):
        return lambda document: _times(metric, document)
    if isinstance(metric, EventMetric) and replace(metric, implicit=False) == EventMetric(
        metric.part, metric.types, metric.roles
    ):
        find = _triggers if metric.part in ("TI", "TC") else _arguments
        return lambda document: find(metric, document)
    return None


def _mentions(metric: NerStrict | Boundary | NerNested, document: Document) -> Iterator[Listed]:
    spans = metric.view(document)
    for start, end, label in nested(spans) if isinstance(metric, NerNested) else spans:
        yield Listed(start, end, "mention", () if isinstance(metric, Boundary) else (label,))


def _times(metric: TimexStrict, document: Document) -> Iterator[Listed]:
    for timex in document.timexes or ():
        values = ((name, getattr(timex, name)) for name in metric.attributes)
        said = tuple(_said(name, value) for name, value in values)
        yield Listed(timex.start, timex.end, "timex", said)


def _said(name: str, value: str | None) -> str:
    if value is None:
        return f"no {name}"
    return value if name == "type" else f"{name} {value}"


def _triggers(metric: EventMetric, document: Document) -> Iterator[Listed]:
    for event in document.events or ():
        if metric.types is None or event.type in metric.types:
            said = (event.type,) if metric.part == "TC" else ()
            yield Listed(event.trigger.start, event.trigger.end, "trigger", said)


def _arguments(metric: EventMetric, document: Document) -> Iterator[Listed]:
    plus = metric.part.endswith("+")
    for event, filled in zip(document.events or (), fillers(document), strict=True):
        if metric.types is not None and event.type not in metric.types:
            continue
        start, end = (event.trigger.start, event.trigger.end) if plus else (0, 0)
        at = (f"at {start}-{end}",) if plus else ()
        for filler in filled:
            if filler.implicit and not metric.implicit:
                continue
            if metric.roles is not None and filler.role not in metric.roles:
                continue
            role = (filler.role,) if metric.part.startswith("AC") else ()
            said = (*role, f"of {event.type}", *at)
            frame = start, end, event.type
            yield Listed(filler.start, filler.end, "argument", said, frame)


def _of_attribute(
    metric: EventAttributeMetric, gold: Sequence[Document], predicted: Sequence[Document]
) -> dict[str, Sides]:
    found = {}
    for document, events in matched(metric.name, gold, predicted):
        sides = [
            frozenset(
                Listed(start, end, "event", (type_, _said(metric.attribute, value)))
                for (start, end, type_), *values in events
                if metric.types is None or type_ in metric.types
                for value in values[side : side + 1]
            )
            for side in (0, 1)
        ]
        found[document.doc_id] = Sides(*sides)
    return found


def _link(link: tuple[int, int, str]) -> Listed:
    start, end, item = link
    return Listed(start, end, "link", (item,))
