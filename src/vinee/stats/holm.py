"""Correction of p values for the number of tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Sequence


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Adjust a family of p values by Holm's step-down procedure.

    The i-th smallest of m values (from 1) is multiplied by m - i + 1; no adjusted value is below
    the one before it, nor above 1. Rejecting where the adjusted value is at most alpha keeps the
    probability of any false rejection in the family at most alpha, however the tests depend on
    each other.

    Source: Holm 1979, "A Simple Sequentially Rejective Multiple Test Procedure".

    Args:
        p_values: One a test, in any order; None for a comparison that could not be tested, which
            is not counted in the family.

    Returns:
        The adjusted values, in the same order; None stays None.

    Raises:
        InvalidError: A value is not between 0 and 1.
    """
    for value in p_values:
        if value is not None and not 0 <= value <= 1:
            raise InvalidError(
                "holm", Where(), f"a p value must be between 0 and 1, or None (got {value})"
            )
    tested = sorted(value for value in p_values if value is not None)
    adjusted: dict[float, float] = {}
    reached = 0.0
    for rank, value in enumerate(tested):
        reached = max(reached, min(1.0, (len(tested) - rank) * value))
        # Of equal values the first has the largest factor, and the others are not below it.
        adjusted.setdefault(value, reached)
    return [None if value is None else adjusted[value] for value in p_values]
