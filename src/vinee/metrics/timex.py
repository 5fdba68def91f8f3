"""Time expressions: spans, and what TIMEX3 says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias, get_args

from vinee.errors import UnknownNameError
from vinee.metrics.annotated import with_attributes
from vinee.metrics.matching import overlapping_alike
from vinee.metrics.naming import Family, Parameter
from vinee.metrics.pairing import count_pairs
from vinee.metrics.sets import Item, count_sets
from vinee.metrics.spans.counting import Spanned, comparing
from vinee.model import TimexType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.metrics.base import Layer
    from vinee.metrics.counts import Counts
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
STRICT, RELAXED = "strict", "relaxed"
_SPAN = Parameter(STRICT, "spans that are equal, or that overlap", (STRICT, RELAXED))


@dataclass(frozen=True, repr=False)
class _TimexMetric:
    """Times as items; a subclass says how their spans are compared."""

    compared: Compared
    layer: ClassVar[Layer] = "timexes"
    span: ClassVar[str]

    def __post_init__(self) -> None:
        """Refuse what cannot be compared."""
        if self.compared not in _ATTRIBUTES:
            raise UnknownNameError("comparison of timex", self.compared, _ATTRIBUTES)

    def __repr__(self) -> str:
        return self.name

    @property
    def family(self) -> Family:
        """The metric with its parameters open; of spans alone the two matches are two families."""
        if self.compared == "span":
            return Family("timex.span" if self.span == STRICT else "timex.relaxed")
        return Family(f"timex.{self.compared}", {"span": _SPAN})

    @property
    def name(self) -> str:
        """Identity, such as ``timex.value`` or ``timex.value(span=relaxed)``."""
        return self.family.spell({"span": self.span})

    @property
    def _what(self) -> str:
        return ",".join(("span", *self.attributes))

    @property
    def _labels(self) -> tuple[str, ...]:
        return get_args(TimexType) if self.attributes else (_ANY,)

    @property
    def attributes(self) -> tuple[str, ...]:
        """Names of what is compared beside the span."""
        return _ATTRIBUTES[self.compared]

    def annotated(self, gold: Sequence[Document]) -> list[Document]:
        """Return gold documents, without their times where what is compared was not annotated."""
        needed = [name for name in self.attributes if name in _ANNOTATED]
        return [with_attributes(each, "timexes", needed) for each in gold]

    def _times(self, document: Document) -> Iterator[Spanned]:
        names = self.attributes
        for timex in document.timexes or ():
            label = (timex.type or _UNTYPED) if names else _ANY
            # An attribute that is missing is an empty tuple, as None has no place in an order.
            values = (getattr(timex, name) for name in names)
            more = tuple(() if value is None else (value,) for value in values)
            yield Spanned(timex.start, timex.end, label, more)


class TimexStrict(_TimexMetric):
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

    span = STRICT

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        policy = {"unit": "char", "match": "strict", "duplicates": "collapse"}
        return {**policy, "compared": self._what}

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Counts:
        """Count times per unit and label.

        Raises:
            InvalidError: The documents cannot be paired, or gold cannot be divided into units.
        """
        annotated = self.annotated(gold)
        return count_sets(self, annotated, predicted, self._items, self._labels, unit=unit)

    def _items(self, document: Document) -> Iterator[Item]:
        for time in self._times(document):
            yield Item(time.label, time.start, (time.end, time.more))


@dataclass(frozen=True, repr=False)
class TimexRelaxed(_TimexMetric):
    """A predicted time is correct when it is paired with a gold time that it overlaps.

    What is compared beside the span, and so what is counted under which label, is that of
    `TimexStrict`, and must be equal in both times of a pair. The pairing is one-to-one and as
    large as can be, so that one long prediction over two gold times finds one of them. Spans are
    half-open, in code points: those that only touch do not overlap. Times are sets: two of one
    span, and of equal attributes if these are compared, collapse into one. Gold documents
    without the attributes are left out, as there.

    Source: the relaxed match, and the F1 of attributes on it, of TempEval-3 (UzZaman et al. 2013,
    "SemEval-2013 Task 1: TempEval-3"), made one-to-one, and with the type also where values are
    compared.

    Attributes:
        compared: What is compared beside the span.

    Raises:
        UnknownNameError: There is no such thing to compare.
    """

    compared: Compared = "span"
    span = RELAXED

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        policy = {"unit": "char", "match": "overlap", "pairing": "one-to-one"}
        return {**policy, "duplicates": "collapse", "compared": self._what}

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Counts:
        """Count times per unit and label; a pair belongs to the unit of its gold time.

        Raises:
            InvalidError: The documents cannot be paired, or gold cannot be divided into units.
        """
        compare = comparing(self._times, overlapping_alike)
        return count_pairs(self, self.annotated(gold), predicted, compare, self._labels, unit=unit)
