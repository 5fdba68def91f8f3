"""Weighted sums of a table's rows that do not depend on the order in which they are added."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np

from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    IntArray = npt.NDArray[np.int64]
    FloatArray = npt.NDArray[np.float64]

Number = TypeVar("Number", np.int64, np.float64)

TOLERANCE = 1e-12
"""Scores that differ by no more than this share of their size are the same fraction, rounded."""

_AXES = 3
_DIGITS = 53  # binary digits of a double


def checked(table: npt.NDArray[Number], code: str) -> npt.NDArray[Number]:
    """Return a table as int64 or float64; narrower numbers are widened.

    Args:
        table: Shape ``[units, columns, k]``.
        code: Code of the error.

    Raises:
        InvalidError: It has another shape, or holds something else than finite numbers.
    """
    if table.ndim != _AXES:
        raise InvalidError(
            code, Where(), f"table must be [units, columns, k] (got shape {table.shape})"
        )
    if table.dtype.kind not in "iuf":
        raise InvalidError(
            code, Where(), f"table must hold int64 or float64 (got {table.dtype}); convert it"
        )
    if not np.isfinite(table).all():
        raise InvalidError(code, Where(), "table must hold finite numbers (got NaN or infinity)")
    wide = np.float64 if table.dtype.kind == "f" else np.int64
    return cast("npt.NDArray[Number]", table.astype(wide, copy=False))


def totals(rows: npt.NDArray[Number], units: int) -> Callable[[IntArray], npt.NDArray[Number]]:
    """Return the function that sums rows by weights.

    Sums of int64 are exact. So are those of float64, rounded once at the end: each row is cut
    into two numbers of so few digits that no partial sum of them is rounded (after Demmel and
    Nguyen 2015, "Parallel Reproducible Summation"). Together both have more digits than a
    double, counted from the largest number of their column, for fewer than 2**24 units; smaller
    digits are dropped. So neither the order of units, nor the size of a batch, nor the machine's
    matrix product changes a sum.

    Args:
        rows: Shape ``[rows, columns, k]``.
        units: Upper bound of the sum of the weights of one resample; weights are not negative.

    Returns:
        From weights, int64, shape ``[resamples, rows]``, to sums, shape
        ``[resamples, columns, k]``, of the dtype of the rows.
    """
    flat = rows.reshape(len(rows), prod(rows.shape[1:]))
    add = _whole(flat, units) if flat.dtype.kind == "i" else _fractions(flat, units)
    return lambda weights: add(weights).reshape(len(weights), *rows.shape[1:])


def _whole(flat: npt.NDArray[Number], units: int) -> Callable[[IntArray], npt.NDArray[Number]]:
    largest = max(abs(int(flat.max(initial=0))), abs(int(flat.min(initial=0))))
    if units * largest >= 2**_DIGITS:
        return lambda weights: weights @ flat
    # Floats reach the fast matrix product, and hold whole numbers exactly up to 2**53.
    values = flat.astype(np.float64)
    return lambda weights: (weights.astype(np.float64) @ values).astype(flat.dtype)


def _fractions(flat: npt.NDArray[Number], units: int) -> Callable[[IntArray], npt.NDArray[Number]]:
    high, scale = _cut(flat, units)
    low, finer = _cut(flat - np.ldexp(high, -scale), units)

    def add(weights: IntArray) -> npt.NDArray[Number]:
        factors = weights.astype(np.float64)
        sums = np.ldexp(factors @ high, -scale) + np.ldexp(factors @ low, -finer)
        return cast("npt.NDArray[Number]", sums)

    return add


def _cut(values: npt.NDArray[Number], units: int) -> tuple[FloatArray, npt.NDArray[np.intc]]:
    """Return whole numbers whose sums stay below 2**53, and for each column by what power of 2."""
    _, exponent = np.frexp(abs(values).max(axis=0, initial=0))
    # One digit is left for what rounding to whole numbers adds.
    scale = _DIGITS - 1 - exponent - units.bit_length()
    return np.rint(np.ldexp(values, scale)), scale
