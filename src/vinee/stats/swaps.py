"""Exchanges of two systems' rows: all of them where that is feasible, else seeded draws."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, prod
from typing import TYPE_CHECKING, Generic

import numpy as np

from vinee.stats.sums import Number, totals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    IntArray = npt.NDArray[np.int64]
    FloatArray = npt.NDArray[np.float64]

LIMIT = 2**16
"""Most assignments that are enumerated; it covers up to 16 units that differ."""

_BATCH = 4_000_000  # numbers held in memory at once
_WORD = 64  # random bits drawn at once


@dataclass(frozen=True, eq=False, slots=True)
class Pairs(Generic[Number]):
    """The rows of two systems on the same units, grouped by distinct pairs of unequal rows.

    Which of a pair is whose is forgotten, as under the hypothesis that the systems are the same:
    so exchanging the systems, or reordering units, gives the same pairs and the same draws.

    Attributes:
        lower: The lesser row of each pair by its first difference, shape ``[pairs, columns, k]``.
        upper: The greater one.
        copies: int64, shape ``[pairs]``: how many units have that pair; those of more than 64
            units come last.
        fixed: Sum of the units on which the systems are equal, shape ``[columns, k]``. No
            exchange changes it.
    """

    lower: npt.NDArray[Number]
    upper: npt.NDArray[Number]
    copies: IntArray
    fixed: npt.NDArray[Number]

    @property
    def differing(self) -> int:
        """Number of units on which the systems differ."""
        return int(self.copies.sum())

    def enumerable(self, limit: int) -> bool:
        """Tell whether there are at most `limit` assignments, 2 to the number of such units."""
        return self.differing < limit.bit_length()


def pairs(first: npt.NDArray[Number], second: npt.NDArray[Number]) -> Pairs[Number]:
    """Group units by their two rows, each shape ``[units, columns, k]``."""
    units, *shape = first.shape
    differs = (first != second).any(axis=(1, 2))
    left, right = (side[differs].reshape(-1, prod(shape)) for side in (first, second))
    swapped = np.zeros(len(left), dtype=np.bool_)
    if len(left):
        where = (left != right).argmax(axis=1)[:, None]
        swapped = np.take_along_axis(left > right, where, axis=1)[:, 0]
    # One row for a pair: the lesser, then the greater.
    both = np.where(swapped[:, None], np.hstack([right, left]), np.hstack([left, right]))
    distinct, copies = np.unique(both, axis=0, return_counts=True)
    order = np.argsort(copies > _WORD, kind="stable")
    lower, upper = np.moveaxis(distinct[order].reshape(len(order), 2, *shape), 1, 0)
    equal = np.flatnonzero(~differs)
    fixed = totals(first[equal], units)(np.ones((1, equal.size), dtype=np.int64))[0]
    return Pairs(lower, upper, copies[order], fixed)


def differences(
    found: Pairs[Number],
    statistic: Callable[[npt.NDArray[Number]], FloatArray],
    swaps: Iterator[IntArray],
) -> FloatArray:
    """Return the difference of scores under each assignment, shape ``[assignments]``.

    Args:
        found: The pairs.
        statistic: From sums over units to scores, NaN where 0/0.
        swaps: Batches of how many units of each pair give the first system their lesser row,
            int64, shape ``[batch, pairs]``.
    """
    columns = found.fixed.shape[0]
    # One product for both rows of a pair.
    add = totals(np.concatenate([found.lower, found.upper], axis=1), found.differing)
    batches = []
    for kept in swaps:
        mine, others = add(kept), add(found.copies - kept)
        first = mine[:, :columns] + others[:, columns:] + found.fixed
        second = mine[:, columns:] + others[:, :columns] + found.fixed
        batches.append(statistic(first) - statistic(second))
    return np.concatenate(batches)


def enumerated(found: Pairs[Number]) -> tuple[Iterator[IntArray], IntArray]:
    """Return all distinct assignments, as `differences` takes them, and how often each occurs.

    Returns:
        Batches, and int64 multiplicities, shape ``[assignments]``; they sum to 2**differing.
    """
    copies = found.copies
    sizes = [number + 1 for number in copies.tolist()]
    swaps = np.indices(sizes).reshape(copies.size, prod(sizes)).T
    ways = np.ones(len(swaps), dtype=np.int64)
    for column, number in zip(swaps.T, copies.tolist(), strict=True):
        ways *= np.array([comb(number, chosen) for chosen in range(number + 1)])[column]
    size = _batch(found)
    return (swaps[done : done + size] for done in range(0, len(swaps), size)), ways


def drawn(found: Pairs[Number], draws: int, seed: int) -> Iterator[IntArray]:
    """Draw assignments in batches that fit in memory, the same for any size of batch.

    The number of exchanged units of a pair that n units have is binomial, n and 1/2.
    """
    few = found.copies[found.copies <= _WORD]
    many = found.copies[few.size :]
    # So many random bits as there are units, counted: several times as fast as a binomial draw.
    masks = np.uint64(2**_WORD - 1) >> (_WORD - few).astype(np.uint64)
    bits, binomial = np.random.default_rng(seed).spawn(2)
    size = _batch(found)
    for done in range(0, draws, size):
        batch = min(size, draws - done)
        swaps = np.empty((batch, found.copies.size), dtype=np.int64)
        words = bits.integers(2**_WORD, size=(batch, few.size), dtype=np.uint64)
        swaps[:, : few.size] = np.bitwise_count(words & masks)
        swaps[:, few.size :] = binomial.binomial(many, 0.5, size=(batch, many.size))
        yield swaps


def _batch(found: Pairs[Number]) -> int:
    return max(1, _BATCH // max(found.copies.size, 2 * found.fixed.size, 1))
