"""What a push did."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MOST_SHOWN = 20


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
    twice: Mapping[str, tuple[int, ...]] | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing that somebody should look at."""
        return not (self.changed or self.twice)

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
        changed = self.changed[:_MOST_SHOWN]
        for doc_id in changed:
            yield (
                f"{doc_id}: its task has an annotation of yours, marked as the truth, that says "
                "something else; it was left as it is: delete it and push again to replace it"
            )
        twice = list((self.twice or {}).items())
        for doc_id, tasks in twice[:_MOST_SHOWN]:
            numbers = ", ".join(map(str, tasks))
            yield f"{doc_id}: is in the tasks {numbers}; delete all but one of them"
        more = len(self.changed) + len(twice) - len(changed) - len(twice[:_MOST_SHOWN])
        if more:
            yield f"… and {more} more"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
