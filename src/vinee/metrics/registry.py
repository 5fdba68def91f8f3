"""Metrics by name; the name, its parameters included, is the whole identity.

Chain metrics, which do not count items, have a registry of their own, `vinee.metrics.coref`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.errors import InvalidError, UnknownNameError, Where
from vinee.metrics.events import PARTS, EventMetric
from vinee.metrics.ner import Boundary, NerStrict
from vinee.metrics.tags import SeqevalTags
from vinee.metrics.timex import TimexRelaxed, TimexStrict

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
_TIMEXES: Mapping[str, Metric] = {
    each.name: each
    for each in (
        TimexStrict("span"),
        TimexRelaxed(),
        TimexStrict("type"),
        TimexStrict("value"),
        TimexStrict("full"),
    )
}


def names() -> tuple[str, ...]:
    """Return the name of every metric; each is spelled in one way only."""
    return (*_MENTIONS, *_EVENTS, *_TIMEXES)


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
        view: How a document's mentions become typed spans; only mention metrics use it.
        types: Event types to score, None for all; only event metrics use it.
        roles: Roles to score, None for all; only event metrics use it.

    Raises:
        UnknownNameError: There is no such metric, or it has no such parameter.
        InvalidError: The metric scores mentions and no view was given.
    """
    if name in _EVENTS:
        chosen = _EVENTS[name]
        return EventMetric(chosen.part, types, roles, implicit=chosen.implicit)
    if name in _TIMEXES:
        return _TIMEXES[name]
    if name not in _MENTIONS:
        raise UnknownNameError("metric", name, names())
    if view is None:
        raise InvalidError("metric-view", Where(), f"{name!r} scores mentions: give it a view")
    return _MENTIONS[name](view)
