"""What a pull did, for people and for programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vinee.bench.tables import aligned

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vinee.labelstudio.checking import TaskFinding

COUNTED = ("written", "unchanged", "rejected", "kept", "skipped", "drafts")


@dataclass
class Summary:
    """What a pull did.

    Attributes:
        project: Title of the project.
        tasks: How many tasks it has.
        unannotated: How many of them nobody has submitted an annotation of.
        by: For each annotator's folder, how many passes were ``written`` or ``unchanged``, how
            many annotations were ``rejected`` or left because another pass was ``kept`` in the
            place, how many tasks were ``skipped``, and how many ``drafts`` were not submitted.
        findings: All that was found.
        set_aside: Files of annotations that are no pass.
    """

    project: str
    tasks: int = 0
    unannotated: int = 0
    by: dict[str, Counter[str]] = field(default_factory=dict)
    findings: list[TaskFinding] = field(default_factory=list)
    set_aside: list[Path] = field(default_factory=list)

    def count(self, folder: str, what: str, number: int = 1) -> None:
        """Count something of an annotator's."""
        self.by.setdefault(folder, Counter())[what] += number

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    def to_json(self) -> dict[str, Any]:
        """Give all of it as plain values."""
        return {
            "project": self.project,
            "tasks": self.tasks,
            "unannotated": self.unannotated,
            "annotators": {
                name: {what: counts[what] for what in COUNTED}
                for name, counts in sorted(self.by.items())
            },
            "set_aside": [str(path) for path in self.set_aside],
            "errors": self.errors,
            "warnings": len(self.findings) - self.errors,
            "findings": [finding.to_json() for finding in self.findings],
        }

    def lines(self) -> Iterator[str]:
        """Give the table, one line an annotator."""
        rows: list[tuple[str, ...]] = [("annotator", *COUNTED)]
        rows += [
            (name, *(str(counts[what]) for what in COUNTED))
            for name, counts in sorted(self.by.items())
        ]
        yield from aligned(rows)
        yield (
            f"{self.tasks} tasks, {self.unannotated} without a submitted annotation; "
            f"{self.errors} errors, {len(self.findings) - self.errors} warnings"
        )
