"""What of a task was submitted, and by whom; what was not is counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from vinee.labelstudio.checking.annotation import is_cancelled
from vinee.labelstudio.pulling.people import Annotator

if TYPE_CHECKING:
    from vinee.labelstudio.pulling.people import People

_NEVER = datetime.min.replace(tzinfo=UTC)
# Whose work it is when the server no longer says.
NOBODY = Annotator(0, "unknown", is_here=False)


@dataclass
class Submitted:
    """The annotations of a task by annotator.

    Attributes:
        by: What each of them submitted, oldest first.
        skipped: How many annotations each of them skipped.
        drafts: How many drafts of each were not submitted.
        unsaved: Numbers of submitted annotations that have later changes in a draft.
    """

    by: dict[Annotator, list[Mapping[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    skipped: Counter[Annotator] = field(default_factory=Counter)
    drafts: Counter[Annotator] = field(default_factory=Counter)
    unsaved: set[int] = field(default_factory=set)


def submitted(task: Mapping[str, Any], people: People) -> Submitted:
    """Sort the annotations of an exported task."""
    found = Submitted()
    for annotation in _listed(task, "annotations"):
        annotator = _annotator(annotation.get("completed_by"), people)
        if is_cancelled(annotation):
            found.skipped[annotator] += 1
        else:
            found.by[annotator].append(annotation)
    for each in found.by.values():
        each.sort(key=_changed)
    for draft in _listed(task, "drafts"):
        if isinstance(number := draft.get("annotation"), int):
            found.unsaved.add(number)
        else:
            found.drafts[people.by_email(str(draft.get("user"))) or NOBODY] += 1
    return found


def _annotator(who: object, people: People) -> Annotator:
    """Tell who made an annotation; a server forgets whom it deleted."""
    number = who.get("id") if isinstance(who, Mapping) else who
    if isinstance(number, int) and not isinstance(number, bool):
        return people.by_number(number)
    return NOBODY


def _changed(annotation: Mapping[str, Any]) -> tuple[datetime, int]:
    """Give when an annotation was last changed, and its number where that is the same."""
    try:
        time = datetime.fromisoformat(str(annotation.get("updated_at")))
    except ValueError:
        time = _NEVER
    number = annotation.get("id")
    return (time if time.tzinfo else time.replace(tzinfo=UTC)), (
        number if isinstance(number, int) else 0
    )


def _listed(task: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = task.get(key)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []
