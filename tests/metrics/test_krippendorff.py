"""Krippendorff's α: the published examples, laws, and another implementation."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from fractions import Fraction
from random import Random

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee.metrics.krippendorff import alpha

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C: four observers,
# twelve units, five values, and some missing.
OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
# The same, section B: two observers, twelve units, five values.
MEG, OWEN = "aabbdcccedda", "babbbccceddd"

UNITS = st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=12)


def units(observers: Sequence[str]) -> list[list[str]]:
    return [[value for value in unit if value != "."] for unit in zip(*observers, strict=True)]


def by_the_other(given_: Sequence[Sequence[str]]) -> float:
    values = [[*map("abc".index, unit), *[np.nan] * (4 - len(unit))] for unit in given_]
    matrix = np.array(values, dtype=float).T
    return float(krippendorff.alpha(matrix, level_of_measurement="nominal"))


def test_the_published_example_with_missing_values_gives_the_published_number() -> None:
    found = alpha(units(OBSERVERS))

    assert found.value is not None
    assert round(float(found.value), 3) == 0.743
    assert (found.units, found.values) == (11, 40)


def test_the_published_example_of_two_observers_gives_the_published_number() -> None:
    found = alpha(units((MEG, OWEN)))

    assert found.value is not None
    assert round(float(found.value), 3) == 0.692


@given(UNITS)
def test_another_implementation_gives_the_same(found: list[list[str]]) -> None:
    ours = alpha(found)

    if ours.value is not None:
        assert float(ours.value) == pytest.approx(by_the_other(found), abs=1e-12)


@given(UNITS, st.randoms(use_true_random=False))
def test_neither_the_order_of_units_nor_that_of_annotators_matters(
    found: list[list[str]], random: Random
) -> None:
    other = [sorted(unit) for unit in found]
    random.shuffle(other)

    assert alpha(other) == alpha(found)


@given(UNITS)
def test_a_unit_with_one_value_plays_no_part(found: list[list[str]]) -> None:
    assert alpha([*found, ["a"], []]) == alpha(found)


def test_agreement_that_is_perfect_is_one_and_that_of_chance_is_zero_or_less() -> None:
    perfect: list[list[Hashable]] = [["a", "a"], ["b", "b", "b"]]

    assert alpha(perfect).value == 1
    assert alpha([["a", "b"], ["b", "a"]]).value == Fraction(-1, 2)


@pytest.mark.parametrize("given_", [[], [["a"]], [["a", "a"], ["a", "a"]]])
def test_it_is_not_defined_where_there_is_one_value(given_: list[list[str]]) -> None:
    assert alpha(given_).value is None
