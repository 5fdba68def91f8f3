"""What a push did."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MOST_SHOWN = 20
_CHANGED = (
    "its task has an annotation of yours, marked as the truth, that says something else; it was "
    "left as it is: delete it and push again to replace it"
)
_HELD = (
    "its task has other data than the document (which layers were annotated, sections, or entities "
    "and chains without a mention), and was annotated already, so it was left as it is: what comes "
    "back lacks these; push to another project to keep them"
)


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did.

    Attributes:
        project: Number of the project.
        title: Its title.
        url: Where its tasks can be seen.
        documents: How many documents were given.
        new: How many of them had no task before.
        there: How many had one.
        annotations: How many annotations were added, those of new tasks included.
        predictions: How many predictions were added, those of new tasks included.
        model_version: Whose predictions; empty if none went along.
        without_prediction: Documents that the system gave nothing for.
        homeless: Predicted entities and chains without a mention, which no region can carry.
        changed: Documents with an annotation of the user's, marked as the truth, that says
            something else by now; it was left as it is.
        held: Documents whose task has other data than the document, such as which layers were
            annotated, and was annotated already; it was left as it is.
        twice: Documents with several tasks, and the numbers of these.
        notes: What else is to be known, in words.
    """

    project: int
    title: str
    url: str
    documents: int
    new: int
    there: int
    annotations: int
    predictions: int
    model_version: str = ""
    without_prediction: int = 0
    homeless: int = 0
    changed: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    twice: Mapping[str, tuple[int, ...]] | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing that somebody should look at."""
        return not (self.changed or self.held or self.twice)

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON."""
        return {**asdict(self), "twice": {k: list(v) for k, v in (self.twice or {}).items()}}

    def lines(self) -> Iterator[str]:
        """Say it in lines for people."""
        yield (
            f"project {self.project} ({self.title}): {_number(self.documents, 'document')}, "
            f"{self.new} new, {self.there} already there"
        )
        yield f"added: {self.annotations} annotations, {self.predictions} predictions" + (
            f" of {self.model_version}" if self.model_version else ""
        )
        if self.without_prediction:
            yield f"without a prediction: {_number(self.without_prediction, 'document')}"
        if self.homeless:
            yield (
                f"left out: {self.homeless} predicted entities or chains without a mention, "
                "which no region can carry"
            )
        yield from self.notes
        yield f"see {self.url}"

    def warnings(self) -> Iterator[str]:
        """Say what somebody should look at, a line each."""
        told = [
            *(f"{doc_id}: {_CHANGED}" for doc_id in self.changed),
            *(f"{doc_id}: {_HELD}" for doc_id in self.held),
            *(
                f"{doc_id}: is in the tasks {', '.join(map(str, tasks))}; delete all but one of "
                "them"
                for doc_id, tasks in (self.twice or {}).items()
            ),
        ]
        yield from told[:_MOST_SHOWN]
        if len(told) > _MOST_SHOWN:
            yield f"… and {len(told) - _MOST_SHOWN} more"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
