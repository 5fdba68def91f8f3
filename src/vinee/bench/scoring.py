"""Scoring: predictions and gold in, a result out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vinee.bench import asked, signature, tasks
from vinee.bench import reference as user_gold
from vinee.bench.resampling import Resampling
from vinee.bench.result import (
    Corpus,
    MetricScores,
    Result,
    ScoreSet,
    Skipped,
    StoredSignature,
    System,
)
from vinee.bench.scorable import THE_TASK, why_not
from vinee.bench.stored import stored
from vinee.bench.warnings import unit_warning
from vinee.corpus import gold as our_gold
from vinee.corpus import predictions
from vinee.corpus.foreign import is_own
from vinee.corpus.foreign.opening import NATIVE
from vinee.corpus.predictions import Predictions
from vinee.formats import short
from vinee.metrics.units import unit_for
from vinee.stats.bootstrap import interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.bench.reference import GoldLike
    from vinee.bench.tasks import Task
    from vinee.metrics.base import Metric
    from vinee.model import Document
    from vinee.ontology import Ontology

USER = "user"


class _Ground(NamedTuple):
    """What all metrics of a result are computed from."""

    task: Task
    corpus: Corpus
    reference: Sequence[Document]
    predicted: Sequence[Document]
    how: Resampling
    labels: Ontology


def score(
    predicted: Sequence[Document] | Predictions,
    task: Task | str,
    *,
    gold: GoldLike = None,
    system: System | None = None,
    resampling: Resampling | None = None,
) -> Result:
    """Score predictions on a task.

    The order of documents and items changes nothing. A gold document whose layer was not
    annotated is not scored; one without a prediction counts as missed.

    Args:
        predicted: Documents, which are checked strictly first; or predictions that were read
            and checked, whose findings go into the result.
        task: A task or its name.
        gold: The gold, in memory, or as it was read or checked; ours if not given. Fine and
            coarse labels are both allowed in it, or labels of its own.
        system: What made the predictions.
        resampling: How intervals are made; by document and percentile if not given.

    Raises:
        UnknownNameError: There is no such task.
        PredictionError: The predictions do not fit the gold texts or the ontology.
        InputError: The gold given is not fit to be scored against: a document has no text, occurs
            twice, or contradicts its text, the ontology or itself.
        IntegrityError: No gold was given, and ours is not there.
    """
    task = task if isinstance(task, tasks.Task) else tasks.get(task)
    reference, known = user_gold.fit(gold)
    checked = (
        predicted
        if isinstance(predicted, Predictions)
        else predictions.check(predicted, reference, labels_of=known)
    )
    system = system or System()
    how = resampling or Resampling()
    corpus = _corpus(reference, checked.documents, task)
    reason = why_not(task, system, (reference, checked.documents), corpus, known)
    scored = (
        ()
        if reason
        else tuple(
            _metrics(system, _Ground(task, corpus, reference, checked.documents, how, known))
        )
    )
    return Result(
        task=task.name,
        headline=task.headline,
        system=system,
        corpus=corpus,
        metrics=scored,
        skipped=tuple(_skipped(task, system, corpus, reason)),
        findings=checked.counted(),
        grounding=short.summed(checked.documents),
        notes=tuple(_read_how(checked, known)),
        warning=_warning(task, scored, corpus),
    )


def _corpus(reference: Sequence[Document], predicted: Sequence[Document], task: Task) -> Corpus:
    annotated = {each.doc_id for each in reference if getattr(each, task.layer) is not None}
    given = {each.doc_id for each in predicted if getattr(each, task.layer) is not None}
    if not given:  # the system does not know the layer, or found nothing anywhere
        given = {each.doc_id for each in predicted}
    digest = our_gold.content_hash(reference)
    return Corpus(
        version=our_gold.edition().version if digest == user_gold.our_hash() else USER,
        hash=digest,
        scored=tuple(sorted(annotated)),
        unscored=tuple(sorted({each.doc_id for each in reference} - annotated)),
        unpredicted=tuple(sorted(annotated - given)),
    )


def _skipped(task: Task, system: System, corpus: Corpus, reason: str | None) -> Iterator[Skipped]:
    if reason:
        yield Skipped(THE_TASK, reason)
    elif system.claims is not None:
        narrowed = {metric.name for metric in task.metrics(system.claims)}
        for metric in task.metrics():
            if metric.name not in narrowed:
                yield Skipped(f"{metric.name} on claimed labels", "the system claims no roles")
    for doc_id in corpus.unscored:
        yield Skipped(f"document {doc_id}", f"its gold has no layer {task.layer!r}")


def _metrics(system: System, ground: _Ground) -> Iterator[MetricScores]:
    task = ground.task
    narrowed = (
        {}
        if system.claims is None
        else {each.name: each for each in task.metrics(system.claims, ground.labels)}
    )
    for metric in task.metrics(labels=ground.labels):
        claimed = narrowed.get(metric.name)
        yield MetricScores(
            metric.name,
            _scores(metric, ground),
            None if claimed is None else _scores(claimed, ground),
        )


def _scores(metric: Metric, ground: _Ground) -> ScoreSet:
    how = ground.how
    tally = metric.counts(ground.reference, ground.predicted, unit_for(metric, how.unit))
    report = tally.scores()
    ends = interval(
        tally.pooled,
        tally.statistic,
        level=how.level,
        unit=tally.unit,
        draws=how.draws,
        seed=how.seed,
        method=how.method,
    )
    built = signature.build(
        metric,
        tally,
        how,
        task=ground.task.name,
        corpus=ground.corpus.version,
        content_hash=ground.corpus.hash,
    )
    return ScoreSet(
        signature=StoredSignature.of(built),
        micro=report.micro,
        macro=report.macro,
        labels=report.labels,
        interval=ends,
        counts=stored(tally),
    )


def _warning(task: Task, scored: Sequence[MetricScores], corpus: Corpus) -> str | None:
    headline = next((each.all.counts.load() for each in scored if each.name == task.headline), None)
    if headline is None:
        return unit_warning(len(corpus.scored), "document")
    return unit_warning(len(headline.units), headline.unit, task.headline)


def _read_how(checked: Predictions, labels: Ontology) -> Iterator[str]:
    """Say how gold and predictions that are not in our own form came to be what was scored."""
    if is_own(labels):
        named = (*labels.fine_labels, *labels.event_labels, *labels.role_labels)
        yield f"the gold has labels of its own: {', '.join(named)}"
    if checked.format not in (None, NATIVE):
        how = f"detected as {checked.how}" if checked.how else f"read as {checked.format}"
        yield f"predictions {how}"
    yield from checked.notes
    if checked.mapped is not None:
        yield from checked.mapped.told()
    if (said := asked.note(checked.documents)) is not None:
        yield said
