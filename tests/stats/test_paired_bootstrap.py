from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from two_systems import CRF, RULES, counts, drawn, fractions, ratio

from vinee.errors import InvalidError, UnknownNameError
from vinee.metrics.scores import macro_f1, micro_f1
from vinee.stats.bootstrap import interval
from vinee.stats.paired import PairedTest
from vinee.stats.paired_bootstrap import BOOTSTRAP, PairedBootstrap, paired_bootstrap

Table = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]


def every(first: Table, second: Table) -> list[float]:
    """The difference in each ordered resample, one after the other; those of 0/0 left out."""
    units = range(len(first))
    values = [
        float(micro_f1(first[chosen].sum(axis=0)) - micro_f1(second[chosen].sum(axis=0)))
        for chosen in map(list, product(units, repeat=len(first)))
    ]
    return [value for value in values if not np.isnan(value)]


def test_two_baselines_on_five_articles() -> None:
    found = paired_bootstrap(CRF, RULES, micro_f1)

    assert found.test == PairedTest(
        difference=found.test.difference,
        p=58 / 3126,
        smallest_p=1 / 3126,
        method=BOOTSTRAP,
        unit="document",
        units=5,
        differing=5,
        exact=True,
        draws=126,
        seed=None,
        undefined=0.0,
    )


@settings(max_examples=30)
@given(counts)
def test_few_units_give_what_brute_force_gives(systems: tuple[Table, Table]) -> None:
    found = paired_bootstrap(*systems, micro_f1)

    if found.test.p is not None and found.test.difference is not None:
        values = np.array(every(*systems))
        far = abs(values - found.test.difference) >= abs(found.test.difference) - 1e-12
        assert found.test.p == (far.sum() + 1) / (len(values) + 1)
        assert found.standard_error == pytest.approx(values.std(), abs=1e-12)


def test_equal_fractions_tie_however_they_were_rounded() -> None:
    # The difference is 5/6 - 1/2; that of some resamples is 0 or 2/3, as far from it as it is
    # from 0, but in binary a little less.
    first = np.array([[[2, 3, 2]], [[2, 2, 3]], [[1, 1, 1]]])
    second = np.array([[[1, 1, 2]], [[2, 3, 3]], [[0, 2, 1]]])

    assert paired_bootstrap(first, second, micro_f1).test.p == 5 / 28


@pytest.mark.parametrize("method", ["percentile", "bca"])
@pytest.mark.parametrize("units", [5, 60])
def test_the_interval_is_that_of_a_score_which_is_the_difference(method: str, units: int) -> None:
    first, second = drawn(units)
    ahead = float(micro_f1(first.sum(axis=0))) > float(micro_f1(second.sum(axis=0)))
    better, worse = (first, second) if ahead else (second, first)

    expected = interval(
        np.concatenate([better, worse], axis=1),
        lambda sums: micro_f1(sums[:, :2]) - micro_f1(sums[:, 2:]),
        method=method,
    )

    assert paired_bootstrap(better, worse, micro_f1, method=method).interval == expected


def test_both_systems_are_resampled_together() -> None:
    # The second is better by one everywhere, so no resample has another difference.
    first, _ = drawn(60)

    found = paired_bootstrap(first, first + 1, lambda sums: sums[:, 0, 0] / 60)

    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((-1, -1), abs=1e-12)
    assert found.standard_error == 0
    assert found.test.p == 1 / 10_001


@pytest.mark.parametrize("method", ["percentile", "bca"])
def test_scipy_gives_the_same_interval(method: str) -> None:
    stats = pytest.importorskip("scipy.stats")
    first, second = drawn(60, seed=13)
    rows = np.concatenate([first, second])

    def difference(units: Table, axis: int) -> Scores:
        assert axis == -1
        return micro_f1(rows[units].sum(axis=-3)) - micro_f1(rows[units + 60].sum(axis=-3))

    theirs = stats.bootstrap(
        (np.arange(60),),
        difference,
        vectorized=True,
        n_resamples=10_000,
        batch=1000,
        method=method.replace("bca", "BCa"),
        rng=np.random.default_rng(1),
    )
    ours = paired_bootstrap(first, second, micro_f1, method=method)

    assert ours.interval is not None
    assert ours.interval.method == method
    assert (ours.interval.low, ours.interval.high) == pytest.approx(
        (theirs.confidence_interval.low, theirs.confidence_interval.high), abs=0.004
    )
    assert ours.standard_error == pytest.approx(theirs.standard_error, rel=0.04)


@settings(max_examples=50)
@given(fractions, st.sampled_from([0, 10_000]))
def test_identical_systems_have_p_one(systems: tuple[Scores, Scores], limit: int) -> None:
    found = paired_bootstrap(systems[0], systems[0], ratio, draws=20, limit=limit)

    assert found.test.p in (None, 1)
    if found.interval is not None:
        assert (found.interval.low, found.interval.high) == (0, 0)
        assert found.standard_error == 0


@settings(max_examples=50)
@given(counts, st.sampled_from([0, 10_000]))
def test_exchanging_the_systems_changes_the_sign_and_keeps_p(
    systems: tuple[Table, Table], limit: int
) -> None:
    first, second = systems
    here = paired_bootstrap(first, second, macro_f1, draws=50, limit=limit)
    there = paired_bootstrap(second, first, macro_f1, draws=50, limit=limit)

    assert here.test.p == there.test.p
    assert (here.test.difference or 0) == -(there.test.difference or 0)
    assert here.standard_error == (
        None if there.standard_error is None else pytest.approx(there.standard_error)
    )


def test_exchanging_the_systems_turns_the_interval_round() -> None:
    first, second = drawn(60)

    here = paired_bootstrap(first, second, micro_f1).interval
    there = paired_bootstrap(second, first, micro_f1).interval

    assert here is not None
    assert there is not None
    # The same draws; one order statistic apart, since quantiles are not interpolated.
    assert (here.low, here.high) == pytest.approx((-there.high, -there.low), abs=0.001)


@settings(max_examples=50)
@given(fractions, st.sampled_from([0, 10_000]))
def test_the_order_of_units_changes_nothing(systems: tuple[Scores, Scores], limit: int) -> None:
    here = paired_bootstrap(*systems, ratio, draws=50, limit=limit, method="bca")

    there = paired_bootstrap(
        systems[0][::-1], systems[1][::-1], ratio, draws=50, limit=limit, method="bca"
    )
    assert there == here


@settings(max_examples=50)
@given(counts, st.sampled_from([0, 10_000]))
def test_p_is_above_zero_and_at_most_one(systems: tuple[Table, Table], limit: int) -> None:
    found = paired_bootstrap(*systems, micro_f1, draws=30, limit=limit).test

    if found.p is not None:
        assert found.smallest_p is not None
        assert 0 < found.smallest_p <= found.p <= 1


def test_random_resamples_come_near_the_exact_ones() -> None:
    first, second = drawn(6, seed=4)

    exact = paired_bootstrap(first, second, micro_f1)
    random = paired_bootstrap(first, second, micro_f1, limit=0)

    assert (exact.test.exact, random.test.exact) == (True, False)
    assert (random.test.draws, random.test.seed) == (10_000, 20250807)
    assert exact.test.p is not None
    assert 0.05 < exact.test.p < 0.95
    assert random.test.p == pytest.approx(exact.test.p, abs=0.02)
    assert random.standard_error == pytest.approx(exact.standard_error, rel=0.03)


def test_seed_zero_is_a_seed_like_any_other() -> None:
    tables = drawn(60)

    zero = paired_bootstrap(*tables, micro_f1, draws=500, seed=0)

    assert zero.test.seed == 0
    assert paired_bootstrap(*tables, micro_f1, draws=500, seed=0) == zero
    assert paired_bootstrap(*tables, micro_f1, draws=500).interval != zero.interval


def test_the_share_of_undefined_resamples_is_reported() -> None:
    # Only the first of three documents holds anything: (2/3)**3 of the resamples lack it.
    first, second = np.zeros((2, 3, 1, 3), dtype=np.int64)
    first[0], second[0] = [[1, 2, 2]], [[2, 2, 2]]

    found = paired_bootstrap(first, second, micro_f1)

    assert found.interval is not None
    assert found.test.undefined == found.interval.undefined == 8 / 27
    assert (found.test.difference, found.test.p) == (-0.5, 1 / 20)


def test_where_no_drawn_resample_is_defined_there_is_no_interval() -> None:
    first, second = np.zeros((2, 60, 60, 3), dtype=np.int64)
    first[np.arange(60), np.arange(60)] = 1

    def with_all_units(sums: Table) -> Scores:
        present = np.where(sums[..., 0] > 0, 1.0, 0.0).mean(axis=-1)
        return np.where((present > 0) & (present < 1), np.nan, present)

    found = paired_bootstrap(first, second, with_all_units, draws=100)

    assert (found.test.difference, found.test.p, found.test.undefined) == (1, 1, 1)
    assert (found.interval, found.standard_error) == (None, None)


@pytest.mark.parametrize("units", [0, 1])
def test_fewer_than_two_units_are_not_resampled(units: int) -> None:
    found = paired_bootstrap(CRF[:units], RULES[:units], micro_f1)

    assert (found.test.p, found.test.draws) == (None, 0)
    assert (found.interval, found.standard_error) == (None, None)


def test_where_the_difference_is_not_defined_nothing_is_resampled() -> None:
    found = paired_bootstrap(CRF, np.zeros_like(CRF), lambda sums: sums[:, 0, 0] * np.nan)

    assert (found.test.difference, found.test.p, found.test.smallest_p) == (None, None, None)
    assert found == PairedBootstrap(found.test, None, None)


@pytest.mark.parametrize(("name", "value"), [("level", 95), ("draws", 0)])
def test_settings_out_of_range_are_refused(name: str, value: int) -> None:
    with pytest.raises(InvalidError, match=f"{name}.* must be"):
        paired_bootstrap(CRF, RULES, micro_f1, **{name: value})  # type: ignore[arg-type]


def test_another_method_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="unknown interval method 'basic'"):
        paired_bootstrap(CRF, RULES, micro_f1, method="basic")


def test_tables_of_different_units_are_refused() -> None:
    with pytest.raises(InvalidError, match="same units, columns and numbers"):
        paired_bootstrap(CRF, RULES[:4], micro_f1)
