"""B³: how much of its chain each mention is seen with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.metrics.coref.measure import Measure, Part, both_ways
from vinee.metrics.coref.totals import total

if TYPE_CHECKING:
    from fractions import Fraction

    from vinee.metrics.coref.measure import Side
    from vinee.metrics.coref.overlap import Overlap


def _seen(chains: Side, _: Side) -> tuple[Fraction, int]:
    shares = ((sum(shared**2 for shared in chain.pieces.values()), chain.size) for chain in chains)
    return total(shares), sum(chain.size for chain in chains)


def tally(sides: Overlap) -> tuple[Part, ...]:
    """Count mentions, each by the share of its chain that the other side puts with it.

    Recall is ``Σ_k Σ_r |k ∩ r|² / |k|`` over gold chains k and predicted chains r, divided by the
    number of gold mentions; precision changes the sides. A mention that only one side has gives 0
    on that side and is not seen by the other: nothing is added to or removed from either.

    Source: Bagga and Baldwin 1998, "Algorithms for Scoring Coreference Chains"; for predicted
    mentions Pradhan et al. 2014, "Scoring Coreference Partitions of Predicted Mentions".
    """
    return (both_ways(_seen, sides),)


B3 = Measure("B3", (("B3",),), tally)
