"""Which scores may be compared: those whose signatures agree."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from vinee.bench.result import System
from vinee.bench.scorable import THE_TASK
from vinee.bench.signature import Signature, differences
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


def check_scored(results: tuple[Result, ...]) -> None:
    """Refuse results of a system that was not scored on the task, with the reason that they hold.

    Raises:
        InvalidError: There is such a result.
    """
    for result in results:
        reasons = [each.why for each in result.skipped if each.what == THE_TASK]
        if reasons and not result.metrics:
            name = result.system.name
            raise _refused(f"{name!r} was not scored on {result.task}: {'; '.join(reasons)}")


def check_names(results: tuple[Result, ...]) -> None:
    """Refuse two systems of one name, since nobody could tell them apart.

    Results that were made in a program and that nobody named are told apart by their order.

    Raises:
        InvalidError: There are such systems.
    """
    names = Counter(result.system.name for result in results)
    names.pop(System().name, None)
    if twice := sorted(name for name, number in names.items() if number > 1):
        raise _refused(
            f"two systems of one name, {', '.join(map(repr, twice))}, cannot be told apart; "
            "give each a name of its own"
        )


def check(metric: str, first: tuple[str, ScoreSet], second: tuple[str, ScoreSet]) -> Signature:
    """Refuse scores whose signatures differ, and return what they share.

    Args:
        metric: Name of the metric.
        first: A system's name and its scores.
        second: Another's.

    Returns:
        The signature of both, without the fields of their intervals.

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
    fields = ours.signature.parse().fields
    return Signature(tuple(each for each in fields if each[0] not in _OF_INTERVALS))


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
