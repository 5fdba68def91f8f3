from __future__ import annotations

from fractions import Fraction
from itertools import product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from two_systems import CRF, RULES, counts, drawn, fractions, ratio

from vinee.errors import InvalidError
from vinee.metrics.scores import macro_f1, micro_f1
from vinee.stats.paired import RANDOMISATION, PairedTest, paired_randomisation

Table = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]


def exact_f1(table: Table) -> Fraction | None:
    correct, predicted, gold = (int(n) for n in table.sum(axis=(0, 1)))
    return Fraction(2 * correct, predicted + gold) if predicted + gold else None


def brute_force(first: Table, second: Table) -> Fraction | None:
    """Exchange rows in all 2**units ways, in exact fractions."""
    a, b = exact_f1(first), exact_f1(second)
    if a is None or b is None:
        return None
    reached = defined = 0
    for chosen in product([False, True], repeat=len(first)):
        swapped = np.array(chosen)[:, None, None]
        c = exact_f1(np.where(swapped, second, first))
        d = exact_f1(np.where(swapped, first, second))
        if c is not None and d is not None:
            defined += 1
            reached += abs(c - d) >= abs(a - b)
    return Fraction(reached, defined)


def test_two_baselines_on_five_articles_cannot_be_told_apart_below_one_in_sixteen() -> None:
    found = paired_randomisation(CRF, RULES, micro_f1)

    assert found.difference == float(micro_f1(CRF.sum(axis=0)) - micro_f1(RULES.sum(axis=0)))
    assert found == PairedTest(
        difference=found.difference,
        p=8 / 32,
        smallest_p=2 / 32,
        method=RANDOMISATION,
        unit="document",
        units=5,
        differing=5,
        exact=True,
        draws=32,
        seed=None,
        undefined=0.0,
    )


@settings(max_examples=50)
@given(counts)
def test_few_units_give_what_brute_force_gives(systems: tuple[Table, Table]) -> None:
    expected = brute_force(*systems)

    found = paired_randomisation(*systems, micro_f1)

    assert found.p == (None if expected is None else float(expected))


@settings(max_examples=50)
@given(fractions)
def test_thirds_tie_as_if_they_were_whole(systems: tuple[Scores, Scores]) -> None:
    first, second = (np.rint(system * 6) for system in systems)

    found = paired_randomisation(*systems, ratio)

    assert found.p == paired_randomisation(first, second, ratio).p


def test_equal_fractions_tie_however_they_were_rounded() -> None:
    # No assignment of these has a smaller difference than the observed -0.1, but in binary
    # 1.5 - 1.6 is not the same as 1.6 - 1.5 made of other tenths.
    first = np.array([0.2, 0.6, 0.7]).reshape(3, 1, 1)
    second = np.array([0.3, 0.4, 0.9]).reshape(3, 1, 1)

    found = paired_randomisation(first, second, lambda sums: sums[:, 0, 0])

    assert found.p == 1


@settings(max_examples=50)
@given(counts, st.integers(0, 3))
def test_identical_systems_have_p_one(systems: tuple[Table, Table], limit: int) -> None:
    found = paired_randomisation(systems[0], systems[0], micro_f1, limit=limit, draws=20)

    assert found.p in (None, 1)
    assert found.difference in (None, 0)


def test_many_identical_units_have_p_one() -> None:
    table, _ = drawn(1000)

    found = paired_randomisation(table / 3, table / 3, ratio, limit=0)

    assert (found.difference, found.p, found.exact) == (0, 1, False)


@settings(max_examples=50)
@given(counts, st.sampled_from([0, 2**16]))
def test_exchanging_the_systems_changes_only_the_sign(
    systems: tuple[Table, Table], limit: int
) -> None:
    first, second = systems

    here = paired_randomisation(first, second, macro_f1, limit=limit, draws=50)
    there = paired_randomisation(second, first, macro_f1, limit=limit, draws=50)

    assert here.p == there.p
    assert (here.difference or 0) == -(there.difference or 0)


@settings(max_examples=50)
@given(fractions, st.sampled_from([0, 2**16]), st.integers(0, 4))
def test_the_order_of_units_changes_nothing(
    systems: tuple[Scores, Scores], limit: int, shift: int
) -> None:
    first, second = (np.roll(system, shift, axis=0)[::-1] for system in systems)

    here = paired_randomisation(*systems, ratio, limit=limit, draws=50)

    assert paired_randomisation(first, second, ratio, limit=limit, draws=50) == here


@settings(max_examples=50)
@given(counts, st.sampled_from([0, 2**16]))
def test_p_is_above_zero_and_at_most_one(systems: tuple[Table, Table], limit: int) -> None:
    found = paired_randomisation(*systems, micro_f1, limit=limit, draws=30)

    if found.p is not None:
        assert found.smallest_p is not None
        assert 0 < found.smallest_p <= found.p <= 1


@settings(max_examples=50)
@given(counts)
def test_a_unit_that_both_answer_alike_changes_no_assignment(systems: tuple[Table, Table]) -> None:
    # Units without anything: they are more, but they can be left out of the exact count.
    empty = np.zeros((3, 2, 3), dtype=np.int64)
    first, second = (np.concatenate([system, empty]) for system in systems)

    here = paired_randomisation(*systems, micro_f1)
    there = paired_randomisation(first, second, micro_f1)

    assert (here.p, here.draws, here.differing) == (there.p, there.draws, there.differing)
    assert there.units == here.units + 3


@pytest.mark.parametrize("alike", [0, 1, 60])
def test_units_that_both_answer_alike_change_no_random_draw(alike: int) -> None:
    first, second = drawn(60)
    # The difference of counts is the same with them and without.
    both = np.ones((alike, 2, 3), dtype=np.int64)

    def correct(sums: Table) -> Scores:
        return ratio(np.concatenate([sums[..., :1], sums[..., :1] * 0 + 1], axis=-1))

    found = paired_randomisation(
        np.concatenate([first, both]), np.concatenate([second, both]), correct, draws=500
    )

    assert found.p == paired_randomisation(first, second, correct, draws=500).p


def test_random_assignments_come_near_the_exact_p() -> None:
    first, second = drawn(14, seed=11)

    exact = paired_randomisation(first, second, micro_f1)
    random = paired_randomisation(first, second, micro_f1, limit=0)

    assert (exact.exact, random.exact, random.draws, random.seed) == (True, False, 10_000, 20250807)
    assert exact.p is not None
    assert 0.05 < exact.p < 0.95
    assert random.p == pytest.approx(exact.p, abs=0.02)


def test_p_of_random_draws_counts_the_observed_assignment_too() -> None:
    # Forty units that only the first system answers; all other assignments have a smaller
    # difference, but for the mirrored one.
    first, second = np.ones((40, 1, 3), int), np.zeros((40, 1, 3), int)

    found = paired_randomisation(first, second, lambda sums: sums[:, 0, 0] / 40, draws=99, seed=5)

    assert found.difference == 1
    assert (found.p, found.smallest_p) == (1 / 100, 1 / 100)


def test_scipy_gives_the_same_p() -> None:
    stats = pytest.importorskip("scipy.stats")
    first, second = drawn(40, seed=4)
    rows = np.concatenate([first, second])

    def difference(here: Table, there: Table, axis: int) -> Scores:
        assert axis == -1
        return abs(micro_f1(rows[here].sum(axis=-3)) - micro_f1(rows[there].sum(axis=-3)))

    theirs = stats.permutation_test(
        (np.arange(40), np.arange(40, 80)),
        difference,
        permutation_type="samples",
        alternative="greater",
        vectorized=True,
        n_resamples=10_000,
        batch=1000,
        rng=np.random.default_rng(1),
    ).pvalue
    ours = paired_randomisation(first, second, micro_f1)

    assert 0.01 < theirs < 0.5
    assert ours.exact is False
    assert ours.p == pytest.approx(theirs, abs=0.02)


def test_seed_zero_is_a_seed_like_any_other() -> None:
    tables = drawn(60, seed=2)

    zero = paired_randomisation(*tables, micro_f1, draws=500, seed=0)

    assert zero.seed == 0
    assert paired_randomisation(*tables, micro_f1, draws=500, seed=0) == zero
    assert paired_randomisation(*tables, micro_f1, draws=500).p != zero.p


def test_where_the_difference_is_not_defined_nothing_is_tested() -> None:
    # The second system and gold have nothing; of the first alone a score exists.
    first, second = np.zeros((2, 5, 1, 3), dtype=np.int64)
    first[0] = [[0, 1, 0]]

    found = paired_randomisation(first, second, micro_f1)

    assert (found.difference, found.p, found.smallest_p, found.draws) == (None, None, None, 0)


def test_assignments_that_leave_one_side_with_nothing_are_counted_and_left_out() -> None:
    # Both predict one wrong thing where nothing is gold: if one gets both, the other is 0/0.
    first, second = np.zeros((2, 2, 1, 3), dtype=np.int64)
    first[0], second[1] = [[0, 1, 0]], [[0, 1, 0]]

    found = paired_randomisation(first, second, micro_f1)

    assert (found.difference, found.p, found.undefined) == (0, 1, 0.5)
    assert found.smallest_p == 1


def test_random_assignments_that_are_not_defined_are_counted_too() -> None:
    first, second = np.zeros((2, 2, 1, 3), dtype=np.int64)
    first[0], second[1] = [[0, 1, 0]], [[0, 1, 0]]

    found = paired_randomisation(first, second, micro_f1, limit=0, draws=1000)

    assert found.p == 1
    assert found.undefined == pytest.approx(0.5, abs=0.08)
    assert found.smallest_p == pytest.approx(1 / (1001 - 1000 * found.undefined))


def test_one_unit_cannot_tell_systems_apart() -> None:
    found = paired_randomisation(CRF[:1], RULES[:1], micro_f1)

    assert (found.p, found.smallest_p, found.draws) == (1, 1, 2)


def test_no_unit_is_no_test() -> None:
    found = paired_randomisation(CRF[:0], RULES[:0], micro_f1)

    assert (found.difference, found.p, found.units) == (None, None, 0)


def test_tables_of_different_units_are_refused() -> None:
    with pytest.raises(InvalidError, match=r"same units, columns and numbers .*\(5, 2, 3\).*\(4,"):
        paired_randomisation(CRF, RULES[:4], micro_f1)


def test_whole_numbers_are_not_compared_with_fractions() -> None:
    with pytest.raises(InvalidError, match=r"int64 and .* float64"):
        paired_randomisation(CRF, RULES.astype(np.float64), micro_f1)


def test_no_draw_is_refused() -> None:
    with pytest.raises(InvalidError, match=r"draws must be >= 1 \(got 0\)"):
        paired_randomisation(CRF, RULES, micro_f1, draws=0)
