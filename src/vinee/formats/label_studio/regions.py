"""The items of one annotation, sorted by what they are and checked against each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

import msgspec
from msgspec import UNSET

from vinee.errors import InvalidError, SchemaError
from vinee.formats.label_studio import controls
from vinee.formats.label_studio.shapes import Answer, Labelled
from vinee.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.errors import Where
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
        by_id: All regions.
        extents: The extent of a mention, by the mention's region id.
        arguments: Fillers and roles of an event, by the trigger's region id.
    """

    def __init__(self, items: Sequence[Item], length: int, where: Where) -> None:
        self.where = where
        self.length = length
        self.by_id: dict[str, Region] = {}
        self.extents: dict[str, Span] = {}
        self.arguments: dict[str, list[tuple[Region, str]]] = {}
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
        return cast("TimexType", self._checked(region, controls.TIMEX, region.label))

    def of(self, control: str) -> list[Region]:
        """Give the regions of a control in order of start, end and label."""
        found = [region for region in self.by_id.values() if region.control == control]
        return sorted(found, key=lambda r: (r.span.start, r.span.end, r.label))

    def _add(self, item: Item) -> None:
        if item.id is None or item.from_name not in controls.LABELS:
            known = ", ".join(sorted(controls.LABELS))
            problem = f"is of the control {item.from_name!r}; known: {known}"
            raise self.error("unknown-control", item.id, problem)
        value = self._value(item, Labelled)
        if item.id in self.by_id:
            problem = "is there twice; draw a region of its own for each label"
            raise self.error("id-twice", item.id, problem)
        if len(value.labels) != 1:
            problem = f"has the labels {list(value.labels)}; give it one"
            raise self.error("region-labels", item.id, problem)
        if not 0 <= value.start < value.end <= self.length:
            problem = (
                f"covers [{value.start}, {value.end}), but must be "
                f"0 <= start < end <= {self.length}, in code points of the text; draw it again"
            )
            code = "span-reversed" if value.start >= value.end else "span-outside"
            raise self.error(code, item.id, problem)
        score = UNSET if item.score is None else item.score
        span = Span(value.start, value.end)
        self.by_id[item.id] = Region(item.id, item.from_name, span, value.labels[0], score)

    def _describe(self, item: Item) -> None:
        control = item.from_name or ""
        region = self.by_id.get(item.id or "")
        answer = self._value(item, Answer)
        text = (answer.text,) if isinstance(answer.text, str) else answer.text
        answers = answer.choices or text
        if not answers:
            return
        if region is None:
            problem = (
                f"has an answer to {control!r}, but there is no such region; delete one of them"
            )
            raise self.error("region-unknown", item.id, problem)
        if region.control != controls.ATTRIBUTES[control]:
            problem = f"is a {region.control}, which has no {control!r}; delete the answer"
            raise self.error("attribute-kind", item.id, problem)
        if len(answers) != 1 or control in region.attributes:
            raise self.error(
                "attribute-twice", item.id, f"has several answers to {control!r}; keep one"
            )
        region.attributes[control] = self._checked(region, control, answers[0])

    def _checked(self, region: Region, control: str, answer: str) -> object:
        try:
            return msgspec.convert(answer, controls.VALUES.get(control, str))
        except msgspec.ValidationError as error:
            problem = f"has {control} {answer!r}: {error}; choose one of the values"
            raise self.error("attribute-value", region.id, problem) from error

    def _relate(self, item: Item) -> None:
        ends = [self._end(item, id_) for id_ in (item.from_id, item.to_id)]
        # What a relation means follows from what it ties together, whichever way it was drawn.
        for one, other in (ends, ends[::-1]):
            if one.control == controls.MENTION and other.control == controls.EXTENT:
                if one.id in self.extents:
                    raise self.error("extent-twice", one.id, "has several extents; keep one")
                self.extents[one.id] = other.span
                break
            if one.control == controls.TRIGGER and other.control in _FILLERS:
                if not item.labels:
                    problem = f"has a relation to {other.id!r} without a role; choose the role"
                    raise self.error("relation-label", one.id, problem)
                self.arguments.setdefault(one.id, []).extend((other, role) for role in item.labels)
                break
        else:
            problem = (
                f"is a {ends[0].control} and tied to {ends[1].id!r}, a {ends[1].control}; tie a "
                "trigger to a mention, timex or span, or a mention to its extent"
            )
            raise self.error("relation-ends", ends[0].id, problem)
        self._tied.update(end.id for end in ends)

    def _end(self, item: Item, id_: str | None) -> Region:
        if id_ is None or id_ not in self.by_id:
            problem = (
                f"is an end of the relation {item.from_id!r} to {item.to_id!r}, but there is no "
                "such region; delete the relation"
            )
            raise self.error("region-unknown", id_, problem)
        return self.by_id[id_]

    def _check_ties(self) -> None:
        for region in self.by_id.values():
            if region.control in {controls.EXTENT, controls.SPAN} and region.id not in self._tied:
                owner = "mention" if region.control == controls.EXTENT else "trigger"
                problem = f"is tied to no {owner}; draw the relation, or delete the region"
                raise self.error(f"{region.control}-alone", region.id, problem)

    def _value(self, item: Item, shape: type[_Shape]) -> _Shape:
        try:
            return msgspec.convert(item.value, shape)
        except msgspec.ValidationError as error:
            problem = (
                f"the value of region {item.id!r} ({item.from_name}) is not as exported: {error}"
            )
            raise SchemaError(
                "schema", self.where, f"{problem}; export the project again"
            ) from error

    def error(self, code: str, region: str | None, problem: str) -> InvalidError:
        """Make an error about a region."""
        return InvalidError(code, self.where, f"region {region!r} {problem}")
