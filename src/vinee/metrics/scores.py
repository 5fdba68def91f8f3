"""From counts to precision, recall and F1.

Every function takes counts whose last axis is (correct, predicted, gold), with any number of
leading axes, so that the same code scores one system and ten thousand resamples of it.
Where nothing was predicted and nothing is gold, a score is not defined: NaN in arrays, None in
reports. Where one of both exists, a division by zero gives 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from vinee.metrics.counts import Counts

    CountArray = npt.NDArray[np.int64]
    FloatArray = npt.NDArray[np.float64]


def precision(counts: CountArray) -> FloatArray:
    """Return correct / predicted, shape ``[...]`` from ``[..., 3]``."""
    return _divide(counts[..., 0], counts[..., 1], counts)


def recall(counts: CountArray) -> FloatArray:
    """Return correct / gold, shape ``[...]`` from ``[..., 3]``."""
    return _divide(counts[..., 0], counts[..., 2], counts)


def f1(counts: CountArray) -> FloatArray:
    """Return 2 correct / (predicted + gold), shape ``[...]`` from ``[..., 3]``.

    One division of whole numbers gives the double nearest to the exact value, so systems whose
    F1 is the same fraction tie exactly, as tests that count ties need.
    """
    return _divide(2 * counts[..., 0], counts[..., 1] + counts[..., 2], counts)


def f1_as_seqeval(counts: CountArray) -> FloatArray:
    """Return 2 P R / (P + R) rounded step by step as seqeval 1.2.2 does, to equal it bit for bit.

    It may differ from `f1` in the last digit.
    """
    p, r = precision(counts), recall(counts)
    denominator = np.where(p + r == 0, 1.0, p + r)
    return 2.0 * p * r / denominator


def micro_f1(counts: CountArray) -> FloatArray:
    """Return F1 over all labels together, shape ``[...]`` from ``[..., labels, 3]``."""
    return f1(counts.sum(axis=-2))


def micro_precision(counts: CountArray) -> FloatArray:
    """Return precision over all labels together, shape ``[...]`` from ``[..., labels, 3]``."""
    return precision(counts.sum(axis=-2))


def micro_recall(counts: CountArray) -> FloatArray:
    """Return recall over all labels together, shape ``[...]`` from ``[..., labels, 3]``."""
    return recall(counts.sum(axis=-2))


def macro_f1(counts: CountArray) -> FloatArray:
    """Return the mean F1 of the labels that occur in gold or predicted, as seqeval does.

    Shape ``[...]`` from ``[..., labels, 3]``.
    """
    return _mean(f1(counts))


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 with the counts behind them; None where not defined."""

    precision: float | None
    recall: float | None
    f1: float | None
    support: int
    correct: int
    predicted: int


@dataclass(frozen=True, slots=True)
class Average:
    """Means over the labels that occur in gold or predicted; None if there are none."""

    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class Scores:
    """What a report shows of one metric."""

    metric: str
    micro: Score
    macro: Average
    labels: dict[str, Score]


def score(counts: Counts) -> Scores:
    """Compute the report of one metric from its counts.

    The F1 of ``tags.seqeval`` follows seqeval's own rounding, all others the exact fraction.
    """
    formula = f1_as_seqeval if counts.metric.startswith("tags.seqeval") else f1
    total = counts.total()
    occurring = total[total.any(axis=-1)]
    return Scores(
        metric=counts.metric,
        micro=_score(total.sum(axis=0), formula),
        macro=Average(*(_number(_mean(each(occurring))) for each in (precision, recall, formula))),
        labels={
            label: _score(row, formula) for label, row in zip(counts.labels, total, strict=True)
        },
    )


def _score(row: CountArray, formula: Callable[[CountArray], FloatArray]) -> Score:
    correct, predicted, gold = (int(number) for number in row)
    return Score(
        precision=_number(precision(row)),
        recall=_number(recall(row)),
        f1=_number(formula(row)),
        support=gold,
        correct=correct,
        predicted=predicted,
    )


def _number(value: FloatArray) -> float | None:
    return None if np.isnan(value) else float(value)


def _divide(part: CountArray, whole: CountArray, counts: CountArray) -> FloatArray:
    defined = (counts[..., 1] + counts[..., 2]) > 0
    ratio = part / np.where(whole == 0, 1, whole)
    return np.where(defined, ratio, np.nan)


def _mean(values: FloatArray) -> FloatArray:
    defined = ~np.isnan(values)
    number = defined.sum(axis=-1)
    total = np.where(defined, values, 0.0).sum(axis=-1)
    return np.where(number > 0, total / np.where(number == 0, 1, number), np.nan)
