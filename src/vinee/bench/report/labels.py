"""Scores of the headline metric by label, systems side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.bench.leaderboard import decimals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.bench.result import Result
    from vinee.metrics.scores import Score

_MOST = 100
_STEPS = 20


@dataclass(frozen=True, slots=True)
class LabelTable:
    """The F1 of each label by each system.

    Attributes:
        systems: Names of the systems.
        rows: Label, gold items, and of each system F1 as text and as a step of a bar, 0 to 20.
        left_out: How many further labels there are.
    """

    systems: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...]
    left_out: int


def labels_of(results: Sequence[Result]) -> LabelTable | None:
    """Put the scores of labels that occur side by side; None if the metric has none.

    Args:
        results: Of one task and one signature, best first.
    """
    scored = [(each.system.name, each.metric(each.headline)) for each in results]
    found = {name: metric.all.labels for name, metric in scored if metric is not None}
    support: dict[str, Score] = {}
    for labels in found.values():
        for label, score in labels.items():
            if score.f1 is not None:
                support.setdefault(label, score)
    ordered = sorted(support, key=lambda label: (-(support[label].support or 0), label))
    if not ordered:
        return None
    return LabelTable(
        tuple(found),
        tuple(
            (
                label,
                str(support[label].support or 0),
                tuple(_bar(labels.get(label)) for labels in found.values()),
            )
            for label in ordered[:_MOST]
        ),
        max(0, len(ordered) - _MOST),
    )


def _bar(score: Score | None) -> tuple[str, int]:
    f1 = None if score is None else score.f1
    return decimals(f1), round(_STEPS * (f1 or 0.0))
