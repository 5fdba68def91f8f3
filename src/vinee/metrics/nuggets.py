"""Event nuggets: triggers that need not match to the letter, with what is said of the event."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, TypeAlias, get_args

from vinee.errors import InvalidError, Where
from vinee.metrics.annotated import with_attributes
from vinee.metrics.naming import OFF, ON, Family, Parameter, switch
from vinee.metrics.pairing import Compared, Match, best, credit_pairs, overlapping
from vinee.metrics.sets import Item
from vinee.text import syllables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from vinee.metrics.base import Layer
    from vinee.metrics.credits import Credits
    from vinee.metrics.units import Unit
    from vinee.model import Document

    Span: TypeAlias = tuple[int, int]

Measured: TypeAlias = Literal["char", "syllable"]
_ANY = "nugget"
_UNSAID = "_"


@dataclass(frozen=True, repr=False)
class NuggetMetric:
    """A predicted event earns the Dice coefficient of its trigger's span and its gold event's.

    Events are mapped one-to-one such that the sum of what they earn is the greatest there is.
    Only triggers that overlap can be mapped, and only events that agree in the attributes that
    are compared; each choice of attributes has a mapping of its own.

    ========================= ===================== =================
    spelling                  compared              counted under
    ========================= ===================== =================
    ``events.nugget``         nothing but the span  ``nugget``
    ``…(type)``               event type            event type
    ``…(realis)``             realis                realis
    ``…(type,realis)``        both                  event type
    ========================= ===================== =================

    The Dice coefficient of two spans is twice what they share over the sum of their lengths, in
    code points, spaces included, or with ``over=syllable`` in syllables of the gold text, of
    which a span has each that it touches. Events of one span, type and realis are one, on either
    side, even if their polarity or arguments differ, and whichever attributes are compared. So a
    trigger that is annotated as one of two types must be found twice, also where types are not
    compared, and one that is predicted as two is wrong once where gold has one.

    An event without realis agrees only with another such one, and is counted under ``_``. A gold
    document none of whose events has realis was not annotated for it: it is left out where realis
    is compared.

    Source: Liu, Mitamura and Hovy 2015, "Evaluation Algorithms for Event Nugget Detection: A
    Pilot Study", and the scorer of TAC KBP, EvmEval. Unlike the scorer this maps for the greatest
    sum and not greedily from the greatest Dice coefficient down, lets predictions count against
    the precision also in a document without gold events, takes events of one span, type and
    realis for one, compares labels as they are written, and does not take any realis for right
    where gold has none.

    Attributes:
        type: Whether event types are compared.
        realis: Whether realis is compared.
        over: What spans are measured in.
        types: Event types to score, in gold and predicted alike; None scores all.
    """

    type: bool = False
    realis: bool = False
    over: Measured = "char"
    types: tuple[str, ...] | None = None
    layer: ClassVar[Layer] = "events"
    family: ClassVar[Family] = Family(
        "events.nugget",
        {
            "type": switch("event types are compared"),
            "realis": switch("realis is compared"),
            "over": Parameter("char", "what spans are measured in", get_args(Measured)),
        },
    )

    def __post_init__(self) -> None:
        """Refuse a measure that does not exist."""
        self.family.complete(self._chosen)

    @classmethod
    def under(
        cls, parameters: Mapping[str, str], types: tuple[str, ...] | None = None
    ) -> NuggetMetric:
        """Make the metric with parameters of the family; those not given have their defaults.

        Raises:
            UnknownNameError: There is no such parameter or value.
        """
        chosen = cls.family.complete(parameters)
        over: Measured = "syllable" if chosen["over"] == "syllable" else "char"
        return cls(chosen["type"] == ON, chosen["realis"] == ON, over, types)

    def __repr__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Identity, such as ``events.nugget(type,realis)``."""
        return self.family.spell(self._chosen)

    @property
    def _chosen(self) -> dict[str, str]:
        return {
            "type": ON if self.type else OFF,
            "realis": ON if self.realis else OFF,
            "over": self.over,
        }

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        compared = ["span", *(name for name in ("type", "realis") if getattr(self, name))]
        return {
            "unit": self.over,
            "match": "dice",
            "pairing": "one-to-one",
            "duplicates": "collapse",
            "compared": ",".join(compared),
            "types": "all" if self.types is None else ",".join(sorted(set(self.types))),
        }

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Credits:
        """Count events per unit and label; a pair belongs to the unit of its gold trigger.

        Raises:
            InvalidError: The documents cannot be paired, or a gold document has no text in which
                to find syllables.
        """
        needed = ("realis",) if self.realis else ()
        annotated = [with_attributes(each, "events", needed) for each in gold]
        labels = () if self.type or self.realis else (_ANY,)
        named = (self.types or ()) if self.type else labels
        return credit_pairs(self, annotated, predicted, self._compare, named, unit=unit)

    def _compare(self, gold: Document, predicted: Document) -> Compared:
        measured = _in_syllables(gold) if self.over == "syllable" else _in_code_points
        wanted, given = (sorted(self._nuggets(document)) for document in (gold, predicted))
        lengths, others = (
            [measured(each.start, each.end) for each in side] for side in (wanted, given)
        )
        possible = [
            Match(one, other, _dice(lengths[one], others[other]))
            for one, other in overlapping(lengths, others)
            if wanted[one].said == given[other].said
        ]
        return Compared(
            [each.item for each in wanted], [each.item for each in given], best(possible)
        )

    def _nuggets(self, document: Document) -> Iterator[_Nugget]:
        for start, end, type_, realis in {
            (event.trigger.start, event.trigger.end, event.type, event.realis or _UNSAID)
            for event in document.events or ()
            if self.types is None or event.type in self.types
        }:
            said = ((type_,) if self.type else ()) + ((realis,) if self.realis else ())
            yield _Nugget(start, end, said)


class _Nugget(NamedTuple):
    """A trigger's span, half-open, in code points, and what is compared beside it."""

    start: int
    end: int
    said: tuple[str, ...]

    @property
    def item(self) -> Item:
        return Item(self.said[0] if self.said else _ANY, self.start, (self.end, self.said))


def _dice(one: Span, other: Span) -> Fraction:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return Fraction(2 * shared, one[1] - one[0] + other[1] - other[0])


def _in_code_points(start: int, end: int) -> Span:
    return start, end


def _in_syllables(document: Document) -> Callable[[int, int], Span]:
    """Return what turns a span into the numbers of the syllables that it touches, half-open."""
    if document.text is None:
        raise InvalidError(
            "document-without-text",
            Where(doc_id=document.doc_id, path="$.text"),
            "a gold document must have its text for spans to be measured in syllables",
        )
    found = syllables(document.text)
    starts, ends = ([syllable[side] for syllable in found] for side in (0, 1))

    def touched(start: int, end: int) -> Span:
        first, after = bisect_right(ends, start), bisect_left(starts, end)
        return first, max(first, after)

    return touched
