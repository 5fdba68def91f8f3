"""Events: the six micro F1 scores of TextEE, over sets of tuples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias, get_args

from vinee.errors import UnknownNameError
from vinee.metrics.arguments import fillers
from vinee.metrics.naming import Family, Parameter
from vinee.metrics.sets import Item, count_sets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.metrics.arguments import Filler
    from vinee.metrics.base import Layer
    from vinee.metrics.counts import Counts
    from vinee.metrics.units import Unit
    from vinee.model import Document, Event

Part: TypeAlias = Literal["TI", "TC", "AI", "AC", "AI+", "AC+"]
PARTS: tuple[Part, ...] = get_args(Part)
PARAMETERS = {
    "implicit": Parameter(
        "excluded", "whether arguments marked implicit are scored", ("excluded", "included")
    )
}


@dataclass(frozen=True, repr=False)
class EventMetric:
    """One of TextEE's six scores; a predicted tuple is correct when gold holds an equal one.

    ======= ============================================= ==============
    part    tuple, within a document                      counted under
    ======= ============================================= ==============
    ``TI``  trigger span                                  ``trigger``
    ``TC``  trigger span, event type                      event type
    ``AI``  event type, argument span                     event type
    ``AC``  event type, argument span, role               role
    ``AI+`` trigger span, event type, argument span       event type
    ``AC+`` trigger span, event type, argument span, role role
    ======= ============================================= ==============

    All spans are half-open, in code points; an argument's is the bare span of its mention.
    Tuples are sets: two events with one trigger and type are one TC tuple, and an argument
    given twice is one AC tuple.

    Source: Huang et al. 2024, "TextEE: Benchmark, Reevaluation, Reflections, and Future
    Challenges in Event Extraction", Findings of ACL 2024.

    Attributes:
        part: Which of the six.
        types: Event types to score, in gold and predicted alike; None scores all.
        roles: Roles to score, in gold and predicted alike; None scores all. Triggers are not
            affected.
        implicit: Whether arguments marked implicit are scored. They are left out of gold and
            predicted alike by default, as sentence-level systems cannot find them.

    Raises:
        UnknownNameError: There is no such part.
    """

    part: Part
    types: tuple[str, ...] | None = None
    roles: tuple[str, ...] | None = None
    implicit: bool = False
    layer: ClassVar[Layer] = "events"

    def __post_init__(self) -> None:
        """Refuse a part that TextEE does not define."""
        if self.part not in PARTS:
            raise UnknownNameError("part of events", self.part, PARTS)

    def __repr__(self) -> str:
        return self.name

    @property
    def family(self) -> Family:
        """The part with its parameters open."""
        return Family(f"events.{self.part}", PARAMETERS)

    @property
    def name(self) -> str:
        """Identity, such as ``events.AC+`` or ``events.AC+(implicit=included)``."""
        return self.family.spell({"implicit": "included" if self.implicit else "excluded"})

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        return {
            "unit": "char",
            "match": "strict",
            "duplicates": "collapse",
            "arguments": "bare",
            "implicit": "included" if self.implicit else "excluded",
            "types": _listed(self.types),
            "roles": _listed(self.roles),
        }

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Counts:
        """Count tuples per unit and label; an argument belongs to the unit that it stands in."""
        return count_sets(self, gold, predicted, self._items, self._labels(), unit=unit)

    def _labels(self) -> tuple[str, ...]:
        if self.part == "TI":
            return ("trigger",)
        return (self.roles if self.part in ("AC", "AC+") else self.types) or ()

    def _items(self, document: Document) -> Iterator[Item]:
        return self._triggers(document) if self.part in ("TI", "TC") else self._arguments(document)

    def _triggers(self, document: Document) -> Iterator[Item]:
        for event in document.events or ():
            if self._in_scope(event):
                label = "trigger" if self.part == "TI" else event.type
                yield Item(label, event.trigger.start, event.trigger.end)

    def _arguments(self, document: Document) -> Iterator[Item]:
        for event, arguments in zip(document.events or (), fillers(document), strict=True):
            trigger = (event.trigger.start, event.trigger.end) if self.part.endswith("+") else ()
            for filler in arguments:
                if self._in_scope(event) and self._fills(filler):
                    role = (filler.role,) if self.part in ("AC", "AC+") else ()
                    key = (*trigger, event.type, filler.end, *role)
                    yield Item(filler.role if role else event.type, filler.start, key)

    def _in_scope(self, event: Event) -> bool:
        return self.types is None or event.type in self.types

    def _fills(self, filler: Filler) -> bool:
        wanted = self.roles is None or filler.role in self.roles
        return wanted and (self.implicit or not filler.implicit)


def _listed(names: tuple[str, ...] | None) -> str:
    return "all" if names is None else ",".join(sorted(set(names)))
