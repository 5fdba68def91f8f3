from __future__ import annotations

import numpy as np
import pytest
from two_systems import drawn

from vinee.errors import InvalidError
from vinee.metrics.scores import micro_f1
from vinee.stats.detectable import smallest_detectable
from vinee.stats.paired_bootstrap import paired_bootstrap


def test_it_is_two_point_eight_standard_errors() -> None:
    assert smallest_detectable(0.01) == pytest.approx(0.0280158522, abs=1e-10)


def test_a_test_with_power_one_half_detects_what_is_just_significant() -> None:
    assert smallest_detectable(1, power=0.5) == pytest.approx(1.959963985, abs=1e-9)


@pytest.mark.parametrize(("alpha", "power"), [(0.01, 0.8), (0.05, 0.9)])
def test_a_stricter_test_detects_less(alpha: float, power: float) -> None:
    default, strict = smallest_detectable(1), smallest_detectable(1, alpha=alpha, power=power)

    assert default is not None
    assert strict is not None
    assert strict > default


def test_a_difference_of_that_size_is_found_as_often_as_promised() -> None:
    size = smallest_detectable(1.0)
    assert size is not None

    estimates = np.random.default_rng(1).normal(size, 1, size=100_000)

    assert np.mean(abs(estimates) > 1.959964) == pytest.approx(0.8, abs=0.01)


def test_four_times_as_many_documents_detect_half_as_much() -> None:
    some, many = (
        smallest_detectable(paired_bootstrap(*drawn(units), micro_f1, draws=2000).standard_error)
        for units in (400, 1600)
    )

    assert some is not None
    assert many is not None
    assert some / many == pytest.approx(2, rel=0.1)


@pytest.mark.parametrize("standard_error", [None, 0.0])
def test_without_spread_nothing_can_be_said(standard_error: float | None) -> None:
    assert smallest_detectable(standard_error) is None


@pytest.mark.parametrize("standard_error", [-0.1, float("nan"), float("inf")])
def test_what_is_no_standard_error_is_refused(standard_error: float) -> None:
    with pytest.raises(InvalidError, match="must be a finite number >= 0"):
        smallest_detectable(standard_error)


@pytest.mark.parametrize(("alpha", "power"), [(0, 0.8), (1, 0.8), (0.05, 1), (0.05, 80)])
def test_levels_outside_the_unit_interval_are_refused(alpha: float, power: float) -> None:
    with pytest.raises(InvalidError, match="alpha and power must be between 0 and 1"):
        smallest_detectable(0.1, alpha=alpha, power=power)
