"""Time expressions: spans, and what TIMEX3 says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias, get_args

import numpy as np

from vinee.errors import UnknownNameError
from vinee.metrics.annotated import with_attributes
from vinee.metrics.base import pair
from vinee.metrics.counts import Counts
from vinee.metrics.matching import overlapping_pairs
from vinee.metrics.sets import Item, count_sets
from vinee.metrics.units import documents_only
from vinee.model import TimexType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.metrics.base import Layer
    from vinee.metrics.units import Unit
    from vinee.model import Document

Compared: TypeAlias = Literal["span", "type", "value", "full"]
_ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "span": (),
    "type": ("type",),
    "value": ("type", "value"),
    "full": ("type", "value", "mod"),
}
_ANNOTATED = ("type", "value")  # a time without these was not annotated; without mod it has none
_ANY = "timex"
_UNTYPED = "_"


@dataclass(frozen=True, repr=False)
class TimexStrict:
    """A predicted time is correct when its span and what is compared equal a gold time's.

    ========= ================================= ==============
    compared  beside the span                   counted under
    ========= ================================= ==============
    ``span``  nothing                           ``timex``
    ``type``  type                              type
    ``value`` type and value                    type
    ``full``  type, value and mod               type
    ========= ================================= ==============

    Spans are half-open, in code points. Values are compared as they are written: ``2025-08-07``
    and ``2025-08-07T00:00`` differ. Times are sets: an equal one given twice counts once. A
    predicted time without a type is counted under ``_``. A gold document none of whose times has
    an attribute that is compared, type or value, was not annotated for it: it is left out, like
    one without the layer.

    Source: the strict match, and the match of attributes, of TempEval-3 (UzZaman et al. 2013),
    with the type also where values are compared.

    Attributes:
        compared: What is compared.

    Raises:
        UnknownNameError: There is no such thing to compare.
    """

    compared: Compared
    layer: ClassVar[Layer] = "timexes"

    def __post_init__(self) -> None:
        """Refuse what is not in the table."""
        if self.compared not in _ATTRIBUTES:
            raise UnknownNameError("comparison of timex", self.compared, _ATTRIBUTES)

    def __repr__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Identity, such as ``timex.value``."""
        return f"timex.{self.compared}"

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        compared = ",".join(("span", *_ATTRIBUTES[self.compared]))
        return {"unit": "char", "match": "strict", "duplicates": "collapse", "compared": compared}

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Counts:
        """Count times per unit and label.

        Raises:
            InvalidError: The documents cannot be paired.
        """
        needed = [name for name in _ATTRIBUTES[self.compared] if name in _ANNOTATED]
        annotated = [with_attributes(each, "timexes", needed) for each in gold]
        labels = (_ANY,) if self.compared == "span" else get_args(TimexType)
        return count_sets(self, annotated, predicted, self._items, labels, unit=unit)

    def _items(self, document: Document) -> Iterator[Item]:
        names = _ATTRIBUTES[self.compared]
        for timex in document.timexes or ():
            label = (timex.type or _UNTYPED) if names else _ANY
            yield Item(label, timex.start, (timex.end, *(getattr(timex, name) for name in names)))


@dataclass(frozen=True, repr=False)
class TimexRelaxed:
    """A predicted time is correct when it is paired with a gold time that it overlaps.

    The pairing is one-to-one and as large as can be, so that one long prediction over two gold
    times finds one of them. Spans are half-open, in code points: those that only touch do not
    overlap. Two times of one span collapse into one. The only label is ``timex``.

    Source: the relaxed match of TempEval-3 (UzZaman et al. 2013, "SemEval-2013 Task 1:
    TempEval-3"), made one-to-one.
    """

    name: ClassVar[str] = "timex.relaxed"
    layer: ClassVar[Layer] = "timexes"

    def __repr__(self) -> str:
        return self.name

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        return {
            "unit": "char",
            "match": "overlap",
            "pairing": "one-to-one",
            "duplicates": "collapse",
            "compared": "span",
        }

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Counts:
        """Count times per unit.

        Raises:
            InvalidError: The documents cannot be paired.
        """
        documents_only(self, unit)
        rows = {
            reference.doc_id: _paired(_spans(reference), _spans(prediction))
            for reference, prediction in pair(gold, predicted, self.layer)
        }
        table = np.array(list(rows.values()), dtype=np.int64).reshape(len(rows), 1, 3)
        return Counts(self.name, tuple(rows), (_ANY,), table)


def _spans(document: Document) -> set[tuple[int, int]]:
    return {(timex.start, timex.end) for timex in document.timexes or ()}


def _paired(gold: set[tuple[int, int]], predicted: set[tuple[int, int]]) -> tuple[int, int, int]:
    return overlapping_pairs(gold, predicted), len(predicted), len(gold)
