"""Exact scores: fractions, as definitions give them and as conformance is checked by."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple


class Exact(NamedTuple):
    """Precision, recall and F1; None where nothing is gold and nothing predicted."""

    precision: Fraction | None
    recall: Fraction | None
    f1: Fraction | None


def of_counts(correct: Fraction | int, predicted: int, gold: int) -> Exact:
    """Compute exact scores; a division by zero gives 0 if the other side is not 0/0."""
    if not (predicted or gold):
        return Exact(None, None, None)
    return Exact(
        Fraction(correct) / (predicted or 1),
        Fraction(correct) / (gold or 1),
        Fraction(2 * correct) / (predicted + gold),
    )
