"""How far two annotators agree: per layer, label and article, with the spots where they differ."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vinee.bench.agreement import attributes as compared
from vinee.bench.agreement import spots
from vinee.bench.agreement.layers import Layer, chain_layers, item_layers
from vinee.bench.agreement.shape import (
    AttributeAgreement,
    ChainAgreement,
    ItemAgreement,
    Items,
    Pairwise,
)
from vinee.corpus.adjudication import common_names
from vinee.errors import InvalidError, Where
from vinee.metrics.attributes import Confusion, accuracy, cohen_kappa
from vinee.metrics.counts import Counts
from vinee.metrics.scores import f1, score
from vinee.metrics.timex import TimexStrict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from vinee.bench.agreement.attributes import Values
    from vinee.bench.agreement.sheets import Sheet
    from vinee.bench.agreement.spots import Difference
    from vinee.metrics.attributes import Matched
    from vinee.metrics.base import Metric
    from vinee.metrics.coref.documents import CorefMetric
    from vinee.metrics.scores import Score
    from vinee.model import Document

    Both = tuple[Sequence[Document], Sequence[Document]]

_CHAINS = ("entities", "chains")


def pairwise(
    annotators: tuple[str, str],
    documents: Both,
    given: tuple[Mapping[str, Values], Mapping[str, Values]],
    both: tuple[Mapping[str, Sheet], Mapping[str, Sheet]],
) -> Pairwise:
    """Compare the documents of two annotators on the same articles.

    A layer is compared in the articles in which both annotated it.

    Args:
        annotators: Their names.
        documents: Of both, on the same articles.
        given: The values that each gave in any article, by attribute.
        both: The documents of each, for looking things up in them.
    """
    first, second = documents
    layers: dict[str, ItemAgreement] = {}
    values: dict[str, AttributeAgreement] = {}
    differences: dict[str, tuple[Difference, ...]] = {}
    for layer in item_layers():
        sides = _annotated(layer.metric, first, second)
        layers[layer.name] = _items(layer, sides)
        differences[layer.name] = tuple(spots.of_items(layer, sides, both))
    for name, one in given[0].items():
        matched = compared.matched(one, given[1][name])
        values[name] = _attribute(_confusion(name, matched))
        differences[name] = tuple(spots.of_attribute(name, matched, both))
    common = common_names(*documents)
    for name in _CHAINS:
        differences[name] = tuple(spots.of_chains(name, documents, common, both))
    return Pairwise(
        annotators,
        tuple(sorted(document.doc_id for document in first)),
        layers,
        {m.name: _chains(m, _annotated(m, first, second)) for m in chain_layers()},
        values,
        spots.spots(differences, both),
    )


def _annotated(metric: Metric, first: Sequence[Document], second: Sequence[Document]) -> Both:
    """Keep the articles in which both annotated what the metric compares."""
    if isinstance(metric, TimexStrict):
        first, second = metric.annotated(first), metric.annotated(second)
    lacking = {
        document.doc_id for document in (*first, *second) if getattr(document, metric.layer) is None
    }
    left = [tuple(d for d in side if d.doc_id not in lacking) for side in (first, second)]
    return left[0], left[1]


def _items(layer: Layer, documents: Both) -> ItemAgreement:
    counts = layer.metric.counts(*documents)
    if not isinstance(counts, Counts):
        raise InvalidError("agreement", Where(), f"{layer.metric.name} does not count items")
    if layer.labels is not None:
        counts = counts.for_labels(layer.labels)
    report = score(counts)
    return ItemAgreement(
        layer.metric.name,
        _told(report.micro),
        {
            label: _told(found)
            for label, found in report.labels.items()
            if found.support or found.predicted
        },
        _by_document(counts),
    )


def _by_document(counts: Counts) -> dict[str, Items]:
    """Count each article by itself, all labels together."""
    sums = counts.table.sum(axis=1)
    numbers = zip(counts.units, f1(sums).tolist(), sums.tolist(), strict=True)
    return {
        doc_id: Items(value if given or wanted else None, both, wanted, given)
        for doc_id, value, (both, given, wanted) in numbers
    }


def _told(found: Score) -> Items:
    numbers = (found.correct, found.support, found.predicted)
    return Items(found.f1, *(int(number or 0) for number in numbers))


def _chains(metric: CorefMetric, documents: Both) -> ChainAgreement:
    ratios = metric.counts(*documents)
    by_document = {
        doc_id: _number(metric.measure.score(parts).f1)
        for doc_id, parts in zip(ratios.units, ratios.parts, strict=True)
    }
    whole = metric.scope == "corpus"
    return ChainAgreement(ratios.scores().micro.f1, {} if whole else by_document)


def _confusion(attribute: str, matched: Mapping[str, Sequence[Matched]]) -> Confusion:
    tables = tuple(
        Counter((each.gold, each.predicted) for each in items) for items in matched.values()
    )
    return Confusion(attribute, tuple(matched), tables)


def _attribute(confused: Confusion) -> AttributeAgreement:
    total = confused.total()
    return AttributeAgreement(
        total.total(),
        sum(number for (one, other), number in total.items() if one == other),
        accuracy(confused),
        cohen_kappa(confused),
        {
            doc_id: accuracy(Confusion(confused.attribute, (doc_id,), (table,)))
            for doc_id, table in zip(confused.documents, confused.tables, strict=True)
        },
    )


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
