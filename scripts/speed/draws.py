"""How fast bootstrap intervals are, as a ratio to scipy, measured in one run.

    python scripts/speed/draws.py [--quick] [--rounds N] [--json]

The percentile interval of micro F1 over documents, each with its numbers of correct, predicted and
gold items. Both draw documents with replacement, as often; the intervals differ by chance alone,
which is checked to be little. scipy gets its fastest form: vectorised, and in batches that fit into
a processor's cache. Our time grows with the number of different documents, those with equal
numbers being one, so that there are two corpora: with few items in a document, and with many.
"""

from __future__ import annotations

import sys
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
from measuring import Growth, Pair, Setting, run

from vinee.metrics.scores import micro_f1
from vinee.stats.bootstrap import interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]

SEED = 20
DOCUMENTS = 100_000
DRAWS = 10_000
QUICK = 100
PART = 10  # of the draws, where there are many items
TARGET = 20
BATCH = 4  # draws that scipy makes at a time
FEW_ITEMS, MANY_ITEMS = 10, 30  # most of a document
FEW_DRAWS = 100
FOUND, INVENTED = 0.8, 0.15
CLOSE = 1e-3


def pairs(setting: Setting) -> Iterator[Pair]:
    """Make counts, check that both sides find nearly the same ends, and give what is measured.

    Raises:
        AssertionError: They do not.
    """
    draws = DRAWS // QUICK if setting.quick else DRAWS
    for items, some, target in ((FEW_ITEMS, draws, TARGET), (MANY_ITEMS, draws // PART, None)):
        table = counts(items)
        if find_spec("scipy"):
            _check(table)
        yield Pair(
            f"{some:,} draws, {DOCUMENTS:,} documents to {items} items",
            "scipy bootstrap",
            target,
            partial(interval, table, micro_f1, draws=some, seed=SEED),
            partial(_scipy, table, some),
            package="scipy",
        )


def growths(setting: Setting) -> Iterator[Growth]:  # noqa: ARG001 - as all scripts
    """Give nothing: what grows is in other scripts."""
    yield from ()


def counts(items: int) -> Numbers:
    """Make correct, predicted and gold items, shape ``[documents, 1, 3]``."""
    rng = np.random.default_rng(SEED)
    gold = rng.integers(0, items + 1, DOCUMENTS)
    correct = rng.binomial(gold, FOUND)
    predicted = correct + rng.binomial(gold, INVENTED)
    return np.stack([correct, predicted, gold], axis=-1)[:, None, :]


def _check(table: Numbers) -> None:
    found = interval(table, micro_f1, draws=FEW_DRAWS, seed=SEED)
    ends = (found.low, found.high) if found else ()
    theirs = _scipy(table, FEW_DRAWS)
    if not np.allclose(ends, theirs, atol=CLOSE):
        raise AssertionError(f"the intervals differ: {ends} and {theirs}")


def _scipy(table: Numbers, draws: int) -> tuple[float, float]:
    stats = import_module("scipy.stats")

    def f1(correct: Any, predicted: Any, gold: Any, axis: int) -> Any:  # noqa: ANN401 - as scipy
        sums = predicted.sum(axis=axis) + gold.sum(axis=axis)
        return 2 * correct.sum(axis=axis) / sums

    found = stats.bootstrap(
        tuple(table[:, 0].T.copy()),
        f1,
        n_resamples=draws,
        batch=BATCH,
        vectorized=True,
        paired=True,
        method="percentile",
        rng=np.random.default_rng(SEED),
    )
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


if __name__ == "__main__":
    run([sys.modules[__name__]], __doc__)
