from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import nan

import numpy as np
import numpy.typing as npt
import pytest
from two_systems import CRF, drawn

from vinee.metrics.scores import micro_f1
from vinee.stats.distribution import Distribution, resampled

Scores = npt.NDArray[np.float64]


def of(*scores: float, observed: float = 0.5) -> Distribution:
    return Distribution(
        observed=observed,
        scores=np.array(scores),
        multiplicity=np.ones(len(scores), dtype=np.int64),
        units=3,
        draws=len(scores),
        seed=0,
        undefined=0.0,
    )


def test_the_exact_standard_error_is_that_of_all_ordered_resamples() -> None:
    scores = [
        float(micro_f1(CRF[list(chosen)].sum(axis=0))) for chosen in product(range(5), repeat=5)
    ]

    found = resampled(CRF, micro_f1, draws=1, seed=0, limit=126)

    assert (found.exact, found.draws, found.total) == (True, 126, 3125)
    assert found.standard_error == pytest.approx(np.std(scores), rel=1e-12)


def test_the_standard_error_of_a_mean_is_that_of_the_textbook() -> None:
    table, _ = drawn(400)
    found = resampled(table, lambda sums: sums[:, 0, 0] / 400, draws=10_000, seed=1, limit=0)

    assert found.standard_error == pytest.approx(table[:, 0, 0].std() / 20, rel=0.03)


def test_the_observed_score_is_that_of_all_units() -> None:
    table, _ = drawn(60)

    found = resampled(table, micro_f1, draws=10, seed=1, limit=0)

    assert found.observed == float(micro_f1(table.sum(axis=0)))


def test_scores_that_rounding_parts_have_no_spread() -> None:
    assert of(0.1 + 0.2, 0.3).standard_error == 0


def test_equal_scores_have_no_spread_although_their_mean_is_rounded() -> None:
    assert of(*[0.1] * 7).standard_error == 0


def test_small_differences_are_not_taken_for_rounding() -> None:
    assert of(0.3, 0.3 + 1e-9).standard_error == pytest.approx(5e-10)


def test_an_observed_score_of_zero_by_zero_does_not_hide_a_constant() -> None:
    assert of(0.3, 0.3, observed=nan).constant


@pytest.mark.parametrize(
    ("probability", "score"), [(Fraction(0), 1), (Fraction(1, 4), 1), (Fraction(1, 3), 2), (1, 4)]
)
def test_a_quantile_is_the_smallest_score_that_reaches_it(
    probability: Fraction, score: float
) -> None:
    assert of(1, 2, 3, 4).quantile(probability) == score
