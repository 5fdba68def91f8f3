"""Whether a task can be scored at all, and if not, why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.bench.claims import entity_labels
from vinee.corpus.foreign import is_own
from vinee.errors import printable
from vinee.ontology import default

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vinee.bench.claims import SystemClaims
    from vinee.bench.result import Corpus, System
    from vinee.bench.tasks import Task
    from vinee.model import Document
    from vinee.ontology import Ontology

THE_TASK = "the task"  # what a result says was skipped where nothing could be scored


def why_not(
    task: Task,
    system: System,
    sides: tuple[Sequence[Document], Sequence[Document]],
    corpus: Corpus,
    labels: Ontology,
) -> str | None:
    """Say why a task cannot be scored; None if it can.

    Args:
        task: The task.
        system: The system, with what it claims.
        sides: The gold and the predictions.
        corpus: Which gold documents have the task's layer.
        labels: The labels of the gold.
    """
    if not corpus.scored:
        return f"no gold document has the layer {task.layer!r}"
    for side, documents in zip(("gold", "predicted"), sides, strict=True):
        torn = _torn(documents) if task.layer == "chains" else None
        if torn is not None:
            return f"the {side} document {torn}, which scores of chains cannot tell apart"
    if system.claims is not None and (unable := _unable(task, system.claims)):
        return unable
    # An empty layer was annotated and holds nothing; one that is nowhere was never looked for.
    if sides[1] and all(getattr(each, task.layer) is None for each in sides[1]):
        return f"no prediction has the layer {task.layer!r}"
    if system.claims is None:
        return why_not_these(task, sides[1], labels)
    return _why_not_claimed(task, system.claims, labels)


def _unable(task: Task, claims: SystemClaims) -> str | None:
    """Say what the system says that it does not do at all."""
    said = {
        "timexes": (claims.timexes, "the system finds no times"),
        "events": (bool(claims.events), "the system finds no events"),
        "entities": (claims.chains, "the system joins no mentions to entities"),
        "links": (claims.links, "the system links nothing to Wikidata"),
        "chains": (claims.event_chains, "the system joins no events to chains"),
        "mentions": (bool(claims.entities), "the system finds no mentions"),
    }
    able, why = said["links" if task.headline.startswith("link.") else task.layer]
    return None if able else why


def _why_not_claimed(task: Task, claims: SystemClaims, labels: Ontology) -> str | None:
    """Judge by the labels and levels that the system says it can give."""
    view = task.view(labels)
    if view is None:
        return None
    if not entity_labels(claims, view):
        theirs = "the gold's own" if is_own(labels) else f"the task's {view.scheme}"
        return f"the system's labels are {claims.scheme}, {theirs}"
    if missing := [level for level in view.levels if level not in claims.levels]:
        return f"the system finds no mentions of level {', '.join(missing)}"
    return None


def why_not_these(task: Task, predicted: Sequence[Document], labels: Ontology) -> str | None:
    """Say why predictions alone cannot be scored, where nobody said what their system can do.

    Args:
        task: The task.
        predicted: The predictions.
        labels: The labels of the gold.
    """
    if task.scheme == "fine" and not is_own(labels):
        used = {mention.type for each in predicted for mention in each.mentions or ()}
        if coarse := sorted(used & {*default().coarse_labels} - {*default().fine_labels}):
            return f"the predictions use the coarse label {', '.join(coarse)}"
    return None


def _torn(documents: Iterable[Document]) -> str | None:
    """Name the first two events of one trigger and type that are in different chains."""
    for document in documents:
        chains: dict[tuple[int, int, str], str] = {}
        for event in document.events or ():
            if event.chain is None:
                continue
            start, end = event.trigger.start, event.trigger.end
            other = chains.setdefault((start, end, event.type), event.chain)
            if other != event.chain:
                where = f"{document.doc_id!r} has two events {event.type} at [{start}, {end})"
                return printable(f"{where} in the chains {other!r} and {event.chain!r}")
    return None
