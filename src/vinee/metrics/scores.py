"""From counts to precision, recall and F1.

Every function takes counts whose last axis is (correct, predicted, gold), int64 or float64, with
any number of leading axes, so that the same code scores one system and ten thousand resamples of
it. Where nothing was predicted and nothing is gold, a score is not defined: NaN in arrays, None
in reports. Where one of both exists, a division by zero gives 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

# Both kinds, so that whole numbers stay whole when they are read from JSON.
Number: TypeAlias = int | float

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    import numpy.typing as npt

    from vinee.metrics.counts import Counts
    from vinee.metrics.exact import Exact

    CountArray = npt.NDArray[np.int64] | npt.NDArray[np.float64]
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
    """Precision, recall and F1 with the counts behind them; None where not defined.

    Counts are whole numbers unless a metric gives parts of items; chain metrics have none.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    support: Number | None
    correct: Number | None
    predicted: Number | None


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


def score_exactly(
    metric: str,
    exact: Mapping[str, Exact],
    counted: Mapping[str, tuple[Fraction | int, int, int]] | None = None,
) -> Scores:
    """Write down exact scores as the doubles nearest to them.

    Args:
        metric: Name of the metric.
        exact: ``micro``, and a score for each label.
        counted: The credit, predicted and gold numbers behind each, if there are any.
    """
    rows = {label: _rounded(found, (counted or {}).get(label)) for label, found in exact.items()}
    micro = rows.pop("micro")
    defined = [row for row in rows.values() if row.f1 is not None]
    macro = Average(
        *(
            _average([getattr(row, name) for row in defined])
            for name in ("precision", "recall", "f1")
        )
    )
    return Scores(metric, micro, macro, rows)


def _average(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _rounded(exact: Exact, counted: tuple[Fraction | int, int, int] | None) -> Score:
    credit, predicted, gold = counted or (None, None, None)
    precision, recall, f1 = (None if value is None else float(value) for value in exact)
    correct = None if credit is None else _plain(credit)
    return Score(precision, recall, f1, gold, correct, predicted)


def _plain(credit: Fraction | int) -> Number:
    return int(credit) if credit == int(credit) else float(credit)


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
