from __future__ import annotations

from collections import Counter
from itertools import product
from math import comb

import numpy as np
import pytest

from vinee.errors import InvalidError
from vinee.stats import resampling
from vinee.stats.resampling import batches, enumerable, resamples


def test_five_units_have_126_resamples() -> None:
    found = resamples(5)

    assert (found.exact, found.weights.shape, found.seed) == (True, (126, 5), None)


@pytest.mark.parametrize("units", [1, 2, 3, 4, 5])
def test_enumeration_is_brute_force_over_all_ordered_resamples(units: int) -> None:
    ordered = Counter(
        tuple(int(n) for n in np.bincount(chosen, minlength=units))
        for chosen in product(range(units), repeat=units)
    )

    found = resamples(units)

    weights = [tuple(row) for row in found.weights.tolist()]
    assert dict(zip(weights, found.multiplicity.tolist(), strict=True)) == ordered


@pytest.mark.parametrize("units", [1, 5, 8])
def test_probabilities_sum_to_one(units: int) -> None:
    found = resamples(units)

    assert found.multiplicity.sum() == units**units
    assert found.probabilities.sum() == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("units", range(1, 40))
@pytest.mark.parametrize("limit", [0, 1, 10, 126, 10_000, 10**9])
def test_enumerable_is_the_binomial_bound(units: int, limit: int) -> None:
    assert enumerable(units, limit) == (comb(2 * units - 1, units) <= limit)


def test_nine_units_are_drawn_at_random_with_the_seed() -> None:
    found = resamples(9, draws=50, seed=1)

    expected = np.random.default_rng(1).multinomial(9, [1 / 9] * 9, size=50)
    np.testing.assert_array_equal(found.weights, expected)
    assert (found.exact, found.seed, set(found.multiplicity.tolist())) == (False, 1, {1})


def test_every_draw_has_as_many_units_as_there_are() -> None:
    found = resamples(100, draws=200)

    assert set(found.weights.sum(axis=1).tolist()) == {100}


def test_batches_are_the_same_whatever_their_size(monkeypatch: pytest.MonkeyPatch) -> None:
    copies = np.array([3, 1, 7])
    whole = np.concatenate(list(batches(copies, 100, seed=3)))

    monkeypatch.setattr(resampling, "_BATCH", 30)
    parts = list(batches(copies, 100, seed=3))

    assert len(parts) == 10
    np.testing.assert_array_equal(np.concatenate(parts), whole)


@pytest.mark.parametrize(("units", "draws"), [(0, 10), (3, 0)])
def test_nothing_to_draw_is_refused(units: int, draws: int) -> None:
    with pytest.raises(InvalidError, match=r"units and draws must be >= 1"):
        resamples(units, draws=draws)
