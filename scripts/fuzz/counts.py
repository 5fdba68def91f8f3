"""That nothing vanishes: what was read is kept or told, and what is kept is counted.

A score that leaves something out looks like any other. So all is counted here a second time, from
the documents themselves, and compared with what the findings and the scores say.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from cases import Case, put
from changed_folders import zipped

from vinee.bench import scoring
from vinee.bench.resampling import Resampling
from vinee.corpus import predictions
from vinee.errors import InputError
from vinee.model import LAYERS, Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from valid import Base

TASKS = ("ner_fine", "events")
_HOW = Resampling(draws=20)


class SilentError(Exception):
    """Scores that hide that something is missing."""


def items(documents: Iterable[Document]) -> Counter[str]:
    """Count the items of each layer, and the arguments of events."""
    found: Counter[str] = Counter()
    for document in documents:
        for layer in LAYERS:
            found[layer] += len(getattr(document, layer) or ())
        found["arguments"] += sum(len(event.arguments) for event in document.events or ())
    return found


def accounted(rows: Sequence[Document | InputError], found: predictions.Predictions) -> None:
    """See that what was read is kept, or in the findings."""
    errors = [row for row in rows if isinstance(row, InputError)]
    whole = {"doc-unknown", "doc-twice", "doc-text"}
    lost = sum(each.id in whole for each in found.findings)
    lost -= sum(error.code in whole for error in errors)
    documents = [row for row in rows if isinstance(row, Document)]
    if len(found.documents) + lost != len(documents):
        raise SilentError(
            f"{len(documents)} documents read, {len(found.documents)} kept, {lost} told"
        )
    kept = {each.doc_id for each in found.documents}
    read = items(
        {each.doc_id: each for each in reversed(documents) if each.doc_id in kept}.values()
    )
    gone = read - items(found.documents)
    gone.pop("arguments", None)  # they go with their event
    told = len(found.findings) - lost - len(errors)
    if lost == 0 and gone.total() > told:
        raise SilentError(f"left out {dict(gone)}, and told {told}")


def counted(found: predictions.Predictions, task: str, reference: Sequence[Document]) -> None:
    """See that all documents and all that a task can see are counted."""
    result = scoring.score(found, task, gold=reference, resampling=_HOW)
    there = {each.doc_id for each in found.documents}
    if missing := {*result.corpus.scored} - there - {*result.corpus.unpredicted}:
        raise SilentError(f"{task}: neither predicted nor listed: {missing}")
    if sum(result.findings.values()) != len(found.findings):
        raise SilentError(f"{task}: the result does not have all findings")
    if not result.metrics:
        if not result.skipped:
            raise SilentError(f"{task}: no scores, and no word why")
        return
    seen: set[tuple[str, int, int, str]] = set()
    for each in found.documents:
        if task == "events":
            seen |= {
                (each.doc_id, event.trigger.start, event.trigger.end, event.type)
                for event in each.events or ()
            }
        else:
            seen |= {
                (each.doc_id, m.start, m.end, m.type)
                for m in each.mentions or ()
                if m.level == "NAM"
            }
    scores = next(each.all.micro for each in result.metrics if each.name == result.headline)
    if scores.predicted != len(seen):
        raise SilentError(f"{task}: {len(seen)} predicted, and {scores.predicted} counted")


def still_there(found: predictions.Predictions, before: Mapping[str, int]) -> None:
    """See that no layer is gone from a file of which nothing was taken out."""
    now = items(found.documents)
    for layer in ("mentions", "events", "timexes"):
        if before[layer] and not now[layer]:
            raise SilentError(f"{layer}: {before[layer]} before, and none now, without a word")


def originals(
    sources: Mapping[str, Sequence[Base]], reference: Sequence[Document]
) -> dict[str, dict[str, int]]:
    """Count, for each format, the items that every valid file of it has at least."""
    least = {}
    for name, several in sources.items():
        read = []
        for base in several:
            tree = {"": zipped(base.tree)} if name == "brat-zip" else base.tree
            with tempfile.TemporaryDirectory() as folder:
                path = put(Case(name, 0, tree, (), named=True), Path(folder))
                read.append(predictions.read(path, reference, format=base.format).documents)
        layers = ("mentions", "events", "timexes")
        least[name] = {layer: min(items(each)[layer] for each in read) for layer in layers}
    return least
