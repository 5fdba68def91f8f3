"""The six micro F1 scores of TextEE, over sets of tuples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, cast

import msgspec

from vinee.errors import UnknownNameError
from vinee.metrics.arguments import Answer, answers, fillers
from vinee.metrics.events.filled import Argued, compare
from vinee.metrics.events.parameters import ARGUMENTS, IMPLICIT, OF_TRIGGERS, PARTS
from vinee.metrics.naming import Family
from vinee.metrics.pairing import count_pairs
from vinee.metrics.sets import Item, count_sets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vinee.metrics.arguments import Filler, Stands
    from vinee.metrics.base import Layer
    from vinee.metrics.counts import Counts
    from vinee.metrics.events.parameters import Fillers, Given, Part
    from vinee.metrics.units import Unit
    from vinee.model import Document, Event

    Triggers: TypeAlias = Mapping[str, frozenset[tuple[int, int, str]]]


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

    All spans are half-open, in code points. Tuples are sets: two events with one trigger and type
    are one TC tuple, and an argument given twice is one AC tuple. As TextEE has it, an argument
    is the bare span of its mention, and no other span is right; the parts of arguments can be
    varied:

    - ``arguments=extent`` takes a mention's extent, on both sides, where it has one.
      ``arguments=head`` takes a predicted span that holds the bare span of the gold mention, the
      name or the head of a nominal, and lies within the mention's extent: the MIN string of MUC-7
      (Hirschman and Chinchor 1998, "MUC-7 Coreference Task Definition"). A filler that is a time
      or a bare span has no head and must be met exactly.
    - ``fillers=coreferent`` takes any mention of the gold filler's chain in the document (Ji and
      Grishman 2008, "Refining Event Extraction through Cross-Document Inference"; Li et al. 2021,
      "Document-Level Event Argument Extraction by Conditional Generation"). A gold document
      without entities has no chains and is left out.
    - ``triggers=gold`` is for systems that were given the gold triggers and types: predicted
      events at others are dropped, those of gold stay, and so each argument of an event that the
      system left out is a miss. If a system found its triggers itself, its precision here is that
      of the events whose trigger it found.

    With ``head`` and ``coreferent`` several spans are right. Predicted and gold tuples that agree
    in the rest are then paired one-to-one, as many as can be, equal spans first where there is a
    choice: two predictions that meet one gold argument by two of its mentions are one correct and
    one spurious.

    Source: Huang et al. 2024, "TextEE: Benchmark, Reevaluation, Reflections, and Future
    Challenges in Event Extraction", Findings of ACL 2024.

    Attributes:
        part: Which of the six.
        types: Event types to score, in gold and predicted alike; None scores all.
        roles: Roles to score, in gold and predicted alike; None scores all. Triggers are not
            affected.
        implicit: Whether arguments marked implicit are scored. They are left out of gold and
            predicted alike by default, as sentence-level systems cannot find them.
        arguments: Which spans fill a role, see above.
        fillers: Whose spans, see above.
        triggers: At which triggers predicted events are scored, see above.

    Raises:
        UnknownNameError: There is no such part, or it has no such parameter or value.
    """

    part: Part
    types: tuple[str, ...] | None = None
    roles: tuple[str, ...] | None = None
    implicit: bool = False
    arguments: Stands = "bare"
    fillers: Fillers = "span"
    triggers: Given = "predicted"
    layer: ClassVar[Layer] = "events"

    def __post_init__(self) -> None:
        """Refuse a part that TextEE does not define, and what cannot be varied about it."""
        if self.part not in PARTS:
            raise UnknownNameError("part of events", self.part, PARTS)
        varied = {
            name: value for name, value in self._chosen.items() if value != ARGUMENTS[name].default
        }
        self.family.complete(varied)

    @classmethod
    def under(
        cls,
        part: Part,
        parameters: Mapping[str, str],
        types: tuple[str, ...] | None = None,
        roles: tuple[str, ...] | None = None,
    ) -> EventMetric:
        """Make the metric with parameters of the family; those not given have their defaults.

        Raises:
            UnknownNameError: There is no such part, parameter or value.
        """
        chosen = cls(part).family.complete(parameters)
        implicit = chosen.pop("implicit") == "included"
        varied = cast("dict[str, Any]", chosen)
        return cls(part, types, roles, implicit=implicit, **varied)

    def __repr__(self) -> str:
        return self.name

    @property
    def family(self) -> Family:
        """The part with its parameters open."""
        return Family(f"events.{self.part}", IMPLICIT if self.part in OF_TRIGGERS else ARGUMENTS)

    @property
    def name(self) -> str:
        """Identity, such as ``events.AC+`` or ``events.AC+(implicit=included)``."""
        return self.family.spell(self._chosen)

    @property
    def _chosen(self) -> dict[str, str]:
        return {
            "implicit": "included" if self.implicit else "excluded",
            "arguments": self.arguments,
            "fillers": self.fillers,
            "triggers": self.triggers,
        }

    @property
    def _paired(self) -> bool:
        return self.arguments == "head" or self.fillers == "coreferent"

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        given = "gold[others-dropped]" if self.triggers == "gold" else self.triggers
        varied = {"fillers": self.fillers, "triggers": given}
        return {
            "unit": "char",
            "match": "strict",
            "duplicates": "collapse",
            "arguments": self.arguments,
            "implicit": self._chosen["implicit"],
            **({} if self.part in OF_TRIGGERS else varied),
            **({"pairing": "one-to-one"} if self._paired else {}),
            "types": _listed(self.types),
            "roles": _listed(self.roles),
        }

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Counts:
        """Count tuples per unit and label; an argument belongs to the unit that it stands in."""
        given = _of_gold(gold) if self.triggers == "gold" else None

        def arguments(document: Document) -> Iterator[Argued]:
            return self._arguments(document, given)

        if self._paired:
            chained = [self._chained(each) for each in gold]
            return count_pairs(
                self,
                chained,
                predicted,
                lambda *sides: compare(*map(arguments, sides)),
                self._labels(),
                unit=unit,
            )

        def items(document: Document) -> Iterable[Item]:
            if self.part in OF_TRIGGERS:
                return self._triggers(document)
            return (each.item for each in arguments(document))

        return count_sets(self, gold, predicted, items, self._labels(), unit=unit)

    def _labels(self) -> tuple[str, ...]:
        if self.part == "TI":
            return ("trigger",)
        return (self.roles if self.part in ("AC", "AC+") else self.types) or ()

    def _chained(self, document: Document) -> Document:
        if self.fillers == "coreferent" and document.entities is None:
            return msgspec.structs.replace(document, events=None)
        return document

    def _triggers(self, document: Document) -> Iterator[Item]:
        for event in document.events or ():
            if self._in_scope(event):
                label = "trigger" if self.part == "TI" else event.type
                yield Item(label, event.trigger.start, event.trigger.end)

    def _arguments(self, document: Document, given: Triggers | None) -> Iterator[Argued]:
        found = fillers(document, self.arguments)
        right = (
            answers(document, self.arguments, coreferent=self.fillers == "coreferent")
            if self._paired
            else [(frozenset[Answer](),) * len(each) for each in found]
        )
        for event, *arguments in zip(document.events or (), found, right, strict=True):
            trigger = event.trigger.start, event.trigger.end
            if not self._in_scope(event):
                continue
            if given is not None and (*trigger, event.type) not in given[document.doc_id]:
                continue
            frame = (event.type, *(trigger if self.part.endswith("+") else ()))
            for filler, answered in zip(*arguments, strict=True):
                if self._fills(filler):
                    label = filler.role if self.part in ("AC", "AC+") else event.type
                    yield Argued(label, frame, (filler.start, filler.end), answered)

    def _in_scope(self, event: Event) -> bool:
        return self.types is None or event.type in self.types

    def _fills(self, filler: Filler) -> bool:
        wanted = self.roles is None or filler.role in self.roles
        return wanted and (self.implicit or not filler.implicit)


def _of_gold(documents: Iterable[Document]) -> Triggers:
    return {
        document.doc_id: frozenset(
            (event.trigger.start, event.trigger.end, event.type) for event in document.events or ()
        )
        for document in documents
    }


def _listed(names: tuple[str, ...] | None) -> str:
    return "all" if names is None else ",".join(sorted(set(names)))
