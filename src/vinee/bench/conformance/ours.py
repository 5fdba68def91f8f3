"""Our own answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from vinee.bench.conformance.case import Answer, Numbers
from vinee.corpus.views import EntityView
from vinee.errors import UnknownNameError
from vinee.metrics import registry
from vinee.metrics.chunks import chunk_counts
from vinee.metrics.exact import Exact, of_counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vinee.bench.conformance.case import Case, Question, Tagged, View
    from vinee.metrics.base import Metric
    from vinee.metrics.tags import SeqevalTags
    from vinee.model import Document


def answers(cases: Iterable[Case]) -> dict[str, Answer]:
    """Answer cases in process, by id."""
    return {case.id: answer(case.question) for case in cases}


def answer(question: Question) -> Answer:
    """Answer a question with exact fractions; a metric that is not registered is skipped."""
    try:
        metric = registry.metric(question.metric, view=_view(question.view))
    except UnknownNameError as error:
        return Answer(question.id, skipped=str(error))
    if question.tags is not None:
        # What scores tags is a metric of mentions, as tags are made of them elsewhere.
        return _answered(question.id, _of_tags(cast("SeqevalTags", metric), question.tags))
    gold, predicted = question.gold or (), question.predicted or ()
    tally = metric.counts(gold, predicted)
    units = {name: _alone(metric, name, gold, predicted) for name in tally.units}
    whole = "scope=corpus" in question.metric
    return _answered(question.id, tally.exact(), {} if whole else units)


def _view(view: View | None) -> EntityView:
    if view is None:
        return EntityView("fine")
    return EntityView("fine", view.nesting, view.levels, view.span)


def _of_tags(metric: SeqevalTags, tags: Tagged) -> dict[str, Exact]:
    gold, predicted = ([list(each) for each in side] for side in (tags.gold, tags.predicted))
    labels, table = chunk_counts(gold, predicted, metric.mode, metric.scheme)
    total = table.sum(axis=0)
    return {"micro": of_counts(*total.sum(axis=0).tolist())} | {
        label: of_counts(*row) for label, row in zip(labels, total.tolist(), strict=True)
    }


def _alone(
    metric: Metric, doc_id: str, gold: Iterable[Document], predicted: Iterable[Document]
) -> Exact:
    wanted, given = ([each for each in side if each.doc_id == doc_id] for side in (gold, predicted))
    return metric.counts(wanted, given).exact()["micro"]


def _answered(
    name: str, exact: Mapping[str, Exact], units: Mapping[str, Exact] | None = None
) -> Answer:
    scores = {label: _written(each) for label, each in exact.items()}
    return Answer(
        name,
        micro=scores.pop("micro"),
        labels=scores,
        units={unit: _written(each) for unit, each in (units or {}).items()},
    )


def _written(exact: Exact) -> Numbers:
    return Numbers(*(None if value is None else str(value) for value in exact))
