"""Polarity, realis and modality of the events that both sides have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias, get_args

import numpy as np

from vinee.errors import UnknownNameError
from vinee.metrics.attributes import matched
from vinee.metrics.counts import Counts
from vinee.metrics.units import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.metrics.base import Layer
    from vinee.metrics.units import Unit
    from vinee.model import Document

Attribute: TypeAlias = Literal["polarity", "realis", "modality"]
ATTRIBUTES: tuple[Attribute, ...] = get_args(Attribute)
_UNSET = "_"


@dataclass(frozen=True, repr=False)
class EventAttributeMetric:
    """The share of events with the right value, of those that both sides have.

    Events are the same when the trigger's span, in code points, and the type are. An event that
    only one side has is not counted, so that this tells nothing of whether events were found. A
    matched event counts once as gold, under its gold value, once as predicted, under its
    predicted value, and as correct if the two are equal. So over all events precision, recall
    and F1 are all the accuracy, and a value has a precision and a recall of its own. An unset
    value is one of its own, ``_``. Undefined if no event matched.

    Events that are the same and have one value collapse; if they have several, equal values are
    paired first, then the others as long as there are two. A gold document none of whose events
    has polarity or realis was not annotated for it and is left out; modality goes with realis.

    Source: the accuracy of polarity and modality in the 2012 i2b2 challenge (Sun, Rumshisky and
    Uzuner 2013, "Evaluating temporal relations in clinical text"), where matched events also
    agree in type here.

    Attributes:
        attribute: What is compared.
        types: Event types to score; None scores all.

    Raises:
        UnknownNameError: There is no such attribute.
    """

    attribute: Attribute
    types: tuple[str, ...] | None = None
    layer: ClassVar[Layer] = "events"

    def __post_init__(self) -> None:
        """Refuse an attribute that events do not have."""
        if self.attribute not in ATTRIBUTES:
            raise UnknownNameError("attribute of events", self.attribute, ATTRIBUTES)

    def __repr__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Identity, such as ``events.realis``."""
        return f"events.{self.attribute}"

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        return {
            "unit": "char",
            "match": "strict",
            "duplicates": "collapse",
            "compared": self.attribute,
            "items": "matched",
            "types": "all" if self.types is None else ",".join(sorted(set(self.types))),
        }

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Counts:
        """Count matched events per unit and value; an event is where its trigger is.

        Raises:
            InvalidError: The documents cannot be paired.
        """
        both = matched(self.name, gold, predicted)
        found = [
            (document.doc_id, each)
            for document, items in both
            for each in items
            if self.types is None or each.key[2] in self.types
        ]
        rows = Rows((document for document, _ in both), unit)
        given = [(each.gold or _UNSET, each.predicted or _UNSET) for _, each in found]
        columns = tuple(sorted({value for values in given for value in values}))
        table = np.zeros((len(rows.names), len(columns), 3), dtype=np.int64)
        for (doc_id, each), (wanted, got) in zip(found, given, strict=True):
            row = table[rows.row(doc_id, each.key[0])]
            row[columns.index(wanted), 0] += wanted == got
            row[columns.index(got), 1] += 1
            row[columns.index(wanted), 2] += 1
        return Counts(self.name, rows.names, columns, table, unit)
