"""BLANC: pairs that are linked and pairs that are not, each with half the weight."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING

from vinee.metrics.coref.measure import Measure, Part

if TYPE_CHECKING:
    from vinee.metrics.coref.measure import Side
    from vinee.metrics.coref.overlap import Overlap


def tally(sides: Overlap) -> tuple[Part, ...]:
    """Count the pairs of mentions that are coreferent, and those that are not, on each side.

    C are the pairs within a chain, N the pairs of mentions of two chains, k gold and r predicted.
    F_c is F1 over C_k and C_r, F_n over N_k and N_r; BLANC is their mean, and so are precision
    and recall. It is not the harmonic mean of its precision and recall. Special cases:

    - no pair is coreferent on either side: F_n alone;
    - every pair is coreferent on both sides: F_c alone;
    - no pairs at all, since no side has two mentions: 1 if both have the same mention, else 0.
      Over several documents without a pair it is the share of those with the same mention.
      Where no side has any mention the score is not defined.

    Where only one side has no pair of a kind, that kind's F1 is 0 and counts, as the definition
    for predicted mentions says. The CoNLL scorer 8.01 leaves the kind out if it is gold that has
    no such pair, after Recasens and Hovy 2011.

    Source: Luo et al. 2014, "An Extension of BLANC to System Mentions".
    """
    shared = sum(chain.found for chain in sides.gold)
    linked = sum(comb(piece, 2) for chain in sides.gold for piece in chain.pieces.values())
    linked_in_one = sum(comb(chain.found, 2) for side in sides for chain in side)
    apart = comb(shared, 2) - linked_in_one + linked
    gold, predicted = (_mentions(side) for side in (sides.gold, sides.predicted))
    gold_links, predicted_links = (_links(side) for side in (sides.gold, sides.predicted))
    lone = int(max(gold, predicted) == 1)
    same = Fraction(int(lone and shared == 1))
    return (
        Part(Fraction(linked), predicted_links, Fraction(linked), gold_links),
        Part(
            Fraction(apart),
            comb(predicted, 2) - predicted_links,
            Fraction(apart),
            comb(gold, 2) - gold_links,
        ),
        Part(same, lone, same, lone),
    )


def _mentions(chains: Side) -> int:
    return sum(chain.size for chain in chains)


def _links(chains: Side) -> int:
    return sum(comb(chain.size, 2) for chain in chains)


BLANC = Measure("BLANC", (("coreferent", "non-coreferent"), ("lone mention",)), tally)
