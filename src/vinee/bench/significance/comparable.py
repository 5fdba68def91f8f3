"""Which scores may be compared: those whose signatures agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vinee.bench.signature import differences
from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    import numpy.typing as npt

    from vinee.bench.result import Result, ScoreSet
    from vinee.bench.signature import Difference
    from vinee.metrics.tally import Tally

# Comparisons draw anew from the counts, so how the intervals were made does not matter.
_OF_INTERVALS = frozenset({"interval", "draws", "seed", "level"})


def check_same_task(results: tuple[Result, ...]) -> None:
    """Refuse results of different tasks, and fewer than two results.

    Raises:
        InvalidError: They cannot be compared.
    """
    if len(results) < 2:  # noqa: PLR2004 -- a comparison has two sides
        raise _refused(f"a comparison takes two results or more (got {len(results)})")
    tasks = sorted({result.task for result in results})
    if len(tasks) > 1:
        raise _refused(f"results of different tasks, {', '.join(tasks)}; compare within one task")


def check(metric: str, first: tuple[str, ScoreSet], second: tuple[str, ScoreSet]) -> None:
    """Refuse scores whose signatures differ.

    Args:
        metric: Name of the metric.
        first: A system's name and its scores.
        second: Another's.

    Raises:
        InvalidError: They cannot be compared; the message names each field that differs.
    """
    (name, ours), (other, theirs) = first, second
    apart = [
        each
        for each in differences(ours.signature.parse(), theirs.signature.parse())
        if each.field not in _OF_INTERVALS
    ]
    if apart:
        named = "; ".join(map(_in_words, apart))
        raise _refused(
            f"{metric} of {name!r} and of {other!r} cannot be compared: {named}; "
            "score both in the same way"
        )


def tables(first: Tally, second: Tally) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Bring the counts of two systems onto the same columns.

    Returns:
        Two arrays of one shape, ``[units, columns, k]``; a column that one system lacks is 0.

    Raises:
        InvalidError: The units are not the same.
    """
    if (first.unit, first.units) != (second.unit, second.units):
        raise _refused(
            f"{first.metric}: one result counts {len(first.units)} {first.unit}s, the other "
            f"{len(second.units)} {second.unit}s, and they are not the same; score both on the "
            "same gold, by the same unit"
        )
    columns = sorted({*first.columns, *second.columns})
    return _spread(first, columns), _spread(second, columns)


def _spread(tally: Tally, columns: list[str]) -> npt.NDArray[Any]:
    table = tally.table
    wide = np.zeros((table.shape[0], len(columns), table.shape[2]), dtype=table.dtype)
    wide[:, [columns.index(name) for name in tally.columns]] = table
    return wide


def _in_words(apart: Difference) -> str:
    left, right = apart.left or "absent", apart.right or "absent"
    return f"{apart.field} is {left} for the first and {right} for the second"


def _refused(problem: str) -> InvalidError:
    return InvalidError("not-comparable", Where(), problem)
