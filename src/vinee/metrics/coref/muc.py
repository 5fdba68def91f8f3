"""MUC: links that are missing to join a chain again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.metrics.coref.measure import Measure, Part, both_ways

if TYPE_CHECKING:
    from vinee.metrics.coref.measure import Side
    from vinee.metrics.coref.overlap import Overlap


def _links(chains: Side, _: Side) -> tuple[int, int]:
    # A chain falls into its pieces and one more for each mention that the other side lacks.
    kept = sum(chain.found - len(chain.pieces) for chain in chains)
    return kept, sum(chain.size - 1 for chain in chains)


def tally(sides: Overlap) -> tuple[Part, ...]:
    """Count the links that are kept.

    Recall is ``Σ(|k| - |p(k)|) / Σ(|k| - 1)`` over gold chains k, where p(k) are the pieces into
    which the predicted chains divide k; a mention that is in none of them is a piece by itself.
    Precision changes the sides. Singletons have no links and count for nothing: where neither
    side has a link, MUC is not defined (the CoNLL scorer writes 0).

    Source: Vilain et al. 1995, "A Model-Theoretic Coreference Scoring Scheme", MUC-6.
    """
    return (both_ways(_links, sides),)


MUC = Measure("MUC", (("MUC",),), tally)
