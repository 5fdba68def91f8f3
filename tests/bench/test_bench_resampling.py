from __future__ import annotations

from typing import Any

import pytest

from vinee.bench.resampling import Resampling
from vinee.errors import InvalidError, UnknownNameError


@pytest.mark.parametrize(
    ("settings", "problem"),
    [({"unit": "word"}, "unknown unit 'word'"), ({"method": "t"}, "method of intervals 't'")],
)
def test_what_does_not_exist_is_refused(settings: dict[str, Any], problem: str) -> None:
    with pytest.raises(UnknownNameError, match=problem):
        Resampling(**settings)


@pytest.mark.parametrize("settings", [{"draws": 0}, {"seed": -1}, {"level": 1.0}, {"level": 0.0}])
def test_numbers_out_of_range_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(InvalidError, match="draws must be >= 1, seed >= 0"):
        Resampling(**settings)


def test_a_seed_of_zero_is_a_seed() -> None:
    assert Resampling(seed=0).fields("sentence", 90)["seed"] == "0"
