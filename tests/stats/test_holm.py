from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinee.errors import InvalidError
from vinee.stats.holm import holm

families = st.lists(st.none() | st.floats(0, 1), max_size=8)


def rejected(p_values: list[float], alpha: float) -> list[bool]:
    """Holm's procedure as he words it: step down while the next smallest passes its bound."""
    verdicts = [False] * len(p_values)
    for step, index in enumerate(np.argsort(p_values, kind="stable").tolist()):
        if p_values[index] > alpha / (len(p_values) - step):
            break
        verdicts[index] = True
    return verdicts


def test_three_tests_by_hand() -> None:
    assert holm([0.03, 0.01, 0.04]) == [0.06, 0.03, 0.06]


def test_a_lone_test_is_not_corrected() -> None:
    assert holm([0.03]) == [0.03]


def test_no_test_is_no_family() -> None:
    assert holm([]) == []


def test_what_was_not_tested_is_not_counted() -> None:
    assert holm([None, 0.03, None]) == [None, 0.03, None]


@settings(max_examples=50)
@given(st.lists(st.sampled_from([0.001, 0.01, 0.0125, 0.02, 0.03, 0.2, 1.0]), min_size=1))
def test_adjusted_values_reject_what_the_step_down_procedure_rejects(p_values: list[float]) -> None:
    # Not a level that a multiple of a value reaches exactly: that would test rounding.
    alpha = 0.0499

    adjusted = holm(p_values)

    assert [p is not None and p <= alpha for p in adjusted] == rejected(p_values, alpha)


@settings(max_examples=50)
@given(families.flatmap(lambda family: st.tuples(st.just(family), st.permutations(family))))
def test_order_does_not_matter(families: tuple[list[float | None], list[float | None]]) -> None:
    family, shuffled = families

    by_value = dict(zip(family, holm(family), strict=True))

    assert holm(shuffled) == [by_value[value] for value in shuffled]


@settings(max_examples=50)
@given(families)
def test_adjusted_values_are_in_the_order_of_the_values_and_at_least_as_large(
    family: list[float | None],
) -> None:
    pairs = sorted((p, q) for p, q in zip(family, holm(family), strict=True) if p is not None)

    adjusted = [q for _, q in pairs if q is not None]
    assert len(adjusted) == len(pairs)
    assert adjusted == sorted(adjusted)
    assert all(p <= q <= 1 for (p, _), q in zip(pairs, adjusted, strict=True))


@settings(max_examples=50)
@given(families, st.floats(0, 1))
def test_a_larger_family_never_makes_a_value_smaller(
    family: list[float | None], more: float
) -> None:
    larger = holm([*family, more])

    assert all(
        q is None or (r is not None and q <= r)
        for q, r in zip(holm(family), larger[:-1], strict=True)
    )


@pytest.mark.parametrize("value", [-0.1, 1.5, float("nan")])
def test_what_is_no_p_value_is_refused(value: float) -> None:
    with pytest.raises(InvalidError, match="a p value must be between 0 and 1"):
        holm([0.5, value])
