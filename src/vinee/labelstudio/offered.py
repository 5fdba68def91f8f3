"""What a project's labeling configuration offers annotators for the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from vinee.errors import InvalidError, Where, one_line
from vinee.formats.label_studio import controls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RELATIONS = "relation"
"""Under this name stand the labels of relations, which have no control."""

# Comments and CDATA begin alike, and declare nothing.
_DECLARES = re.compile(r"<!(?!--|\[CDATA\[)")
_PARTS = {
    "Labels": "Label",
    "HyperTextLabels": "Label",
    "Choices": "Choice",
    "Relations": "Relation",
}


@dataclass(frozen=True)
class Offered:
    """What annotators can give a text.

    Attributes:
        values: Labels or choices by the name of their control; None where it takes any.
        shows_text: Whether the text of the task is shown, under the name that regions use.
    """

    values: Mapping[str, frozenset[str] | None]
    shows_text: bool = True

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
        InvalidError: It is no XML, or has declarations.
    """
    where = Where(path="$.label_config")
    if _DECLARES.search(config):
        problem = "the labeling configuration must not have declarations, such as <!DOCTYPE>"
        raise InvalidError("config-xml", where, f"{problem}; remove them in the project's settings")
    try:
        tree = ET.fromstring(config)  # noqa: S314 - entities cannot be declared
    except (ET.ParseError, ValueError) as error:
        problem = f"the labeling configuration is no XML ({one_line(str(error))})"
        raise InvalidError("config-xml", where, f"{problem}; mend it in the settings") from error
    shows_text = any(
        tag.get("name") == controls.TEXT and tag.get("value") == f"${controls.TEXT}"
        for tag in tree.iter("Text")
    )
    return Offered(dict(_controls(tree)), shows_text)


def _controls(tree: ET.Element) -> Iterator[tuple[str, frozenset[str] | None]]:
    for tag in tree.iter():
        part = _PARTS.get(tag.tag)
        values = frozenset(_values(tag, part)) if part is not None else None
        if tag.tag == "Relations":
            yield RELATIONS, values
        elif tag.get("toName") == controls.TEXT:
            # A control without labels has those that each task brings along.
            yield tag.get("name", ""), values or None


def _values(tag: ET.Element, part: str) -> Iterator[str]:
    for each in tag.iter(part):
        # Where there is an alias, that is what is stored.
        value = each.get("alias") or each.get("value")
        if value is not None:
            yield value
