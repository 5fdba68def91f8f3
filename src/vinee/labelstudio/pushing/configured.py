"""Whether a project's labeling configuration has every control and label that tasks use."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from vinee.corpus.findings import Finding
from vinee.corpus.labelmap.targets import nearest
from vinee.errors import ServerError, Where
from vinee.formats.label_studio import controls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

RELATIONS = "relation"
_PREDICTED = "predictions"
_DOCTYPE = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True)
class Controls:
    """The controls of a configuration, by name; relations are under `RELATIONS`.

    Attributes:
        values: Labels or choices of each; None where it takes any.
        shows_text: Whether it shows the text of the task, under the name that regions use.
    """

    values: Mapping[str, frozenset[str] | None]
    shows_text: bool


def controls_of(config: str) -> Controls:
    """Read the controls of a labeling configuration.

    Raises:
        ServerError: It is no XML, or declares a document type.
    """
    if _DOCTYPE.search(config):
        raise ServerError("the project's labeling configuration declares a type; remove that")
    try:
        root = ET.fromstring(config)  # noqa: S314 - what declares entities was refused
    except ET.ParseError as error:
        raise ServerError(
            f"the project's labeling configuration is no XML ({error}); mend it in its settings"
        ) from error
    values: dict[str, frozenset[str] | None] = {}
    for tag in root.iter():
        given = [_value(part) for part in tag.iter() if part.tag in _PARTS.get(str(tag.tag), ())]
        if tag.tag == "Relations":
            values[RELATIONS] = frozenset(given) if given else None
        elif tag.get("toName") is not None:
            values[str(tag.get("name"))] = frozenset(given) if given else None
    shown = any(
        tag.get("name") == controls.TEXT and tag.get("value") == f"${controls.TEXT}"
        for tag in root.iter("Text")
    )
    return Controls(values, shown)


_PARTS: dict[str, tuple[str, ...]] = {
    "Labels": ("Label",),
    "HyperTextLabels": ("Label",),
    "Choices": ("Choice",),
    "Relations": ("Relation",),
}


def _value(tag: ET.Element) -> str:
    return tag.get("alias") or tag.get("value") or ""


@dataclass
class Used:
    """Which values of which controls tasks use, and where each was seen first.

    Attributes:
        first: Control and value (None for a text) to the place and whether it was predicted.
        count: How often.
    """

    first: dict[tuple[str, str | None], tuple[Where, bool]] = field(default_factory=dict)
    count: defaultdict[tuple[str, str | None], int] = field(
        default_factory=lambda: defaultdict(int)
    )

    def note(self, doc_id: str, made: Mapping[str, Any]) -> None:
        """Note what a task uses."""
        for kind in ("annotations", _PREDICTED):
            for number, each in enumerate(made[kind]):
                self._note(doc_id, each["result"], f"$.{kind}[{number}].result", kind == _PREDICTED)

    def _note(
        self, doc_id: str, result: Sequence[Mapping[str, Any]], path: str, predicted: bool
    ) -> None:
        for index, each in enumerate(result):
            kind = each["type"]
            if kind == "relation":
                control, given = RELATIONS, each["labels"]
            else:
                control = each["from_name"]
                given = (None,) if kind == "textarea" else each["value"][kind]
            for value in given:
                use = control, value
                self.count[use] += 1
                if use not in self.first:
                    self.first[use] = Where(doc_id=doc_id, path=f"{path}[{index}]"), predicted


def lacking(used: Used, has: Controls) -> Iterator[Finding]:
    """``control-lacking``, ``label-lacking``: what tasks use and the configuration has not."""
    if not has.shows_text:
        message = (
            f'the project\'s configuration has no <Text name="{controls.TEXT}" '
            f'value="${controls.TEXT}">, which shows the text; let a push make the project'
        )
        yield Finding("control-lacking", "error", Where(), message)
    told: set[str] = set()
    for (control, value), (where, predicted) in used.first.items():
        count = used.count[control, value]
        times = "1 time" if count == 1 else f"{count} times"
        if control not in has.values:
            if control not in told:
                message = f"the project's configuration has no control {control!r}; add it there"
                yield Finding("control-lacking", "error", where, message)
            told.add(control)
            continue
        known = has.values[control]
        if value is None or known is None or value in known:
            continue
        remedy = (
            f"rename or drop it with --map {value}=NEW or --map {value}="
            if predicted
            else "add it there, or mend the document"
        )
        message = (
            f"the control {control!r} of the project's configuration has no {value!r}, which is "
            f"used {times}; {nearest(value, known)}{remedy}"
        )
        yield Finding("label-lacking", "error", where, message)
