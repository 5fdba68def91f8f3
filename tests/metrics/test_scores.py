from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee.metrics.counts import Counts
from vinee.metrics.scores import (
    Average,
    Score,
    f1,
    f1_as_seqeval,
    macro_f1,
    micro_f1,
    micro_precision,
    micro_recall,
    precision,
    recall,
    score,
)

TRIPLES = st.tuples(*[st.integers(0, 10**6)] * 3).map(lambda t: [t[0], t[0] + t[1], t[0] + t[2]])
TABLE = np.array([[3, 4, 6], [0, 2, 0], [0, 0, 1], [0, 0, 0]], dtype=np.int64)
LABELS = ("FAC", "GPE", "LOC", "PER")


def report(metric: str = "ner.strict") -> Counts:
    return Counts(metric, ("a",), LABELS, TABLE[None])


def test_f1_of_each_label_by_hand() -> None:
    np.testing.assert_array_equal(f1(TABLE), [6 / 10, 0, 0, np.nan])


def test_precision_and_recall_of_each_label_by_hand() -> None:
    np.testing.assert_array_equal(precision(TABLE), [3 / 4, 0, 0, np.nan])
    np.testing.assert_array_equal(recall(TABLE), [3 / 6, 0, 0, np.nan])


def test_micro_scores_by_hand() -> None:
    found = [float(each(TABLE)) for each in (micro_precision, micro_recall, micro_f1)]

    assert found == [3 / 6, 3 / 7, 6 / 13]


def test_macro_f1_leaves_out_labels_that_occur_nowhere() -> None:
    assert macro_f1(TABLE) == (0.6 + 0 + 0) / 3


def test_leading_axes_are_kept() -> None:
    resampled = np.stack([TABLE, 2 * TABLE, 0 * TABLE])

    np.testing.assert_array_equal(micro_f1(resampled), [6 / 13, 6 / 13, np.nan])
    np.testing.assert_array_equal(macro_f1(resampled), [macro_f1(TABLE)] * 2 + [np.nan])


@given(TRIPLES)
def test_f1_is_the_double_nearest_to_the_exact_fraction(triple: list[int]) -> None:
    correct, predicted, gold = triple
    if predicted + gold:
        assert f1(np.array(triple)) == float(Fraction(2 * correct, predicted + gold))


@given(TRIPLES, st.integers(1, 1000))
def test_equal_fractions_tie_exactly(triple: list[int], factor: int) -> None:
    counts = np.array(triple)

    np.testing.assert_array_equal(f1(counts), f1(counts * factor))


@given(TRIPLES)
def test_every_score_is_in_the_unit_interval_or_undefined(triple: list[int]) -> None:
    values = np.array([each(np.array(triple)) for each in (precision, recall, f1)])

    assert np.isnan(values).all() if sum(triple) == 0 else ((values >= 0) & (values <= 1)).all()


@given(TRIPLES)
def test_both_formulas_of_f1_agree_but_for_rounding(triple: list[int]) -> None:
    counts = np.array(triple)

    np.testing.assert_allclose(f1_as_seqeval(counts), f1(counts), rtol=1e-15, atol=0)


def test_the_two_formulas_of_f1_can_differ_in_the_last_digit() -> None:
    counts = np.array([[c, p, g] for c in range(1, 8) for p in range(8, 20) for g in (9, 11)])

    assert (f1_as_seqeval(counts) != f1(counts)).any()


def test_report_by_hand() -> None:
    scores = score(report())

    assert scores.micro == Score(3 / 6, 3 / 7, 6 / 13, support=7, correct=3, predicted=6)
    assert scores.macro == Average(0.75 / 3, 0.5 / 3, 0.6 / 3)
    assert scores.labels["FAC"] == Score(0.75, 0.5, 0.6, support=6, correct=3, predicted=4)
    assert scores.labels["GPE"] == Score(0.0, 0.0, 0.0, support=0, correct=0, predicted=2)
    assert scores.labels["PER"] == Score(None, None, None, support=0, correct=0, predicted=0)


def test_a_report_on_nothing_has_no_scores() -> None:
    scores = score(Counts("boundary", (), (), np.zeros((0, 0, 3), dtype=np.int64)))

    assert (scores.micro.f1, scores.macro, scores.labels) == (None, Average(None, None, None), {})


@pytest.mark.parametrize(
    ("metric", "formula"),
    [
        ("ner.strict", f1),
        ("events.AC", f1),
        ("tags.seqeval", f1_as_seqeval),
        ("tags.seqeval(mode=strict)", f1_as_seqeval),
    ],
)
def test_only_tags_seqeval_is_rounded_as_seqeval(metric: str, formula: object) -> None:
    triples = [[c, p, g] for c in range(1, 8) for p in range(8, 20) for g in (9, 11)]
    differing = next(t for t in triples if f1(np.array(t)) != f1_as_seqeval(np.array(t)))
    counts = Counts(metric, ("a",), ("X",), np.array([[differing]]))

    assert callable(formula)
    assert score(counts).micro.f1 == formula(np.array(differing))
