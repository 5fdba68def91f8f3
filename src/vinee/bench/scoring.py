"""Scoring: predictions and gold in, a result out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vinee.bench import reference as user_gold
from vinee.bench import signature, tasks
from vinee.bench.claims import entity_labels
from vinee.bench.result import (
    Corpus,
    MetricScores,
    Result,
    ScoreSet,
    Skipped,
    StoredSignature,
    System,
)
from vinee.bench.stored import stored
from vinee.corpus import gold as our_gold
from vinee.corpus import predictions
from vinee.corpus.predictions import Predictions
from vinee.ontology import default
from vinee.stats.bootstrap import few_units_warning, interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.bench.claims import SystemClaims
    from vinee.bench.tasks import Task
    from vinee.metrics.base import Metric
    from vinee.model import Document

USER = "user"


def score(
    predicted: Sequence[Document] | Predictions,
    task: Task | str,
    *,
    gold: Sequence[Document] | None = None,
    system: System | None = None,
) -> Result:
    """Score predictions on a task.

    The order of documents and items changes nothing. A gold document whose layer was not
    annotated is not scored; one without a prediction counts as missed.

    Args:
        predicted: Documents, which are checked strictly first; or predictions that were read
            and checked, whose findings go into the result.
        task: A task or its name.
        gold: The gold; ours if not given. Fine and coarse labels are both allowed in it.
        system: What made the predictions.

    Raises:
        UnknownNameError: There is no such task.
        PredictionError: The predictions do not fit the gold texts or the ontology.
        InputError: The gold given is not fit to be scored against: a document has no text, occurs
            twice, or contradicts its text, the ontology or itself.
        IntegrityError: No gold was given, and ours is not there.
    """
    task = task if isinstance(task, tasks.Task) else tasks.get(task)
    reference = our_gold.documents() if gold is None else user_gold.checked(gold)
    checked = (
        predicted if isinstance(predicted, Predictions) else predictions.check(predicted, reference)
    )
    system = system or System()
    corpus = _corpus(reference, checked.documents, task)
    reason = _why_not(task, system, checked.documents, corpus)
    return Result(
        task=task.name,
        headline=task.headline,
        system=system,
        corpus=corpus,
        metrics=() if reason else tuple(_metrics(task, system, corpus, reference, checked)),
        skipped=tuple(_skipped(task, system, corpus, reason)),
        findings=checked.counted(),
        grounding=_grounding(checked.documents),
        warning=few_units_warning(len(corpus.scored)),
    )


def _corpus(reference: Sequence[Document], predicted: Sequence[Document], task: Task) -> Corpus:
    annotated = {each.doc_id for each in reference if getattr(each, task.layer) is not None}
    digest = our_gold.content_hash(reference)
    return Corpus(
        version=our_gold.edition().version if digest == user_gold.our_hash() else USER,
        hash=digest,
        scored=tuple(sorted(annotated)),
        unscored=tuple(sorted({each.doc_id for each in reference} - annotated)),
        unpredicted=tuple(sorted(annotated - {each.doc_id for each in predicted})),
    )


def _why_not(
    task: Task, system: System, predicted: Sequence[Document], corpus: Corpus
) -> str | None:
    if not corpus.scored:
        return f"no gold document has the layer {task.layer!r}"
    if system.claims is None:
        return _why_not_these(task, predicted)
    return _why_not_claimed(task, system.claims)


def _why_not_claimed(task: Task, claims: SystemClaims) -> str | None:
    """Judge by what the system says that it can do."""
    if task.layer == "timexes":
        return None if claims.timexes else "the system finds no times"
    if task.scheme is None:
        return None if claims.events else "the system finds no events"
    if entity_labels(claims, task.scheme):
        return None
    if claims.entities:
        return f"the system's labels are {claims.scheme}, the task's {task.scheme}"
    return "the system finds no mentions"


def _why_not_these(task: Task, predicted: Sequence[Document]) -> str | None:
    """Judge by the predictions alone, where nobody said what their system can do."""
    if predicted and all(getattr(each, task.layer) is None for each in predicted):
        return f"no prediction has the layer {task.layer!r}"
    if task.scheme == "fine":
        used = {mention.type for each in predicted for mention in each.mentions or ()}
        if coarse := sorted(used & {*default().coarse_labels} - {*default().fine_labels}):
            return f"the predictions use the coarse label {', '.join(coarse)}"
    return None


def _skipped(task: Task, system: System, corpus: Corpus, reason: str | None) -> Iterator[Skipped]:
    if reason:
        yield Skipped("the task", reason)
    elif system.claims is not None:
        narrowed = {metric.name for metric in task.metrics(system.claims)}
        for metric in task.metrics():
            if metric.name not in narrowed:
                yield Skipped(f"{metric.name} on claimed labels", "the system claims no roles")
    for doc_id in corpus.unscored:
        yield Skipped(f"document {doc_id}", f"its gold has no layer {task.layer!r}")


def _metrics(
    task: Task,
    system: System,
    corpus: Corpus,
    reference: Sequence[Document],
    checked: Predictions,
) -> Iterator[MetricScores]:
    narrowed = (
        {} if system.claims is None else {each.name: each for each in task.metrics(system.claims)}
    )
    for metric in task.metrics():
        claimed = narrowed.get(metric.name)
        yield MetricScores(
            metric.name,
            _scores(metric, task, corpus, reference, checked.documents),
            None
            if claimed is None
            else _scores(claimed, task, corpus, reference, checked.documents),
        )


def _scores(
    metric: Metric,
    task: Task,
    corpus: Corpus,
    reference: Sequence[Document],
    predicted: Sequence[Document],
) -> ScoreSet:
    tally = metric.counts(reference, predicted)
    report = tally.scores()
    ends = interval(tally.table, tally.statistic, level=signature.LEVEL, unit=signature.UNIT)
    built = signature.build(
        metric,
        task=task.name,
        corpus=corpus.version,
        content_hash=corpus.hash,
        documents=len(tally.units),
    )
    return ScoreSet(
        signature=StoredSignature.of(built),
        micro=report.micro,
        macro=report.macro,
        labels=report.labels,
        interval=ends,
        counts=stored(tally),
    )


def _grounding(predicted: Sequence[Document]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for document in predicted:
        counted = (document.meta or {}).get("alignment")
        if isinstance(counted, dict):
            sums.update({key: number for key, number in counted.items() if type(number) is int})
    return dict(sorted(sums.items()))
