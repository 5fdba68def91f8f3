"""The items of one annotation, sorted by what they are and checked against each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec
from msgspec import UNSET

from vinee.formats.label_studio import controls
from vinee.formats.label_studio.faults import Fault, Faults
from vinee.formats.label_studio.shapes import Answer, Labelled
from vinee.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.formats.label_studio.shapes import Item
    from vinee.model import TimexType

_Shape = TypeVar("_Shape")
_FILLERS = frozenset({controls.MENTION, controls.TIMEX, controls.SPAN})


@dataclass(frozen=True)
class Region:
    """A labelled stretch of text; ``attributes`` are by the name of their control."""

    id: str
    control: str
    span: Span
    label: str
    score: float | msgspec.UnsetType
    attributes: dict[str, Any] = field(default_factory=dict)


class Regions:
    """Regions by id, and what relations tie to them.

    Attributes:
        by_id: All regions that can be read.
        extents: The extent of a mention, by the mention's region id.
        arguments: Fillers and roles of an event, by the trigger's region id.
        faults: All that is wrong with the items; what is at fault is in none of the above.
    """

    def __init__(self, items: Sequence[Item], length: int, faults: Faults | None = None) -> None:
        self.length = length
        self.by_id: dict[str, Region] = {}
        self.extents: dict[str, Span] = {}
        self.arguments: dict[str, list[tuple[Region, str]]] = {}
        self.faults = faults or Faults()
        self._tied: set[str] = set()
        for item in items:
            if item.type == "labels" or item.from_name in controls.LABELS:
                self._add(item)
        for item in items:
            if item.from_name in controls.ATTRIBUTES:
                self._describe(item)
        for item in items:
            if item.type == "relation":
                self._relate(item)
        self._check_ties()

    @cached_property
    def fillers(self) -> frozenset[str]:
        """Ids of the regions that arguments refer to."""
        return frozenset(filler.id for pairs in self.arguments.values() for filler, _ in pairs)

    def timex_type(self, region: Region) -> TimexType | None:
        """Give the type that the label of a time stands for."""
        if region.label == controls.TIMEX_LABEL:
            return None
        return cast("TimexType | None", self._checked(region, controls.TIMEX, region.label))

    def of(self, control: str) -> list[Region]:
        """Give the regions of a control in order of start, end and label."""
        found = [region for region in self.by_id.values() if region.control == control]
        return sorted(found, key=lambda r: (r.span.start, r.span.end, r.label))

    def _add(self, item: Item) -> None:
        if item.from_name not in controls.LABELS:
            known = ", ".join(sorted(controls.LABELS))
            problem = f"is of the control {item.from_name!r}; known: {known}"
            self.faults.refuse("unknown-control", item.id, problem)
        elif item.id is None:
            problem = f"is a {item.from_name} without an id; draw it again"
            self.faults.refuse("region-id", item.id, problem)
        elif (value := self._value(item, Labelled)) is None:
            return
        elif item.id in self.by_id or item.id in self.faults.refused:
            problem = "is there twice; draw a region of its own for each label"
            self.faults.add("id-twice", item.id, problem)
        elif len(value.labels) != 1:
            problem = f"has the labels {list(value.labels)}; give it one"
            self.faults.refuse("region-labels", item.id, problem)
        elif not 0 <= value.start < value.end <= self.length:
            problem = (
                f"covers [{value.start}, {value.end}), but must be "
                f"0 <= start < end <= {self.length}, in code points of the text; draw it again"
            )
            code = "span-reversed" if value.start >= value.end else "span-outside"
            self.faults.refuse(code, item.id, problem)
        else:
            score = UNSET if item.score is None else item.score
            span = Span(value.start, value.end)
            label = value.labels[0]
            self.by_id[item.id] = Region(item.id, item.from_name, span, label, score)

    def _describe(self, item: Item) -> None:
        control = item.from_name or ""
        answer = self._value(item, Answer, refuse=False)
        if answer is None or item.id in self.faults.refused:
            return
        text = (answer.text,) if isinstance(answer.text, str) else answer.text
        answers = answer.choices or text
        if not answers:
            return
        region = self.by_id.get(item.id or "")
        if region is None:
            problem = (
                f"has an answer to {control!r}, but there is no such region; delete one of them"
            )
            self.faults.add("region-unknown", item.id, problem)
        elif region.control != controls.ATTRIBUTES[control]:
            problem = f"is a {region.control}, which has no {control!r}; delete the answer"
            self.faults.add("attribute-kind", item.id, problem)
        elif len(answers) != 1 or control in region.attributes:
            problem = f"has several answers to {control!r}; keep one"
            self.faults.add("attribute-twice", item.id, problem)
        else:
            region.attributes[control] = self._checked(region, control, answers[0])

    def _checked(self, region: Region, control: str, answer: str) -> object:
        values = controls.VALUES.get(control)
        if values is None:
            return answer
        try:
            return msgspec.convert(answer, values)
        except msgspec.ValidationError as error:
            problem = f"has {control} {answer!r}: {error}; choose one of the values"
            self.faults.add("attribute-value", region.id, problem)
            return None

    def _relate(self, item: Item) -> None:
        ends = [self._end(item, id_) for id_ in (item.from_id, item.to_id)]
        self._tied.update(end.id for end in ends if end is not None)
        one, other = ends
        if one is not None and other is not None:
            self._tie(item, one, other)

    def _tie(self, item: Item, begin: Region, end: Region) -> None:
        # What a relation means follows from what it ties together, whichever way it was drawn.
        for one, other in ((begin, end), (end, begin)):
            if one.control == controls.MENTION and other.control == controls.EXTENT:
                if one.id in self.extents:
                    self.faults.add("extent-twice", one.id, "has several extents; keep one")
                self.extents.setdefault(one.id, other.span)
                return
            if one.control == controls.TRIGGER and other.control in _FILLERS:
                if not item.labels:
                    problem = f"has a relation to {other.id!r} without a role; choose the role"
                    self.faults.add("relation-label", one.id, problem)
                roles = ((other, role) for role in item.labels or ())
                self.arguments.setdefault(one.id, []).extend(roles)
                return
        problem = (
            f"is a {begin.control} and tied to {end.id!r}, a {end.control}; tie a "
            "trigger to a mention, timex or span, or a mention to its extent"
        )
        self.faults.add("relation-ends", begin.id, problem)

    def _end(self, item: Item, id_: str | None) -> Region | None:
        if id_ in self.faults.refused:
            return None
        if id_ is None or id_ not in self.by_id:
            problem = (
                f"is an end of the relation {item.from_id!r} to {item.to_id!r}, but there is no "
                "such region; delete the relation"
            )
            self.faults.add("region-unknown", id_, problem)
            return None
        return self.by_id[id_]

    def _check_ties(self) -> None:
        for region in self.by_id.values():
            if region.control in {controls.EXTENT, controls.SPAN} and region.id not in self._tied:
                owner = "mention" if region.control == controls.EXTENT else "trigger"
                problem = f"is tied to no {owner}; draw the relation, or delete the region"
                self.faults.add(f"{region.control}-alone", region.id, problem)

    def _value(self, item: Item, shape: type[_Shape], *, refuse: bool = True) -> _Shape | None:
        try:
            return msgspec.convert(item.value, shape)
        except msgspec.ValidationError as error:
            problem = (
                f"the value of region {item.id!r} ({item.from_name}) is not as exported: {error}; "
                "export the project again"
            )
            self.faults.found.append(Fault("schema", item.id, problem))
            if refuse and item.id is not None:
                self.faults.refused.add(item.id)
            return None
