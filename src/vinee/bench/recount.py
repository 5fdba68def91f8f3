"""Whether the scores of a stored result are those of the counts that are stored beside them."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING

import msgspec

from vinee.errors import InvalidError, UnknownNameError, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.bench.result import Result, ScoreSet
    from vinee.errors import Where

_LIKE = 1e-9  # no machine rounds its means so differently
_REMEDY = "score the predictions anew with `vinee score FILE --out FOLDER`"


def check(result: Result, where: Where) -> None:
    """Compute all scores of a result again from its counts.

    Raises:
        InvalidError: One differs, or the counts contradict each other.
    """
    for metric in result.metrics:
        for scope, scores in (("all", metric.all), ("claimed", metric.claimed)):
            if scores is None:
                continue
            place = f"{metric.name}, {scope} labels"
            try:
                problem = next(_differing(scores), None)
            except (InvalidError, UnknownNameError) as error:
                problem = f"its counts cannot be used: {error}"
            if problem is not None:
                message = printable(f"{place}: {problem}; {_REMEDY}")
                raise InvalidError("result-counts", where, message)


def _differing(scores: ScoreSet) -> Iterator[str]:
    """Name each number that the counts do not give, with both values."""
    again = scores.counts.load().scores()
    stored, counted = scores.labels, again.labels
    if missing := sorted(stored.keys() ^ counted.keys()):
        yield f"scores and counts have not the same labels: {', '.join(missing)}"
    pairs: list[tuple[str, object, object]] = [
        ("micro", scores.micro, again.micro),
        ("macro", scores.macro, again.macro),
        *((name, stored[name], counted[name]) for name in stored if name in counted),
    ]
    for name, one, other in pairs:
        mine, theirs = msgspec.to_builtins(one), msgspec.to_builtins(other)
        for key in mine:
            if not _is_like(mine[key], theirs[key]):
                yield f"{name} {key} is {mine[key]}, and the counts beside it give {theirs[key]}"


def _is_like(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=_LIKE, abs_tol=_LIKE)
