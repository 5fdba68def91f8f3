"""Whether a project's labeling configuration has every control and label that tasks use."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vinee.corpus.findings import Finding
from vinee.corpus.labelmap.targets import nearest
from vinee.errors import Where
from vinee.formats.label_studio import controls
from vinee.labelstudio.offered import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vinee.labelstudio.offered import Offered

_PREDICTED = "predictions"


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


def lacking(used: Used, has: Offered) -> Iterator[Finding]:
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
        if value is None or has.has(control, value):
            continue
        remedy = (
            f"rename or drop it with --map {value}=NEW or --map {value}="
            if predicted
            else "add it there, or mend the document"
        )
        message = (
            f"the control {control!r} of the project's configuration has no {value!r}, which is "
            f"used {times}; {nearest(value, has.values[control] or ())}{remedy}"
        )
        yield Finding("label-lacking", "error", where, message)
