from __future__ import annotations

from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinee.errors import InvalidError
from vinee.stats.sums import checked, totals

# Added one by one in double precision, these give another sum in almost every order.
TREACHEROUS = np.array([0.1, 0.2, 0.3, 1e6, 1.0, -1e6]).reshape(6, 1, 1)


def exact_sum(weights: list[int], values: list[float]) -> float:
    return float(sum(w * Fraction(v) for w, v in zip(weights, values, strict=True)))


def test_whole_numbers_stay_whole_and_exact() -> None:
    rows = np.array([[[3, 1]], [[2, 2**60 + 1]]])

    sums = totals(rows, units=2)(np.array([[1, 1], [0, 2]]))

    assert sums.dtype == np.int64
    assert sums.tolist() == [[[5, 2**60 + 2]], [[4, 2**61 + 2]]]


def test_negative_whole_numbers_count_for_the_bound_too() -> None:
    rows = np.array([[[-(2**60) - 1]], [[0]]])

    assert totals(rows, units=2)(np.array([[1, 1]])).item() == -(2**60) - 1


def test_fractions_are_rounded_once() -> None:
    sums = totals(TREACHEROUS, units=6)(np.ones((1, 6), dtype=np.int64))

    assert sums.item() == exact_sum([1] * 6, TREACHEROUS.ravel().tolist())


@settings(max_examples=50)
@given(st.permutations(range(6)))
def test_the_order_of_rows_changes_no_digit_of_a_sum(order: list[int]) -> None:
    sums = totals(TREACHEROUS[order], units=6)(np.ones((1, 6), dtype=np.int64))

    assert sums.item() == totals(TREACHEROUS, units=6)(np.ones((1, 6), dtype=np.int64)).item()


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.integers(0, 1000), st.fractions(0, 50, max_denominator=30).map(float)),
        min_size=1,
        max_size=20,
    )
)
def test_sums_of_fractions_are_the_doubles_next_to_the_exact_sums(
    drawn: list[tuple[int, float]],
) -> None:
    weights, values = (list(each) for each in zip(*drawn, strict=True))
    table = np.array(values).reshape(-1, 1, 1)

    sums = totals(table, units=sum(weights))(np.array([weights]))

    assert sums.item() == pytest.approx(exact_sum(weights, values), rel=2.3e-16)


def test_columns_of_very_different_size_keep_their_digits() -> None:
    rows = np.array([[[1e12, 1e-12]], [[1e12, 1 / 3]]])

    assert totals(rows, units=2)(np.array([[0, 1]])).tolist() == [[[1e12, 1 / 3]]]


@pytest.mark.parametrize("dtype", [np.int64, np.float64])
def test_no_rows_and_no_columns_sum_to_nothing(dtype: type) -> None:
    rows: npt.NDArray[np.float64] = np.zeros((0, 2, 3), dtype=dtype)

    assert totals(rows, units=0)(np.zeros((1, 0), dtype=np.int64)).tolist() == [[[0] * 3] * 2]
    assert totals(np.zeros((5, 0, 3), dtype), 5)(np.ones((2, 5), dtype=np.int64)).shape == (2, 0, 3)


@pytest.mark.parametrize(
    ("narrow", "wide"), [(np.int32, np.int64), (np.uint8, np.int64), (np.float32, np.float64)]
)
def test_narrow_numbers_are_widened(narrow: type, wide: type) -> None:
    assert checked(np.zeros((2, 1, 3), dtype=narrow), "table").dtype == wide


@pytest.mark.parametrize("kind", [bool, complex, object, str])
def test_what_is_no_number_is_refused(kind: type) -> None:
    table: npt.NDArray[np.int64] = np.zeros((2, 1, 3), dtype=kind)

    with pytest.raises(InvalidError, match="table must hold int64 or float64"):
        checked(table, "table")


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_numbers_that_are_not_finite_are_refused(value: float) -> None:
    with pytest.raises(InvalidError, match="finite numbers"):
        checked(np.full((2, 1, 3), value), "table")
