"""Resamples of units with replacement: all of them where that is feasible, else seeded draws."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement
from math import comb, factorial
from typing import TYPE_CHECKING

import numpy as np

from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    IntArray = npt.NDArray[np.int64]

DRAWS = 10_000
SEED = 20250807
LIMIT = 10_000
"""Most distinct resamples that are enumerated; it covers up to 8 units (6,435)."""

_BATCH = 4_000_000  # weights held in memory at once


@dataclass(frozen=True, eq=False, slots=True)
class Resamples:
    """Resamples of n units with replacement, as weights.

    Attributes:
        weights: int64, shape ``[resamples, units]``: how often each unit was drawn; rows sum to n.
        multiplicity: int64, shape ``[resamples]``: if exact, how many of the n**n equally likely
            ordered resamples have these weights; if drawn, 1.
        seed: Seed of the draws; None if exact.
    """

    weights: IntArray
    multiplicity: IntArray
    seed: int | None

    @property
    def exact(self) -> bool:
        """Whether these are all distinct resamples, instead of a random draw."""
        return self.seed is None

    @property
    def probabilities(self) -> npt.NDArray[np.float64]:
        """Probability of each row, shape ``[resamples]``."""
        return self.multiplicity / np.float64(self.multiplicity.sum())


def resamples(units: int, *, draws: int = DRAWS, seed: int = SEED, limit: int = LIMIT) -> Resamples:
    """Resample `units` equally likely units with replacement.

    If there are at most `limit` distinct resamples, C(2n-1, n) for n units, these are all of
    them with their multinomial multiplicities; otherwise `draws` multinomial draws from
    ``numpy.random.default_rng(seed)``.

    Raises:
        InvalidError: `units` or `draws` is below 1.
    """
    if units < 1 or draws < 1:
        raise InvalidError(
            "resamples", Where(), f"units and draws must be >= 1 (got {units} and {draws})"
        )
    if enumerable(units, limit):
        return _enumerated(units)
    weights = np.concatenate(list(batches(np.ones(units, dtype=np.int64), draws, seed)))
    return Resamples(weights, np.ones(draws, dtype=np.int64), seed)


def enumerable(units: int, limit: int = LIMIT) -> bool:
    """Tell whether there are at most `limit` distinct resamples of that many units."""
    # C(2n-1, n) >= 2**(n-1), which spares computing the huge binomials of large corpora.
    return units <= limit.bit_length() and comb(2 * units - 1, units) <= limit


def batches(copies: IntArray, draws: int, seed: int) -> Iterator[IntArray]:
    """Draw resamples in batches that fit in memory, the same for any size of batch.

    Args:
        copies: Shape ``[rows]``: how many units share each row of counts. Drawing rows with
            these frequencies is the same as drawing units, and much cheaper.
        draws: Number of resamples.
        seed: Seed of ``numpy.random.default_rng``.

    Yields:
        Weights of rows, int64, shape ``[batch, rows]``; each row sums to ``copies.sum()``.
    """
    generator = np.random.default_rng(seed)
    units = int(copies.sum())
    size = max(1, _BATCH // copies.size)
    for done in range(0, draws, size):
        yield generator.multinomial(units, copies / units, size=min(size, draws - done))


def _enumerated(units: int) -> Resamples:
    chosen = np.array(list(combinations_with_replacement(range(units), units)))
    weights = (chosen[:, :, None] == np.arange(units)).sum(axis=1, dtype=np.int64)
    factorials = np.array([factorial(number) for number in range(units + 1)], dtype=np.int64)
    return Resamples(weights, factorial(units) // factorials[weights].prod(axis=1), seed=None)
