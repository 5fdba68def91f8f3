"""Chain metrics by name; the name, its parameters included, is the whole identity."""

from __future__ import annotations

from itertools import product
from typing import get_args

from vinee.errors import UnknownNameError
from vinee.metrics.coref.b3 import B3
from vinee.metrics.coref.blanc import BLANC
from vinee.metrics.coref.ceaf import CEAFE, CEAFM
from vinee.metrics.coref.conll import CONLL
from vinee.metrics.coref.documents import ChainKind, CorefMetric, Mentions, Scope
from vinee.metrics.coref.lea import LEA
from vinee.metrics.coref.muc import MUC

MEASURES = (MUC, B3, CEAFM, CEAFE, BLANC, LEA, CONLL)
_METRICS = {
    each.name: each
    for each in (
        CorefMetric(measure, chains, scope, mentions)
        for chains, scope, mentions, measure in product(
            get_args(ChainKind), get_args(Scope), get_args(Mentions), MEASURES
        )
    )
}


def names() -> tuple[str, ...]:
    """Return the name of every chain metric; each is spelled in one way only."""
    return tuple(_METRICS)


def metric(name: str) -> CorefMetric:
    """Return the chain metric of that name.

    Chain metrics stand apart from those of `vinee.metrics.registry`: they do not count items as
    correct, predicted and gold, so their counts are `Ratios` and not `Counts`.

    Args:
        name: One of `names`.

    Raises:
        UnknownNameError: There is no such metric, or it has no such parameter.
    """
    if name not in _METRICS:
        raise UnknownNameError("chain metric", name, names())
    return _METRICS[name]
