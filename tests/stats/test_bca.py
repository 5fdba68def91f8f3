from __future__ import annotations

from fractions import Fraction
from itertools import product
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from two_systems import CRF, counts, drawn, fractions, ratio

from vinee.errors import UnknownNameError
from vinee.metrics.scores import macro_f1, micro_f1
from vinee.stats.bca import leave_one_out, tails
from vinee.stats.bootstrap import Interval, interval
from vinee.stats.distribution import resampled
from vinee.stats.resampling import DRAWS, LIMIT

Table = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
NORMAL = NormalDist()


def brute_force(table: Table) -> tuple[float, float]:
    """Efron's formulas, word for word, over every ordered resample."""
    units = len(table)
    observed = float(micro_f1(table.sum(axis=0)))
    scores = sorted(
        float(micro_f1(table[list(chosen)].sum(axis=0)))
        for chosen in product(range(units), repeat=units)
    )
    below = sum(score < observed for score in scores) + sum(s == observed for s in scores) / 2
    bias = NORMAL.inv_cdf(below / len(scores))
    without = [float(micro_f1(np.delete(table, unit, axis=0).sum(axis=0))) for unit in range(units)]
    deviations = [sum(without) / units - score for score in without]
    acceleration = sum(d**3 for d in deviations) / (6 * sum(d**2 for d in deviations) ** 1.5)
    ends = []
    for probability in (0.025, 0.975):
        shifted = bias + NORMAL.inv_cdf(probability)
        corrected = NORMAL.cdf(bias + shifted / (1 - acceleration * shifted))
        ends.append(next(s for i, s in enumerate(scores, 1) if i >= corrected * len(scores)))
    return ends[0], ends[1]


def bca(table: Table, limit: int = LIMIT, draws: int = DRAWS) -> Interval:
    found = interval(table, micro_f1, method="bca", draws=draws, limit=limit)
    assert found is not None
    return found


def test_five_articles_give_what_all_ordered_resamples_give() -> None:
    found = bca(CRF)

    assert (found.low, found.high) == brute_force(CRF)
    assert (found.method, found.exact, found.draws, found.seed) == ("bca", True, 126, None)


def test_the_correction_changes_the_percentile_interval() -> None:
    plain = interval(CRF, micro_f1)

    assert plain is not None
    assert (plain.low, plain.high) != (bca(CRF).low, bca(CRF).high)


def skewed() -> tuple[Scores, Scores]:
    """Sixty units, of which few hold most of a mean, as floats and as a table."""
    values = np.random.default_rng(3).pareto(2.5, 60)
    return values, np.stack([values, *np.ones((3, 60))], axis=-1)[:, None]


@pytest.mark.parametrize("method", ["percentile", "bca"])
def test_scipy_gives_the_same_interval(method: str) -> None:
    stats = pytest.importorskip("scipy.stats")
    values, table = skewed()

    theirs = stats.bootstrap(
        (values,),
        np.mean,
        n_resamples=20_000,
        method=method.replace("bca", "BCa"),
        rng=np.random.default_rng(5),
    ).confidence_interval
    ours = interval(table, ratio, method=method, draws=20_000)

    assert ours is not None
    assert ours.method == method
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=0.015)


def test_the_comparison_with_scipy_could_tell_both_methods_apart() -> None:
    _, table = skewed()

    plain, corrected = (interval(table, ratio, method=each) for each in ("percentile", "bca"))

    assert plain is not None
    assert corrected is not None
    assert corrected.low - plain.low > 0.02
    assert corrected.high - plain.high > 0.02


def test_random_draws_come_near_the_exact_interval() -> None:
    exact, random = bca(CRF), bca(CRF, limit=0, draws=20_000)

    assert (random.low, random.high) == pytest.approx((exact.low, exact.high), abs=0.004)


def test_many_documents_are_hardly_corrected() -> None:
    table, _ = drawn(2000)
    table = table.sum(axis=1, keepdims=True)
    plain = interval(table, micro_f1)

    assert plain is not None
    assert (bca(table).low, bca(table).high) == pytest.approx((plain.low, plain.high), abs=0.002)


def test_where_all_resamples_are_equal_the_interval_says_so() -> None:
    found = bca(CRF[..., [2, 2, 2]])

    assert (found.low, found.high) == (1.0, 1.0)
    assert found.method == "percentile; no bca: all resamples have the same score"


def test_where_all_resamples_lie_on_one_side_the_interval_says_so() -> None:
    # The score is the share of the units that are drawn at all: no drawn resample has them all.
    table = np.zeros((60, 60, 3), dtype=np.int64)
    table[np.arange(60), np.arange(60)] = 1

    def different(sums: Table) -> Scores:
        return ratio(np.stack([sums[..., 0] > 0, np.ones_like(sums[..., 0])], axis=-1))

    found = interval(table, different, method="bca", draws=500)

    assert found is not None
    assert found.method == "percentile; no bca: all resamples lie on one side of the score"


def test_where_leaving_a_unit_out_leaves_nothing_the_interval_says_so() -> None:
    table = np.array([[[1, 2, 2]], [[0, 0, 0]], [[0, 0, 0]]])

    found = interval(table, lambda sums: micro_f1(sums) + sums[:, 0, 0] / 10, method="bca")

    assert found is not None
    assert found.method == "percentile; no bca: the score without one of the units is 0/0"


def test_where_leaving_out_changes_nothing_the_interval_says_so() -> None:
    # Without either unit 1 is left, which is also the score of both; twice the same gives 2.
    table = np.array([[[1, 1, 1], [0, 0, 0]], [[0, 0, 0], [1, 1, 1]]])

    def larger(sums: Table) -> Scores:
        return np.maximum(sums[:, 0, 0], sums[:, 1, 0]) / np.float64(1)

    found = interval(table, larger, method="bca")

    assert found is not None
    assert found.method == (
        "percentile; no bca: the score without one of the units is always the same"
    )


def test_where_the_score_itself_is_not_defined_the_interval_says_so() -> None:
    def where_not_all(sums: Table) -> Scores:
        return np.where((sums[..., 0] > 0).all(axis=-1), np.nan, sums[:, 0, 0])

    found = interval(np.eye(3, dtype=np.int64)[:, :, None], where_not_all, method="bca")

    assert found is not None
    assert found.method == "percentile; no bca: the score itself is 0/0"


def test_where_the_acceleration_is_too_large_the_interval_says_so() -> None:
    table = np.array([[[0, 10, 10]]] * 7 + [[[1, 1, 1]]])

    found = interval(table, micro_f1, method="bca", level=1 - 1e-15)

    assert found is not None
    assert found.method == "percentile; no bca: the acceleration is too large for this level"


@settings(max_examples=50)
@given(counts)
def test_no_end_is_ever_nan(systems: tuple[Table, Table]) -> None:
    found = interval(systems[0], micro_f1, method="bca")

    if found is not None:
        assert found.low <= found.high


@settings(max_examples=50)
@given(counts)
def test_the_order_of_units_does_not_matter(systems: tuple[Table, Table]) -> None:
    table = systems[0]

    assert interval(table[::-1], macro_f1, method="bca") == interval(table, macro_f1, method="bca")


@settings(max_examples=50)
@given(fractions)
def test_leaving_one_unit_out_is_deleting_it(systems: tuple[Scores, Scores]) -> None:
    table = systems[0]
    expected = [
        float(ratio(np.delete(table, unit, axis=0).sum(axis=0))) for unit in range(5)[: len(table)]
    ]

    scores, copies = leave_one_out(table, ratio)

    assert np.sort(np.repeat(scores, copies)) == pytest.approx(np.sort(expected), nan_ok=True)


def test_leaving_out_the_only_unit_that_holds_something_leaves_exactly_nothing() -> None:
    # 0.1 + 0.2 - 0.3 would not be 0.
    table = np.zeros((3, 1, 4))
    table[1] = 0.1

    scores, copies = leave_one_out(table, ratio)

    assert sorted(zip(np.isnan(scores).tolist(), copies.tolist(), strict=True)) == [
        (False, 2),
        (True, 1),
    ]


def test_without_bias_and_acceleration_the_tails_are_those_of_the_percentile_method() -> None:
    # Symmetric: one unit above and one below the middle.
    table = np.array([[[0.0]], [[0.5]], [[1.0]]])

    def mean(sums: Scores) -> Scores:
        return sums[:, 0, 0] / 3

    found = resampled(table, mean, draws=1, seed=0, limit=100)

    corrected = tails(found, table, mean, Fraction(1, 40))
    assert [float(end) for end in corrected] == pytest.approx([0.025, 0.975])


def test_another_method_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="unknown interval method 'BCA'; known: bca, perc"):
        interval(CRF, micro_f1, method="BCA")
