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


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"draws": 0}, r"draws must be >= 1 \(got 0\); set --draws, or draws="),
        ({"seed": -1}, r"seed must be >= 0 \(got -1\); set --seed, or seed="),
        ({"level": 1.0}, r"level must be between 0 and 1 \(got 1\.0\); set level="),
        ({"level": 0.0}, r"level must be between 0 and 1 \(got 0\.0\); set level="),
    ],
)
def test_a_number_out_of_range_is_named_with_its_option(
    settings: dict[str, Any], problem: str
) -> None:
    with pytest.raises(InvalidError, match=problem) as refused:
        Resampling(**settings)

    assert str(refused.value).count("must be") == 1


def test_a_seed_of_zero_is_a_seed() -> None:
    assert Resampling(seed=0).fields("sentence", 90)["seed"] == "0"
