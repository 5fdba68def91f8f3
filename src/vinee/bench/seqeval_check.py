"""Our tag scores against seqeval itself, on the tags of the same documents.

This imports seqeval, and with it scikit-learn; nothing else in the bench does.
"""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING, Any, cast

from vinee.errors import IntegrityError
from vinee.metrics.tags import SeqevalTags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.bench.tasks import Task
    from vinee.metrics.scores import Score
    from vinee.model import Document

    Tags = list[list[str]]


def check(predicted: Sequence[Document], task: Task, gold: Sequence[Document]) -> str:
    """Score with seqeval what the task's tag metrics scored, and compare.

    Support, precision, recall and F1 must be equal to the last bit, for each label and over all.

    Returns:
        seqeval's version.

    Raises:
        IntegrityError: Some number differs.
    """
    for metric in task.metrics():
        if isinstance(metric, SeqevalTags):
            _check(metric, predicted, gold)
    return metadata.version("seqeval")


def _check(metric: SeqevalTags, predicted: Sequence[Document], gold: Sequence[Document]) -> None:
    ours = metric.counts(gold, predicted).scores()
    documents = metric.tags(gold, predicted)
    theirs = _report(
        [tags for document in documents for tags in document.gold],
        [tags for document in documents for tags in document.predicted],
        strict=metric.mode == "strict",
    )
    found = {"micro avg": ours.micro, **ours.labels}
    occurring = {name: each for name, each in found.items() if each.support or each.predicted}
    if problems := [
        f"{name}: ours {_numbers(each)}, seqeval's {theirs.get(name)}"
        for name, each in occurring.items()
        if theirs.get(name) != _numbers(each)
    ] + [f"{name}: only seqeval has it" for name in theirs if name not in occurring]:
        raise IntegrityError(
            f"{metric.name} does not agree with seqeval (P, R, F1, support): {'; '.join(problems)}"
        )


def _report(wanted: Tags, given: Tags, *, strict: bool) -> dict[str, tuple[float, ...]]:
    from seqeval.metrics import classification_report
    from seqeval.scheme import IOB2

    if all(tag == "O" for row in (*wanted, *given) for tag in row):
        return {}  # on which seqeval raises ValueError
    options: dict[str, Any] = {"mode": "strict", "scheme": IOB2} if strict else {}
    report = cast(
        "dict[str, dict[str, float]]",
        classification_report(wanted, given, output_dict=True, zero_division=0, **options),
    )
    return {
        name: (
            float(row["precision"]),
            float(row["recall"]),
            float(row["f1-score"]),
            int(row["support"]),
        )
        for name, row in report.items()
        if name not in ("macro avg", "weighted avg")
    }


def _numbers(ours: Score) -> tuple[float, ...]:
    return (ours.precision or 0.0, ours.recall or 0.0, ours.f1 or 0.0, ours.support or 0)
