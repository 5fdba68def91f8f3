"""How far annotators agree: pairwise, per layer, label and article."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Literal

import msgspec

from vinee.bench.agreement.layers import Layer, chain_layers, item_layers
from vinee.errors import InvalidError, SchemaError, Where
from vinee.formats import atomic, native
from vinee.metrics import attributes
from vinee.metrics.counts import Counts
from vinee.metrics.scores import score

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction
    from pathlib import Path

    from vinee.metrics.attributes import Confusion
    from vinee.metrics.coref.documents import CorefMetric
    from vinee.metrics.scores import Score
    from vinee.model import Document

SCHEMA: Literal["vinee.agreement/1"] = "vinee.agreement/1"
_MINIMUM = 2


class Items(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many items both gave and each gave, and the F1 of one against the other.

    F1 does not depend on which annotator is taken for gold. It is None where neither gave any.
    """

    f1: float | None
    both: int
    first: int
    second: int


class ItemAgreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Agreement on a layer that is compared item by item."""

    metric: str
    all: Items
    labels: dict[str, Items]
    documents: dict[str, Items]


class ChainAgreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Agreement on chains; ``documents`` is empty where chains are compared over all articles."""

    f1: float | None
    documents: dict[str, float | None]


class AttributeAgreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Agreement on an attribute, on the items that both gave.

    ``kappa`` is Cohen's; None where it is not defined, since both gave one value to all.
    """

    items: int
    agreed: int
    accuracy: float | None
    kappa: float | None
    documents: dict[str, float | None]


class Pairwise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Agreement of two annotators."""

    annotators: tuple[str, str]
    layers: dict[str, ItemAgreement]
    chains: dict[str, ChainAgreement]
    attributes: dict[str, AttributeAgreement]


class Agreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Agreement of all pairs of annotators on the same articles."""

    schema: Literal["vinee.agreement/1"]
    guidelines: str
    documents: tuple[str, ...]
    pairs: tuple[Pairwise, ...]


def agreement(passes: Mapping[str, Sequence[Document]], guidelines: str) -> Agreement:
    """Compare the documents of two or more annotators pair by pair.

    Args:
        passes: The documents of each annotator, by the annotator's name.
        guidelines: The version of the guidelines that all of them followed.

    Raises:
        InvalidError: There are fewer than two annotators, or they did not annotate the same
            articles.
    """
    if len(passes) < _MINIMUM:
        raise InvalidError("agreement", Where(), "agreement takes two annotators or more")
    annotated = {name: tuple(sorted(d.doc_id for d in given)) for name, given in passes.items()}
    first = next(iter(annotated.values()))
    for name, doc_ids in annotated.items():
        if doc_ids != first:
            problem = f"{name!r} annotated {doc_ids}, others {first}; compare the same articles"
            raise InvalidError("agreement", Where(), problem)
    return Agreement(
        SCHEMA,
        guidelines,
        first,
        tuple(_pairwise(one, other, passes) for one, other in combinations(passes, 2)),
    )


def write(path: Path, measured: Agreement) -> None:
    """Write agreement as JSON."""
    content = msgspec.json.format(msgspec.json.encode(measured), indent=1)
    atomic.write_bytes(path, content + b"\n")


def read(path: Path) -> Agreement:
    """Read what `write` wrote.

    Raises:
        MalformedError: The file cannot be read.
        SchemaError: It does not hold agreement.
    """
    try:
        return msgspec.json.decode(native.read_text(path), type=Agreement)
    except (msgspec.DecodeError, RecursionError) as error:
        raise SchemaError("agreement-schema", Where(file=str(path)), str(error)) from error


def _pairwise(one: str, other: str, passes: Mapping[str, Sequence[Document]]) -> Pairwise:
    first, second = passes[one], passes[other]
    return Pairwise(
        (one, other),
        {layer.name: _items(layer, first, second) for layer in item_layers()},
        {metric.name: _chains(metric, first, second) for metric in chain_layers()},
        {
            name: _attribute(attributes.confusion(name, first, second))
            for name in attributes.names()
        },
    )


def _items(layer: Layer, first: Sequence[Document], second: Sequence[Document]) -> ItemAgreement:
    counts = layer.metric.counts(first, second)
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
        {doc_id: _told(_of_document(counts, row)) for row, doc_id in enumerate(counts.units)},
    )


def _of_document(counts: Counts, row: int) -> Score:
    part = Counts(counts.metric, (counts.units[row],), counts.labels, counts.table[row : row + 1])
    return score(part).micro


def _told(found: Score) -> Items:
    numbers = (found.correct, found.support, found.predicted)
    return Items(found.f1, *(int(number or 0) for number in numbers))


def _chains(
    metric: CorefMetric, first: Sequence[Document], second: Sequence[Document]
) -> ChainAgreement:
    ratios = metric.counts(first, second)
    by_document = {
        doc_id: _number(metric.measure.score(parts).f1)
        for doc_id, parts in zip(ratios.units, ratios.parts, strict=True)
    }
    whole = metric.scope == "corpus"
    return ChainAgreement(ratios.scores().micro.f1, {} if whole else by_document)


def _attribute(confused: Confusion) -> AttributeAgreement:
    total = confused.total()
    return AttributeAgreement(
        total.total(),
        sum(number for (one, other), number in total.items() if one == other),
        attributes.accuracy(confused),
        attributes.cohen_kappa(confused),
        {
            doc_id: attributes.accuracy(
                attributes.Confusion(confused.attribute, (doc_id,), (table,))
            )
            for doc_id, table in zip(confused.documents, confused.tables, strict=True)
        },
    )


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
