"""Metrics by name; the name, its parameters included, is the whole identity."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

from vinee.errors import InvalidError, UnknownNameError, Where
from vinee.metrics.coref.documents import PARAMETERS as CHAIN_PARAMETERS
from vinee.metrics.coref.documents import CorefMetric
from vinee.metrics.coref.measures import MEASURES
from vinee.metrics.event_attributes import ATTRIBUTES, EventAttributeMetric
from vinee.metrics.events import PARTS, EventMetric
from vinee.metrics.link.accuracy import LinkAccuracy
from vinee.metrics.link.annotation import LinkStrong, LinkWeak
from vinee.metrics.link.document import LinkDocument
from vinee.metrics.naming import Family, parse
from vinee.metrics.ner import Boundary, NerStrict
from vinee.metrics.nuggets import NuggetMetric
from vinee.metrics.spans.either import NerEither
from vinee.metrics.spans.exact import NerExact
from vinee.metrics.spans.iou import NerIou
from vinee.metrics.spans.nested import NerNested
from vinee.metrics.spans.partial import NerPartial
from vinee.metrics.spans.typed import NerType
from vinee.metrics.tags import SeqevalTags
from vinee.metrics.timex import STRICT, TimexRelaxed, TimexStrict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vinee.metrics.base import Metric, SpanView
    from vinee.metrics.coref.documents import ChainKind, Mentions, Scope, Singletons
    from vinee.metrics.coref.measure import Measure
    from vinee.metrics.event_attributes import Attribute
    from vinee.metrics.events import Part
    from vinee.metrics.link.metric import LinkMetric
    from vinee.metrics.mentions import MentionMetric
    from vinee.metrics.timex import Compared

    Parameters: TypeAlias = Mapping[str, str]


class Setting(NamedTuple):
    """What a task says beside the name of a metric.

    Attributes:
        view: How a document's mentions become typed spans; only mention metrics use it.
        types: Event types to score, None for all; only event metrics use it.
        roles: Roles to score, None for all; only event metrics use it.
    """

    view: SpanView | None = None
    types: tuple[str, ...] | None = None
    roles: tuple[str, ...] | None = None


class Entry(NamedTuple):
    """A family and how its metrics are made, all parameters given."""

    family: Family
    make: Callable[[Parameters, Setting], Metric]


def _of_mentions(kind: type[MentionMetric]) -> Entry:
    def make(parameters: Parameters, setting: Setting) -> Metric:
        if setting.view is None:
            name = kind.family.spell(parameters)
            raise InvalidError("metric-view", Where(), f"{name!r} scores mentions: give it a view")
        # Every subclass counts; the base cannot say so, as it has nothing to count.
        return cast("Metric", kind.under(setting.view, parameters))

    return Entry(kind.family, make)


def _of_events(part: Part) -> Entry:
    def make(parameters: Parameters, setting: Setting) -> Metric:
        return EventMetric.under(part, parameters, setting.types, setting.roles)

    return Entry(EventMetric(part).family, make)


def _of_attributes(attribute: Attribute) -> Entry:
    made = EventAttributeMetric(attribute)
    return Entry(Family(made.name), lambda _, setting: replace(made, types=setting.types))


def _of_links(kind: type[LinkMetric]) -> Entry:
    # Every subclass counts; the base cannot say so, as it has nothing to count.
    return Entry(kind.family, lambda parameters, _: cast("Metric", kind.under(parameters)))


def _of_times(compared: Compared) -> Entry:
    def make(parameters: Parameters, _: Setting) -> Metric:
        strict = parameters.get("span", STRICT) == STRICT
        return TimexStrict(compared) if strict else TimexRelaxed(compared)

    return Entry(TimexStrict(compared).family, make)


def _of_chains(measure: Measure) -> Entry:
    def make(parameters: Parameters, _: Setting) -> Metric:
        return CorefMetric(
            measure,
            cast("ChainKind", parameters["chains"]),
            cast("Scope", parameters["scope"]),
            cast("Mentions", parameters["mentions"]),
            cast("Singletons", parameters["singletons"]),
        )

    return Entry(Family(f"coref.{measure.name}", CHAIN_PARAMETERS), make)


_ENTRIES = {
    entry.family.name: entry
    for entry in (
        _of_mentions(NerStrict),
        _of_mentions(NerExact),
        _of_mentions(NerPartial),
        _of_mentions(NerType),
        _of_mentions(NerIou),
        _of_mentions(NerNested),
        _of_mentions(NerEither),
        _of_mentions(SeqevalTags),
        _of_mentions(Boundary),
        *map(_of_events, PARTS),
        Entry(
            NuggetMetric.family,
            lambda parameters, setting: NuggetMetric.under(parameters, setting.types),
        ),
        *map(_of_attributes, ATTRIBUTES),
        _of_times("span"),
        Entry(TimexRelaxed("span").family, lambda _, __: TimexRelaxed("span")),
        _of_times("type"),
        _of_times("value"),
        _of_times("full"),
        *map(_of_chains, MEASURES),
        *map(_of_links, (LinkStrong, LinkWeak, LinkDocument, LinkAccuracy)),
    )
}


def families() -> tuple[Family, ...]:
    """Return every family of metrics, with the parameters that it declares."""
    return tuple(entry.family for entry in _ENTRIES.values())


def names() -> tuple[str, ...]:
    """Return the name of every family; a metric with all its defaults is spelled so."""
    return tuple(_ENTRIES)


def canonical(name: str) -> str:
    """Return the one spelling of a metric: without defaults, parameters in their order.

    Raises:
        UnknownNameError: There is no such family, parameter or value.
        InvalidError: The name is malformed, or a value cannot be read.
    """
    family, parameters = _known(name)
    return family.spell(parameters)


def metric(
    name: str,
    *,
    view: SpanView | None = None,
    types: tuple[str, ...] | None = None,
    roles: tuple[str, ...] | None = None,
) -> Metric:
    """Return the metric of that name.

    Args:
        name: One of `names`, or with parameters: ``ner.strict(levels=NAM+NOM)``.
        view: How a document's mentions become typed spans; only mention metrics use it.
        types: Event types to score, None for all; only event metrics use it.
        roles: Roles to score, None for all; only event metrics use it.

    Raises:
        UnknownNameError: There is no such metric, parameter or value.
        InvalidError: The name is malformed, or the metric scores mentions and no view was given.
    """
    family, parameters = _known(name)
    return _ENTRIES[family.name].make(parameters, Setting(view, types, roles))


def _known(name: str) -> tuple[Family, dict[str, str]]:
    spelled = parse(name)
    if spelled.family not in _ENTRIES:
        raise UnknownNameError("metric", spelled.family, names())
    family = _ENTRIES[spelled.family].family
    return family, family.complete(spelled.parameters)
