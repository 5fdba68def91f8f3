"""Metrics by name; the name, its parameters included, is the whole identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.errors import InvalidError, UnknownNameError, Where
from vinee.metrics.events import PARTS, EventMetric
from vinee.metrics.ner import Boundary, NerStrict
from vinee.metrics.tags import SeqevalTags

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vinee.metrics.base import Metric, SpanView

_MENTIONS: Mapping[str, Callable[[SpanView], Metric]] = {
    "ner.strict": NerStrict,
    "boundary": Boundary,
    "tags.seqeval": SeqevalTags,
    "tags.seqeval(mode=strict)": lambda view: SeqevalTags(view, mode="strict"),
}
_EVENTS = {
    each.name: each
    for each in (EventMetric(part, implicit=flag) for flag in (False, True) for part in PARTS)
}


def names() -> tuple[str, ...]:
    """Return the name of every metric; each is spelled in one way only."""
    return (*_MENTIONS, *_EVENTS)


def metric(
    name: str,
    *,
    view: SpanView | None = None,
    types: tuple[str, ...] | None = None,
    roles: tuple[str, ...] | None = None,
) -> Metric:
    """Return the metric of that name.

    Args:
        name: One of `names`.
        view: How a document's mentions become typed spans; event metrics do not use it.
        types: Event types to score, None for all; mention metrics do not use it.
        roles: Roles to score, None for all; mention metrics do not use it.

    Raises:
        UnknownNameError: There is no such metric, or it has no such parameter.
        InvalidError: The metric scores mentions and no view was given.
    """
    if name in _EVENTS:
        chosen = _EVENTS[name]
        return EventMetric(chosen.part, types, roles, implicit=chosen.implicit)
    if name not in _MENTIONS:
        raise UnknownNameError("metric", name, names())
    if view is None:
        raise InvalidError("metric-view", Where(), f"{name!r} scores mentions: give it a view")
    return _MENTIONS[name](view)
