"""How fast coreference scores are, as ratios to scorch, measured side by side in one run.

    python scripts/speed/chains.py [--quick] [--rounds N] [--json]

One article of 3,000 mentions. More than half of the chains are singletons, and a few are long; of
the mentions some are missed, some invented, and some are in another chain. Both sides get the
chains as sets of numbers, and give precision, recall and F1; that these are equal is checked. Ours
are fractions. scorch is skipped if it is not installed.
"""

from __future__ import annotations

import sys
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from random import Random
from typing import TYPE_CHECKING

import numpy as np
from measuring import Growth, Pair, Setting, run

from vinee.metrics.coref.b3 import B3
from vinee.metrics.coref.ceaf import CEAFE
from vinee.metrics.coref.muc import MUC
from vinee.metrics.coref.overlap import overlap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.metrics.coref.measure import Measure
    from vinee.metrics.exact import Exact

    Chains = list[set[int]]

SEED = 20
MENTIONS = 3_000
QUICK = 10
TARGET = 20
SINGLETON = 0.55  # share of chains
LONGEST = 60
MISSED, INVENTED, ALONE, MOVED = 0.08, 0.08, 0.07, 0.1  # shares of mentions
MEASURES = {"muc": MUC, "b_cubed": B3, "ceaf_e": CEAFE}


def pairs(setting: Setting) -> Iterator[Pair]:
    """Make chains, check that both sides score them alike, and give what is measured.

    Raises:
        AssertionError: They do not score alike.
    """
    mentions = MENTIONS // QUICK if setting.quick else MENTIONS
    gold, predicted = chains(mentions)
    for name, measure in MEASURES.items():
        ours = partial(score, measure, gold, predicted)
        theirs = partial(_scorch, name, gold, predicted)
        if find_spec("scorch"):
            _check(measure, ours(), theirs())
        work = f"{measure.name}, {mentions:,} mentions"
        yield Pair(work, "scorch", TARGET, ours, theirs, package="scorch")


def growths(setting: Setting) -> Iterator[Growth]:  # noqa: ARG001 - as all scripts
    """Give nothing: what grows is in other scripts."""
    yield from ()


def chains(mentions: int) -> tuple[Chains, Chains]:
    """Make gold chains, and predicted ones that have some of their mentions wrong."""
    random = Random(SEED)  # noqa: S311 - test data, no secret
    gold: Chains = []
    made = 0
    while made < mentions:
        size = 1
        if random.random() >= SINGLETON:
            size = min(1 + int(random.paretovariate(1)), LONGEST)
        size = min(size, mentions - made)
        gold.append(set(range(made, made + size)))
        made += size
    predicted: Chains = [set() for _ in gold]
    alone: Chains = []
    for number, chain in enumerate(gold):
        for mention in chain:
            kind = random.random()
            if kind < ALONE:
                alone.append({mention})
            elif kind < ALONE + MOVED:
                predicted[random.randrange(len(gold))].add(mention)
            elif kind < 1 - MISSED:
                predicted[number].add(mention)
    for mention in range(mentions, mentions + int(INVENTED * mentions)):
        predicted[random.randrange(len(gold))].add(mention)
    return gold, [chain for chain in (*predicted, *alone) if chain]


def score(measure: Measure, gold: Chains, predicted: Chains) -> Exact:
    """Score chains, beginning with the chains."""
    return measure.score(measure.tally(overlap(gold, predicted)))


def _scorch(name: str, gold: Chains, predicted: Chains) -> tuple[float, float, float]:
    recall, precision, f1 = getattr(import_module("scorch.scores"), name)(gold, predicted)
    return precision, recall, f1


def _check(measure: Measure, ours: Exact, theirs: tuple[float, float, float]) -> None:
    found = [float(value or 0) for value in ours]
    if not np.allclose(found, theirs, rtol=1e-12):
        raise AssertionError(f"{measure.name}: {found} and {theirs}")


if __name__ == "__main__":
    run([sys.modules[__name__]], __doc__)
