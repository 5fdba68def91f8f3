"""The measures of chains by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.errors import UnknownNameError
from vinee.metrics.coref.b3 import B3
from vinee.metrics.coref.blanc import BLANC
from vinee.metrics.coref.ceaf import CEAFE, CEAFM
from vinee.metrics.coref.conll import CONLL
from vinee.metrics.coref.lea import LEA
from vinee.metrics.coref.muc import MUC

if TYPE_CHECKING:
    from vinee.metrics.coref.measure import Measure

MEASURES = (MUC, B3, CEAFM, CEAFE, BLANC, LEA, CONLL)
_NAMED = {measure.name: measure for measure in MEASURES}


def named(name: str) -> Measure:
    """Return the measure of that name.

    Raises:
        UnknownNameError: There is none.
    """
    if name not in tuple(_NAMED):
        raise UnknownNameError("measure of chains", name, _NAMED)
    return _NAMED[name]
