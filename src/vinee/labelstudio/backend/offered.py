"""What a project's labeling configuration offers, and the items that it has a place for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from vinee.errors import InvalidError, Where, one_line
from vinee.formats.label_studio import controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Result = dict[str, Any]

_VALUES = {"Labels": "Label", "Choices": "Choice", "TextArea": None}
_TIED = frozenset({controls.EXTENT, controls.SPAN})


@dataclass(frozen=True)
class Offered:
    """What annotators can give a text.

    Attributes:
        values: Labels or choices by the name of their control; None where any text fits.
        relations: Labels of relations.
    """

    values: Mapping[str, frozenset[str] | None]
    relations: frozenset[str]

    def has(self, control: str, value: str) -> bool:
        """Tell whether a control has a value."""
        if control not in self.values:
            return False
        known = self.values[control]
        return known is None or value in known


@lru_cache(maxsize=16)
def offered(config: str) -> Offered:
    """Read what a labeling configuration offers for the text named ``text``.

    Raises:
        InvalidError: It is no XML, or has no control of ours.
    """
    where = Where(path="$.label_config")
    if "<!" in config.replace("<!--", ""):
        problem = "a labeling configuration must not have declarations, such as <!DOCTYPE>"
        raise InvalidError("config-xml", where, problem)
    try:
        tree = ET.fromstring(config)  # noqa: S314 - entities cannot be declared
    except (ET.ParseError, ValueError) as error:
        problem = f"the labeling configuration is no XML ({one_line(str(error))})"
        raise InvalidError("config-xml", where, problem) from error
    values = dict(_controls(tree))
    if controls.LABELS.isdisjoint(values):
        known = ", ".join(sorted(controls.LABELS))
        problem = (
            f"the labeling configuration has none of the controls {known} for a <Text "
            f'name="{controls.TEXT}">; use the one that vinee makes'
        )
        raise InvalidError("config-controls", where, problem)
    return Offered(values, frozenset(_named(tree, "Relation")))


def _controls(tree: ET.Element) -> Iterator[tuple[str, frozenset[str] | None]]:
    for tag, inner in _VALUES.items():
        for control in tree.iter(tag):
            if control.get("toName") == controls.TEXT:
                values = None if inner is None else frozenset(_named(control, inner))
                yield control.get("name", ""), values


def _named(tree: ET.Element, tag: str) -> Iterator[str]:
    for element in tree.iter(tag):
        name = element.get("alias") or element.get("value")
        if name is not None:
            yield name


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
    kept = [label for label in labels if label in known.relations]
    gone.update(f"relation: {label}" for label in labels if label not in known.relations)
    return kept
