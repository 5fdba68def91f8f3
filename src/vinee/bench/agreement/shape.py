"""The shape of agreement, as it is written and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from vinee.errors import SchemaError, Where
from vinee.formats import atomic, native
from vinee.model import Span

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA: Literal["vinee.agreement/2"] = "vinee.agreement/2"
Kind = Literal[
    "only",
    "boundary",
    "type",
    "boundary+type",
    "role",
    "boundary+role",
    "attribute",
    "boundary+attribute",
    "chain",
    "link",
]


class Annotated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An annotator, the version of the guidelines that was followed, and how many articles.

    ``guidelines`` is None where it is not known, as of a gold.
    """

    name: str
    guidelines: str | None
    documents: int


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


class Side(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an annotator gave: a half-open span in code points, and what is said of it."""

    start: int
    end: int
    text: str
    said: str


class Spot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place where two annotators differ.

    Attributes:
        doc_id: The article.
        layers: The layers and attributes in which it counts as a difference.
        item: ``mention``, ``timex``, ``trigger``, ``argument`` or ``event``.
        kind: ``only``: one of them gave it. Otherwise both gave something there, and the kind
            says what differs.
        first: What the first annotator gave; None if nothing.
        second: What the second gave.
        about: Of an argument, the trigger and type of its event; None otherwise.
        sentences: The sentences that hold all of these, in order of the text.
    """

    doc_id: str
    layers: tuple[str, ...]
    item: str
    kind: Kind
    first: Side | None
    second: Side | None
    about: Side | None
    sentences: tuple[Span, ...]


class Pairwise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Agreement of two annotators on the articles that both annotated."""

    annotators: tuple[str, str]
    documents: tuple[str, ...]
    layers: dict[str, ItemAgreement]
    chains: dict[str, ChainAgreement]
    attributes: dict[str, AttributeAgreement]
    spots: tuple[Spot, ...]


class Pooled(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """F1 over pairs of annotators.

    Attributes:
        f1: Pooled: of the sums of the counts over pairs, 2 x both / given; a pair weighs as many
            items as it gave.
        mean: Mean of the pairs' F1, each pair alike; those that gave nothing are left out.
        both: Items that both gave, summed over pairs.
        given: Items that either gave, summed over both annotators and over pairs.
        pairs: How many pairs gave any.
    """

    f1: float | None
    mean: float | None
    both: int
    given: int
    pairs: int


class OverallItems(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Agreement of all pairs on a layer that is compared item by item."""

    metric: str
    all: Pooled
    labels: dict[str, Pooled]


class OverallChains(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Agreement of all pairs on chains: the mean of the pairs' F1, each pair alike."""

    mean: float | None
    pairs: int


class Reliability(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Krippendorff's α for nominal values, over all annotators at once.

    Attributes:
        alpha: None where it is not defined, since there is only one value.
        units: Units that two annotators or more gave a value to.
        values: How many values these have.
    """

    alpha: float | None
    units: int
    values: int


class OverallAttribute(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Agreement of all annotators on an attribute, on the items that two of them gave or more.

    Attributes:
        reliability: α; a unit is an item.
        items: Items that both gave, summed over pairs.
        agreed: Those of one value.
        accuracy: Pooled: agreed / items.
        kappa: Mean of the pairs' Cohen's kappa, where it is defined.
    """

    reliability: Reliability
    items: int
    agreed: int
    accuracy: float | None
    kappa: float | None


class Overall(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Agreement over all pairs that share an article.

    Attributes:
        annotators: How many annotators there are.
        pairs: How many pairs share an article.
        apart: Pairs that share none, and so are not compared.
        layers: By layer.
        chains: By metric.
        attributes: By attribute.
        syllables: α over the syllables of the articles; see `vinee.bench.agreement.reliability`.
    """

    annotators: int
    pairs: int
    apart: tuple[tuple[str, str], ...]
    layers: dict[str, OverallItems]
    chains: dict[str, OverallChains]
    attributes: dict[str, OverallAttribute]
    syllables: dict[str, Reliability]


class Agreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Agreement of annotators; ``documents`` are the articles that any of them annotated."""

    schema: Literal["vinee.agreement/2"]
    annotators: tuple[Annotated, ...]
    documents: tuple[str, ...]
    overall: Overall
    pairs: tuple[Pairwise, ...]


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
