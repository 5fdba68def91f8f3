"""LEA: chains by their size, each resolved as far as its links are."""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

from vinee.metrics.coref.measure import Measure, Part, both_ways
from vinee.metrics.coref.totals import total

if TYPE_CHECKING:
    from fractions import Fraction

    from vinee.metrics.coref.measure import Side
    from vinee.metrics.coref.overlap import Overlap, Split


def _resolved(chains: Side, other: Side) -> tuple[Fraction, int]:
    weighted = (_weighted(chain, other) for chain in chains)
    return total(weighted), sum(chain.size for chain in chains)


def _weighted(chain: Split, other: Side) -> tuple[int, int]:
    if chain.size == 1:
        return sum(other[number].size == 1 for number in chain.pieces), 1
    kept = sum(comb(shared, 2) for shared in chain.pieces.values())
    return chain.size * kept, comb(chain.size, 2)


def tally(sides: Overlap) -> tuple[Part, ...]:
    """Count mentions, each by the share of its chain's links that the other side has too.

    Recall is ``Σ_k |k| · Σ_r link(k ∩ r) / link(k)`` over gold chains k and predicted chains r,
    divided by the number of gold mentions, where ``link(x) = |x|(|x| - 1)/2``; precision changes
    the sides. A singleton has one link, to itself: it is resolved when the same singleton is on
    the other side, and not by a longer chain that has its mention.

    Source: Moosavi and Strube 2016, "Which Coreference Evaluation Metric Do You Trust? A Proposal
    for a Link-based Entity Aware Metric".
    """
    return (both_ways(_resolved, sides),)


LEA = Measure("LEA", (("LEA",),), tally)
