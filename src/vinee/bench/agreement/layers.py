"""What annotators are compared on: each layer, and the metric that compares it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from vinee.corpus.views import EntityView
from vinee.metrics import registry
from vinee.metrics.coref.documents import CorefMetric
from vinee.model import Level
from vinee.ontology import default

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.metrics.base import Metric

TITLE = "TITLE"
_OF_ITEMS = (
    "timex.span",
    "timex.value",
    "timex.full",
    "events.TI",
    "events.TC",
    "events.AI",
    "events.AC",
    "events.AI+",
    "events.AC+",
    "events.AC+(implicit=included)",
)
_OF_CHAINS = tuple(
    f"coref.{measure}{parameters}"
    for parameters in (
        "",
        "(mentions=shared)",
        "(scope=corpus)",
        "(chains=events)",
        "(chains=events,mentions=shared)",
        "(chains=events,scope=corpus)",
    )
    for measure in ("CoNLL", "LEA")
)
SHOWN = (
    "mentions",
    "timex.span",
    "events.TC",
    "events.AC+",
    "events.AC+(implicit=included)",
)
"""Layers that together, with attributes and chains, hold each difference; the others repeat it."""
_REPEATING = {"names", "nominals", "pronouns", "titles", *_OF_ITEMS} - {*SHOWN}


@dataclass(frozen=True)
class Layer:
    """A part of the annotation that is compared as a set of items.

    Attributes:
        name: Such as ``names``.
        metric: What compares it.
        labels: The labels that take part; None: all.
    """

    name: str
    metric: Metric
    labels: tuple[str, ...] | None = None


def item_layers() -> tuple[Layer, ...]:
    """Return the layers that are compared item by item."""
    types = tuple(label for label in default().fine_labels if label != TITLE)
    return (
        Layer("names", _mentions("NAM"), types),
        Layer("nominals", _mentions("NOM"), types),
        Layer("pronouns", _mentions("PRO"), types),
        Layer("titles", _mentions("NAM"), (TITLE,)),
        Layer("mentions", _mentions(*get_args(Level))),
        *(Layer(name, registry.metric(name)) for name in _OF_ITEMS),
    )


def chain_layers() -> tuple[CorefMetric, ...]:
    """Return the metrics of chains, of mentions and of events, in documents and over all."""
    found = (registry.metric(name) for name in _OF_CHAINS)
    return tuple(metric for metric in found if isinstance(metric, CorefMetric))


def is_shown(layers: Iterable[str]) -> bool:
    """Tell whether a difference that counts in these layers is shown, and not only repeated."""
    return any(layer not in _REPEATING for layer in layers)


def _mentions(*levels: Level) -> Metric:
    return registry.metric("ner.strict", view=EntityView("fine", "all", levels, "bare"))
