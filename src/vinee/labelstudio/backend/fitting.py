"""What an extractor found, as far as a project's labeling configuration has a place for it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from vinee.errors import InvalidError, Where
from vinee.formats.label_studio import controls
from vinee.labelstudio.offered import RELATIONS, offered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vinee.labelstudio.offered import Offered

    Result = dict[str, Any]

_TIED = frozenset({controls.EXTENT, controls.SPAN})


def with_ours(config: str) -> Offered:
    """Read what a labeling configuration offers, and have at least one control of ours.

    Raises:
        InvalidError: It is no XML, or has no control of ours.
    """
    known = offered(config)
    if controls.LABELS.isdisjoint(known.values):
        names = ", ".join(sorted(controls.LABELS))
        problem = (
            f"the labeling configuration has none of the controls {names} for a <Text "
            f'name="{controls.TEXT}">; use the one that vinee makes'
        )
        raise InvalidError("config-controls", Where(path="$.label_config"), problem)
    return known


def fitting(items: Sequence[Result], known: Offered) -> tuple[list[Result], Counter[str]]:
    """Leave out what a configuration has no place for, and whatever hangs on that.

    An attribute goes with its region, a relation with either of its ends, and an extent or a
    filler with the last relation that ties it to something.

    Args:
        items: The result of one annotation, as `vinee.formats.label_studio.task` writes it.
        known: What the configuration offers.

    Returns:
        The items that stay, and how many went, by control and label.
    """
    gone: Counter[str] = Counter()
    regions = {item["id"] for item in items if _is_region(item) and _fits(item, known, gone)}
    relations = {
        number: labels
        for number, item in enumerate(items)
        if item["type"] == "relation" and regions.issuperset((item["from_id"], item["to_id"]))
        if (labels := _labels(item["labels"], known, gone))
    }
    tied = {items[number]["to_id"] for number in relations}
    loose = {
        item["id"]
        for item in items
        if _is_region(item) and item["from_name"] in _TIED and item["id"] not in tied
    }
    kept: list[Result] = []
    for number, item in enumerate(items):
        if number in relations:
            kept.append({**item, "labels": relations[number]})
        elif item["type"] == "relation" or item["id"] not in regions - loose:
            continue
        elif _is_region(item) or _fits(item, known, gone):
            kept.append(item)
    return kept, gone


def _is_region(item: Result) -> bool:
    return bool(item["type"] == "labels")


def _fits(item: Result, known: Offered, gone: Counter[str]) -> bool:
    control = item["from_name"]
    (value,) = item["value"]["text" if item["type"] == "textarea" else item["type"]]
    if known.has(control, value):
        return True
    # What people wrote is never told, only which control would have had it.
    gone[control if item["type"] == "textarea" else f"{control}: {value}"] += 1
    return False


def _labels(labels: Iterable[str], known: Offered, gone: Counter[str]) -> list[str]:
    kept = [label for label in labels if known.has(RELATIONS, label)]
    gone.update(f"relation: {label}" for label in labels if label not in kept)
    return kept
