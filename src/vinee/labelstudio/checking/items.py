"""The items of an annotation: their shape, and what the reader of files lets pass.

An export may hold what others added, and the reader passes over it. What is sent must not, and
of what comes back people must be told that it is not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import msgspec

from vinee.formats.label_studio import controls
from vinee.formats.label_studio.shapes import Item
from vinee.labelstudio.checking.blemishes import blemish_of, is_json
from vinee.labelstudio.checking.found import TaskFinding, at, error, of_error

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from vinee.errors import Where
    from vinee.formats.label_studio.regions import Regions

_RELATION = "relation"
_DIRECTIONS = frozenset({"left", "right", "bi"})
_ONLY_LABEL = {controls.EXTENT: controls.EXTENT_LABEL, controls.SPAN: controls.SPAN_LABEL}
# Browsers collapse white space and write line ends as a backslash and an n.
_LOOSE = re.compile(r"(\\[nrt]|\s)+")
_MOST_SHOWN = 60
_CUT_OFF = "#"
_LINE_ENDS = ("\n", "\r")


def typed_items(
    raw: Sequence[object], where: Where
) -> tuple[list[tuple[Item, Mapping[str, Any]]], list[TaskFinding], set[str]]:
    """Give the items of the right shape, what is wrong with others, and the regions lost so."""
    items: list[tuple[Item, Mapping[str, Any]]] = []
    findings: list[TaskFinding] = []
    refused: set[str] = set()
    sound = is_json(raw)
    if sound and (typed := _all_typed(raw)) is not None:
        return typed, findings, refused
    for index, each in enumerate(raw):
        found = _typed(each, at(where, f"[{index}]"), sound=sound)
        if isinstance(found, TaskFinding):
            findings.append(found)
            if found.region is not None and isinstance(each, Mapping) and _is_region(each):
                refused.add(found.region)
        else:
            items.append(found)
    return items, findings, refused


def _is_region(raw: Mapping[str, Any]) -> bool:
    """Tell whether an item is meant to be a region; what it says may be of any kind."""
    return raw.get("type") == "labels" or str(raw.get("from_name")) in controls.LABELS


def _all_typed(raw: Sequence[object]) -> list[tuple[Item, Mapping[str, Any]]] | None:
    """Take all items at once, which is several times as fast; ``None`` where one is at fault."""
    try:
        return list(zip(msgspec.convert(raw, list[Item]), cast("Any", raw), strict=True))
    except msgspec.ValidationError:
        return None


def _typed(
    raw: object, where: Where, *, sound: bool
) -> tuple[Item, Mapping[str, Any]] | TaskFinding:
    if not isinstance(raw, Mapping):
        problem = f"must be an object (got {type(raw).__name__}); delete it, or export again"
        return error("schema", where, problem)
    id_ = raw.get("id")
    region = id_ if isinstance(id_, str) else None
    if not sound and (blemish := blemish_of(raw, where)):
        return of_error(blemish, where, region)
    try:
        return msgspec.convert(raw, Item), raw
    except msgspec.ValidationError as wrong:
        problem = f"region {id_!r} is not as exported: {wrong}; draw it again"
        return error("schema", where, problem, region)


def item_findings(
    item: Item, raw: Mapping[str, Any], where: Where, others: Collection[str]
) -> Iterator[TaskFinding]:
    """``unknown-control``, ``not-read``, ``item-type``, ``to-name`` and what relations need.

    Args:
        item: The item.
        raw: The same, with all its keys.
        where: The place of the annotation.
        others: Names of controls that the project has and we do not read, such as a comment.
    """
    if item.type == _RELATION:
        yield from _relation_findings(item, raw, where)
        return
    expected = _type(item.from_name)
    if expected is None:
        if item.from_name in others:
            problem = f"region {item.id!r} has {item.from_name!r}, which is not read; it is no loss"
            yield TaskFinding("not-read", "warning", where, problem, region=item.id)
        elif item.type != "labels":  # of those, the reader tells
            problem = (
                f"region {item.id!r} is of the control {item.from_name!r} and the type "
                f"{item.type!r}, which no control of ours has; delete it"
            )
            yield error("unknown-control", where, problem, item.id)
        return
    if item.type != expected:
        problem = f"region {item.id!r} ({item.from_name}) must be {expected}, not {item.type!r}"
        yield error("item-type", where, f"{problem}; draw it again", item.id)
    if raw.get("to_name") != controls.TEXT:
        problem = (
            f"region {item.id!r} ({item.from_name}) is on {raw.get('to_name')!r}, but must be on "
            f"{controls.TEXT!r}; draw it again"
        )
        yield error("to-name", where, problem, item.id)


def _type(control: str | None) -> str | None:
    if control in controls.LABELS:
        return "labels"
    if control in controls.CHOICES:
        return "choices"
    return "textarea" if control in controls.ATTRIBUTES else None


def _relation_findings(item: Item, raw: Mapping[str, Any], where: Where) -> Iterator[TaskFinding]:
    direction = raw.get("direction")
    if direction is not None and direction not in _DIRECTIONS:
        problem = (
            f"region {item.from_id!r} has a relation of the direction {direction!r}; "
            f"use one of {', '.join(sorted(_DIRECTIONS))}"
        )
        yield error("relation-direction", where, problem, item.from_id)


def region_findings(
    regions: Regions, items: Sequence[Item], text: str, where: Where
) -> Iterator[TaskFinding]:
    """``region-text``, ``region-labels``, ``relation-label``: what regions say of themselves.

    ``region-id`` and ``region-unseen`` are of what the editor cannot hold or show.
    """
    for item in items:
        if item.type == _RELATION:
            yield from _extent_role(regions, item, where)
            continue
        region = regions.by_id.get(item.id or "")
        if region is None or item.from_name != region.control:
            continue
        label = _ONLY_LABEL.get(region.control, region.label)
        if region.label != label:
            problem = f"region {region.id!r} has the label {region.label!r}; give it {label!r}"
            yield error("region-labels", where, problem, region.id)
        if _CUT_OFF in region.id:
            problem = (
                f"region {region.id!r} has a {_CUT_OFF!r} in its id, from which the editor drops "
                "it, so that regions become one; give it another id"
            )
            yield error("region-id", where, problem, region.id)
        covered = text[region.span.start : region.span.end]
        if covered.startswith(_LINE_ENDS):
            problem = (
                f"region {region.id!r} begins with the end of a line, and the editor may not show "
                "it; begin it on the line below"
            )
            yield TaskFinding("region-unseen", "warning", where, problem, region=region.id)
        said = item.value.get("text")
        if said is None or said == covered:
            continue
        if not isinstance(said, str) or _loose(said) != _loose(covered):
            problem = (
                f"region {region.id!r} was drawn over {_shown(said)}, but "
                f"[{region.span.start}, {region.span.end}) is {_shown(covered)}: it no longer fits "
                "the text; draw it again"
            )
            yield error("region-text", where, problem, region.id)


def _extent_role(regions: Regions, item: Item, where: Where) -> Iterator[TaskFinding]:
    ends = [regions.by_id.get(id_ or "") for id_ in (item.from_id, item.to_id)]
    kinds = {end.control for end in ends if end is not None}
    roles = set(item.labels or ()) - {controls.EXTENT_RELATION}
    if kinds == {controls.MENTION, controls.EXTENT} and roles:
        problem = (
            f"region {item.from_id!r} is tied to {item.to_id!r} as {', '.join(sorted(roles))}, but "
            "an extent fills no role; take the role away, or tie the mention itself"
        )
        yield error("relation-label", where, problem, item.from_id)


def _loose(text: str) -> str:
    return _LOOSE.sub("", text)


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= _MOST_SHOWN else f"{shown[:_MOST_SHOWN]}…"
