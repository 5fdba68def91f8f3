"""The CoNLL mean of MUC, B³ and CEAFe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.metrics.coref.b3 import B3
from vinee.metrics.coref.ceaf import CEAFE
from vinee.metrics.coref.measure import Measure, Part
from vinee.metrics.coref.muc import MUC

if TYPE_CHECKING:
    from vinee.metrics.coref.overlap import Overlap

_AVERAGED = (MUC, B3, CEAFE)


def tally(sides: Overlap) -> tuple[Part, ...]:
    """Count the parts of MUC, B³ and CEAFe; the score is the mean of the three F1.

    Precision and recall are the means of the three as well, though the shared task reports F1
    alone. Where neither side has a chain of two mentions MUC is not defined, and the mean is that
    of the two others; the CoNLL scorer counts MUC as 0 there.

    Source: Pradhan et al. 2012, "CoNLL-2012 Shared Task: Modeling Multilingual Unrestricted
    Coreference in OntoNotes".
    """
    return tuple(part for measure in _AVERAGED for part in measure.tally(sides))


CONLL = Measure("CoNLL", (tuple(measure.name for measure in _AVERAGED),), tally)
