"""Exact sums of many fractions."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def total(terms: Iterable[tuple[int, int]]) -> Fraction:
    """Add fractions exactly, reducing once at the end.

    Chains have few sizes, so that most terms share a denominator and are added as whole numbers.

    Args:
        terms: Numerators and denominators, these at least 1.
    """
    numerators: defaultdict[int, int] = defaultdict(int)
    for numerator, denominator in terms:
        numerators[denominator] += numerator
    scale = lcm(*numerators)
    scaled = (above * (scale // below) for below, above in numerators.items())
    return Fraction(sum(scaled), scale)
