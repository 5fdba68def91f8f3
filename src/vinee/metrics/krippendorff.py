"""Krippendorff's α for nominal values, of any number of annotators, some of whom may be missing."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

_PAIRABLE = 2


class Alpha(NamedTuple):
    """α, and what it was computed from.

    Attributes:
        value: None where it is not defined: no unit has two values, or all values are one.
        units: Units with two values or more; the others cannot be compared, and play no part.
        values: Values in these units.
    """

    value: Fraction | None
    units: int
    values: int


def alpha(units: Iterable[Iterable[Hashable]]) -> Alpha:
    """Compute α from the values that annotators gave to each unit, exactly.

    ``α = 1 - D_o / D_e``: the disagreement observed within units over the one expected if the
    values were dealt to the units by chance. A unit of m values weighs as m values do, each of
    them compared with the m - 1 others; any two different values disagree alike. 1 is perfect
    agreement, 0 that of chance, and less than 0 is disagreement beyond chance.

    Args:
        units: For each unit the values that it was given, one an annotator, in any order;
            whoever gave none is left out.

    Source: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C.
    """
    equal: Counter[int] = Counter()  # ordered pairs of equal values, by the size of the unit
    given: Counter[Hashable] = Counter()
    number = 0
    for unit in units:
        values = Counter(unit)
        size = values.total()
        if size < _PAIRABLE:
            continue
        number += 1
        given.update(values)
        equal[size] += sum(times * (times - 1) for times in values.values())
    total = given.total()
    observed = sum((Fraction(pairs, size - 1) for size, pairs in equal.items()), Fraction(0))
    by_chance = sum(times * (times - 1) for times in given.values())
    below = total * (total - 1) - by_chance
    value = Fraction((total - 1) * observed - by_chance) / below if below else None
    return Alpha(value, number, total)
