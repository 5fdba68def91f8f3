"""A finding about a task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.corpus.findings import Finding
from vinee.errors import Where

if TYPE_CHECKING:
    from vinee.errors import InputError
    from vinee.formats.label_studio.faults import Fault


@dataclass(frozen=True, slots=True)
class TaskFinding(Finding):
    """One thing that is wrong, or looks wrong, with a task or an annotation.

    ``where`` has the document and the JSON path within the task.

    Attributes:
        region: Id of the region that it is about, if it is about one.
        guideline: The annotation can be read, but breaks a rule that gold must keep.
    """

    region: str | None = None
    guideline: bool = False

    @property
    def refuses(self) -> bool:
        """Whether what it is about cannot be taken as it is."""
        return self.severity == "error" and not self.guideline

    def to_json(self) -> dict[str, str | int | None]:
        """Give the finding as flat JSON, with its region."""
        return {**Finding.to_json(self), "region": self.region, "guideline": self.guideline}


def error(code: str, where: Where, message: str, region: str | None = None) -> TaskFinding:
    """Make an error."""
    return TaskFinding(code, "error", where, message, region=region)


def of_fault(fault: Fault, where: Where) -> TaskFinding:
    """Make an error of what the reader found."""
    return error(fault.code, where, fault.problem, fault.region)


def of_error(raised: InputError, where: Where, region: str | None = None) -> TaskFinding:
    """Make an error of what was raised about a part of the task."""
    problem = raised.problem if region is None else f"region {region!r} {raised.problem}"
    place = Where(where.file, where.line, where.doc_id, raised.where.path or where.path)
    return error(raised.code, place, problem, region)


def at(where: Where, step: str, doc_id: str | None = None) -> Where:
    """Give the place of a part: ``step`` goes on the JSON path."""
    path = f"{where.path or '$'}{step}"
    return Where(where.file, where.line, doc_id or where.doc_id, path)
