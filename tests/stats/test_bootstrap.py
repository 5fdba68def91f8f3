from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee.errors import InvalidError
from vinee.metrics.scores import macro_f1, micro_f1, micro_precision, micro_recall
from vinee.stats.bootstrap import Interval, few_units_warning, interval

Table = npt.NDArray[np.int64]

# Five documents, two labels, (correct, predicted, gold).
FIVE = np.array(
    [
        [[3, 5, 4], [1, 1, 2]],
        [[0, 2, 1], [0, 0, 3]],
        [[7, 9, 8], [2, 4, 2]],
        [[1, 1, 6], [0, 1, 0]],
        [[4, 4, 4], [3, 6, 5]],
    ]
)

triples = st.tuples(*[st.integers(0, 5)] * 3).map(lambda t: [t[0], t[0] + t[1], t[0] + t[2]])
tables: st.SearchStrategy[Table] = (
    st.integers(2, 4)
    .flatmap(
        lambda units: st.lists(
            st.lists(triples, min_size=2, max_size=2), min_size=units, max_size=units
        )
    )
    .map(np.array)
)


def many(units: int) -> Table:
    rng = np.random.default_rng(7)
    correct, missed, spurious = rng.integers(0, 3, size=(3, units, 2))
    return np.stack([correct, correct + spurious, correct + missed], axis=-1)


def brute_force(table: Table, tail: Fraction) -> tuple[float, float]:
    """Score every ordered resample, and take order statistics of those that are defined."""
    units = len(table)
    scores = [
        float(micro_f1(table[list(chosen)].sum(axis=0)))
        for chosen in product(range(units), repeat=units)
    ]
    defined = sorted(score for score in scores if not np.isnan(score))
    low, high = (ceil(q * len(defined)) - 1 for q in (tail, 1 - tail))
    return defined[low], defined[high]


def test_five_documents_give_what_all_3125_ordered_resamples_give() -> None:
    found = interval(FIVE, micro_f1)

    assert found is not None
    assert (found.low, found.high) == brute_force(FIVE, Fraction(1, 40))


@given(tables)
def test_any_few_documents_give_what_brute_force_gives(table: Table) -> None:
    found = interval(table, micro_f1, level=0.9)

    if found is None:
        assert table.sum() == 0
    else:
        assert (found.low, found.high) == brute_force(table, Fraction(1, 20))


def test_an_exact_interval_says_so() -> None:
    found = interval(FIVE, micro_f1)

    assert found is not None
    assert found == Interval(
        low=found.low,
        high=found.high,
        level=0.95,
        unit="document",
        units=5,
        exact=True,
        draws=126,
        seed=None,
        undefined=0.0,
        method="percentile",
    )


def test_the_tail_of_a_level_is_decimal() -> None:
    # Two units: scores 0, 1/2, 1 with probability 1/4, 1/2, 1/4. The tail of level 0.5 is
    # exactly 1/4, which the lowest score just reaches.
    table = np.array([[[0, 1, 1]], [[1, 1, 1]]])

    found = interval(table, micro_f1, level=0.5)

    assert found is not None
    assert (found.low, found.high) == (0.0, 0.5)


@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_drawn_quantiles_are_order_statistics_without_binary_rounding(level: float) -> None:
    def rank(sums: Table) -> npt.NDArray[np.float64]:
        return np.arange(1, len(sums) + 1, dtype=np.float64)

    found = interval(many(60), rank, level=level, draws=1000)

    tail = round((1 - level) * 1000) // 2
    assert found is not None
    assert (found.low, found.high) == (tail, 1000 - tail)


def test_many_documents_are_drawn_with_the_seed() -> None:
    found = interval(many(60), micro_f1, draws=500, seed=11)

    assert found is not None
    assert (found.exact, found.draws, found.seed, found.units) == (False, 500, 11, 60)
    assert interval(many(60), micro_f1, draws=500, seed=11) == found
    assert interval(many(60), micro_f1, draws=500, seed=12) != found


def test_seed_zero_is_a_seed_like_any_other() -> None:
    zero = interval(many(60), micro_f1, draws=500, seed=0)

    assert zero is not None
    assert (zero.seed, zero.exact) == (0, False)
    assert interval(many(60), micro_f1, draws=500, seed=0) == zero
    assert interval(many(60), micro_f1, draws=500) != zero


def test_the_default_seed_is_fixed() -> None:
    found = interval(many(60), micro_f1, draws=500)

    assert found is not None
    assert found.seed == 20250807


@pytest.mark.parametrize("units", [5, 60])
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.int32])
def test_whole_numbers_of_any_type_have_the_same_interval(units: int, dtype: type) -> None:
    table = many(units)

    def statistic(sums: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        return micro_f1(sums)

    assert interval(table.astype(dtype), statistic) == interval(table, micro_f1)


@pytest.mark.parametrize("units", [5, 60])
@pytest.mark.parametrize("dtype", [np.int64, np.float64])
def test_the_statistic_gets_sums_of_the_type_of_the_table(units: int, dtype: type) -> None:
    seen: set[np.dtype[Any]] = set()

    def statistic(sums: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        seen.add(sums.dtype)
        return sums[:, 0, 3] / 1

    interval(np.ones((units, 2, 4), dtype=dtype), statistic, method="bca")

    assert seen == {np.dtype(dtype)}


def test_a_score_of_thirds_is_enumerated_too() -> None:
    # Chain metrics hold fractions; resamples of two units give 1/3, 1/2 and 2/3.
    table = np.array([[[1 / 3, 1, 1, 1]], [[2 / 3, 1, 1, 1]]])

    found = interval(table, lambda sums: sums[:, 0, 0] / sums[:, 0, 1], level=0.5)

    assert found is not None
    assert (found.low, found.high, found.draws) == (1 / 3, 0.5, 3)


def test_order_of_documents_does_not_matter_to_random_draws() -> None:
    table = many(60)

    assert interval(table[::-1], micro_f1, draws=500) == interval(table, micro_f1, draws=500)


def test_draws_over_distinct_rows_agree_with_draws_over_documents() -> None:
    # 400 documents in few distinct rows, against numpy's plain choice of documents.
    table = many(400)
    chosen = np.random.default_rng(0).integers(0, 400, size=(4000, 400))
    plain = np.quantile(micro_f1(table[chosen].sum(axis=1)), [0.025, 0.975])

    found = interval(table, micro_f1, draws=4000)

    assert found is not None
    assert (found.low, found.high) == pytest.approx(plain.tolist(), abs=0.003)


def test_random_draws_come_near_the_exact_interval() -> None:
    exact = interval(FIVE, micro_f1)
    drawn = interval(FIVE, micro_f1, limit=0, draws=20_000)

    assert exact is not None
    assert drawn is not None
    assert (drawn.exact, drawn.units) == (False, 5)
    assert (drawn.low, drawn.high) == pytest.approx((exact.low, exact.high), abs=0.01)


@pytest.mark.parametrize("statistic", [micro_f1, macro_f1, micro_precision, micro_recall])
def test_a_perfect_system_has_the_interval_one_to_one(statistic: object) -> None:
    assert callable(statistic)

    found = interval(FIVE[..., [2, 2, 2]], statistic)

    assert found is not None
    assert (found.low, found.high) == (1.0, 1.0)


def test_the_share_of_undefined_resamples_is_reported() -> None:
    # Only the first of three documents holds anything: (2/3)**3 of the resamples lack it.
    table = np.zeros((3, 1, 3), dtype=np.int64)
    table[0] = [[1, 2, 2]]

    found = interval(table, micro_f1)

    assert found is not None
    assert found.undefined == 8 / 27
    assert (found.low, found.high) == (0.5, 0.5)


@pytest.mark.parametrize("units", [0, 1])
def test_fewer_than_two_units_have_no_interval(units: int) -> None:
    assert interval(FIVE[:units], micro_f1) is None


@pytest.mark.parametrize("shape", [(5, 2, 3), (60, 2, 3), (5, 0, 3), (60, 0, 3)])
def test_counts_that_are_all_zero_have_no_interval(shape: tuple[int, ...]) -> None:
    assert interval(np.zeros(shape, dtype=np.int64), micro_f1) is None


def test_a_score_that_no_resample_defines_has_no_interval() -> None:
    assert interval(FIVE, lambda sums: np.full(len(sums), np.nan)) is None


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_outside_the_unit_interval_is_refused(level: float) -> None:
    with pytest.raises(InvalidError, match="level must be between 0 and 1"):
        interval(FIVE, micro_f1, level=level)


def test_a_table_without_units_is_refused() -> None:
    with pytest.raises(InvalidError, match=r"must be \[units, columns, k\] \(got shape \(2, 3\)\)"):
        interval(FIVE[0], micro_f1)


@pytest.mark.parametrize("units", [2, 5, 49])
def test_below_fifty_units_the_reader_is_warned(units: int) -> None:
    warning = few_units_warning(units)

    assert warning is not None
    assert f"only {units} documents" in warning
    assert "too narrow" in warning


def test_one_unit_is_said_to_have_no_interval() -> None:
    assert few_units_warning(1) == "1 document: no interval can be computed"


def test_from_fifty_units_on_there_is_no_warning() -> None:
    assert few_units_warning(50) is None
