"""CEAF: how similar the chains are under the best one-to-one alignment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.metrics.coref.alignment import best_total
from vinee.metrics.coref.measure import Measure, Part

if TYPE_CHECKING:
    from vinee.metrics.coref.overlap import Overlap


def tally_mentions(sides: Overlap) -> tuple[Part, ...]:
    """Count the mentions that aligned chains share (similarity φ3, ``|k ∩ r|``).

    The total of the best alignment is divided by the number of gold mentions for recall, of
    predicted mentions for precision.

    Source: Luo 2005, "On Coreference Resolution Performance Metrics".
    """
    total = best_total(sides, lambda shared, _, __: (shared, 1))
    predicted, gold = (sum(chain.size for chain in side) for side in (sides.predicted, sides.gold))
    return (Part(total, predicted, total, gold),)


def tally_entities(sides: Overlap) -> tuple[Part, ...]:
    """Count aligned chains by their similarity (φ4, ``2|k ∩ r| / (|k| + |r|)``).

    The total of the best alignment is divided by the number of gold chains for recall, of
    predicted chains for precision.

    Source: Luo 2005, "On Coreference Resolution Performance Metrics".
    """
    total = best_total(sides, lambda shared, gold, other: (2 * shared, gold + other))
    return (Part(total, len(sides.predicted), total, len(sides.gold)),)


CEAFM = Measure("CEAFm", (("CEAFm",),), tally_mentions)
CEAFE = Measure("CEAFe", (("CEAFe",),), tally_entities)
