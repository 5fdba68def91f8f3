from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from two_systems import CRF, RULES, counts, drawn

from vinee.metrics.scores import micro_f1
from vinee.stats import swaps

Table = npt.NDArray[np.int64]


def every(first: Table, second: Table) -> list[float]:
    """Exchange the rows of the units in each of the 2**units ways, one after the other."""
    found = []
    for chosen in product([False, True], repeat=len(first)):
        exchanged = np.array(chosen)[:, None, None]
        one, other = np.where(exchanged, second, first), np.where(exchanged, first, second)
        found.append(float(micro_f1(one.sum(axis=0)) - micro_f1(other.sum(axis=0))))
    return found


@settings(max_examples=50)
@given(counts)
def test_enumeration_is_brute_force_over_all_assignments(systems: tuple[Table, Table]) -> None:
    first, second = systems
    pairs = swaps.pairs(first, second)

    batches, ways = swaps.enumerated(pairs)

    # Units on which both are equal double every assignment.
    ways = ways * 2 ** (len(first) - pairs.differing)
    ours: Counter[str] = Counter()
    for value, number in zip(
        swaps.differences(pairs, micro_f1, batches).tolist(), ways.tolist(), strict=True
    ):
        ours[repr(value)] += number
    assert ours == Counter(map(repr, every(first, second)))


def test_pairs_forget_which_system_is_which() -> None:
    here, there = swaps.pairs(CRF, RULES), swaps.pairs(RULES, CRF)

    assert here.lower.tolist() == there.lower.tolist()
    assert here.upper.tolist() == there.upper.tolist()


def test_equal_pairs_are_one_group_whichever_way_round() -> None:
    first, second = np.array([[[1, 2, 3]]] * 3), np.array([[[0, 5, 3]]] * 3)
    first[2], second[2] = second[2].copy(), first[2].copy()

    found = swaps.pairs(first, second)

    assert (found.copies.tolist(), found.differing) == ([3], 3)


def test_units_on_which_both_are_equal_are_only_summed() -> None:
    found = swaps.pairs(np.concatenate([CRF, CRF]), np.concatenate([CRF, RULES]))

    assert found.differing == 5
    assert found.fixed.tolist() == CRF.sum(axis=0).tolist()


@pytest.mark.parametrize(("limit", "enumerable"), [(31, False), (32, True), (0, False)])
def test_assignments_of_five_units_are_thirty_two(limit: int, *, enumerable: bool) -> None:
    assert swaps.pairs(CRF, RULES).enumerable(limit) is enumerable


def test_sixteen_units_are_the_most_that_are_enumerated() -> None:
    assert swaps.pairs(*(np.concatenate([t] * 4)[:16] for t in (CRF, RULES))).enumerable(
        swaps.LIMIT
    )
    assert not swaps.pairs(*(np.concatenate([t] * 4)[:17] for t in (CRF, RULES))).enumerable(
        swaps.LIMIT
    )


@pytest.mark.parametrize("copies", [1, 2, 63, 64, 65, 300])
def test_the_number_of_exchanged_units_is_binomial(copies: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    pairs = swaps.pairs(np.zeros((copies, 1, 3), int), np.ones((copies, 1, 3), int))

    (found,) = swaps.drawn(pairs, 4000, seed=2)

    values, seen = np.unique(found[:, 0], return_counts=True)
    expected = stats.binom(copies, 0.5).pmf(values) * 4000
    usual = expected > 20
    assert values.min() >= 0
    assert values.max() <= copies
    assert abs(seen - expected)[usual].max() < 5 * np.sqrt(expected.max())
    assert found.mean() == pytest.approx(copies / 2, abs=5 * np.sqrt(copies / 4 / 4000))
    assert found.std() == pytest.approx(np.sqrt(copies / 4), rel=0.06)


def test_groups_are_exchanged_independently_of_each_other() -> None:
    first, second = drawn(200)
    pairs = swaps.pairs(first, second)

    (found,) = swaps.drawn(pairs, 4000, seed=2)

    correlation = np.corrcoef(found.T) - np.eye(pairs.copies.size)
    assert abs(correlation).max() < 5 / np.sqrt(4000)


def test_batches_are_the_same_whatever_their_size(monkeypatch: pytest.MonkeyPatch) -> None:
    # One pair of few units, one of many.
    first = np.zeros((103, 1, 3), dtype=np.int64)
    second = np.array([[[1, 1, 1]]] * 3 + [[[1, 1, 0]]] * 100)
    pairs = swaps.pairs(first, second)
    whole = np.concatenate(list(swaps.drawn(pairs, 100, seed=3)))

    monkeypatch.setattr(swaps, "_BATCH", 60)
    parts = list(swaps.drawn(pairs, 100, seed=3))

    assert len(parts) == 10
    np.testing.assert_array_equal(np.concatenate(parts), whole)


@settings(max_examples=20)
@given(st.permutations(range(5)))
def test_the_order_of_units_changes_no_draw(order: list[int]) -> None:
    (here,) = swaps.drawn(swaps.pairs(CRF, RULES), 50, seed=1)

    (there,) = swaps.drawn(swaps.pairs(CRF[order], RULES[order]), 50, seed=1)

    np.testing.assert_array_equal(here, there)
