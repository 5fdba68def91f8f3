"""Tables of two systems that the tests of comparisons share: real, drawn and of any shape."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

if TYPE_CHECKING:
    import numpy.typing as npt

    IntTable = npt.NDArray[np.int64]
    FloatTable = npt.NDArray[np.float64]

# Names of persons and of places in the five articles: (correct, predicted, gold).
RULES = np.array(
    [
        [[29, 33, 29], [29, 29, 29]],
        [[27, 29, 28], [13, 16, 16]],
        [[27, 29, 27], [11, 13, 13]],
        [[50, 52, 51], [30, 31, 31]],
        [[20, 21, 21], [11, 12, 12]],
    ]
)
CRF = np.array(
    [
        [[28, 35, 29], [28, 30, 29]],
        [[24, 29, 28], [14, 14, 16]],
        [[27, 31, 27], [13, 13, 13]],
        [[44, 54, 51], [30, 35, 31]],
        [[19, 22, 21], [12, 13, 12]],
    ]
)


def drawn(units: int, seed: int = 7) -> tuple[IntTable, IntTable]:
    """Draw two systems of about the same quality on many units with two labels."""
    rng = np.random.default_rng(seed)
    gold = rng.integers(0, 4, size=(units, 2))
    found, other = rng.binomial(gold, 0.6), rng.binomial(gold, 0.7)
    spurious, wrong = rng.integers(0, 3, size=(2, units, 2))
    return (
        np.stack([found, found + spurious, gold], axis=-1),
        np.stack([other, other + wrong, gold], axis=-1),
    )


def ratio(sums: FloatTable) -> FloatTable:
    """Divide the first of four sums by the second, over all columns; NaN where 0/0."""
    above, below = sums[..., 0].sum(axis=-1), sums[..., 1].sum(axis=-1)
    return np.where(below > 0, above / np.where(below > 0, below, 1), np.nan)


_triples = st.tuples(*[st.integers(0, 3)] * 3).map(lambda t: [t[0], t[0] + t[1], t[0] + t[2]])
_thirds = st.tuples(st.integers(0, 3), st.integers(0, 2)).map(
    lambda t: [float(Fraction(t[0], 3)), float(t[1]), 0.5, 1.0]
)


def _systems(rows: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, Any]]:
    unit = st.lists(rows, min_size=2, max_size=2)
    units = st.lists(st.tuples(unit, unit), min_size=1, max_size=5)
    return units.map(lambda both: (np.array([u[0] for u in both]), np.array([u[1] for u in both])))


counts: st.SearchStrategy[tuple[IntTable, IntTable]] = _systems(_triples)
"""Counts of two systems on up to five units, each shape ``[units, 2, 3]``."""

fractions: st.SearchStrategy[tuple[FloatTable, FloatTable]] = _systems(_thirds)
"""Thirds, rounded, of two systems on up to five units, each shape ``[units, 2, 4]``."""
