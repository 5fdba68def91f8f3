"""How far stored results would move from one edition of the gold to another.

The stored predictions are scored against both editions, with the code that scores any
predictions. Nothing is run again: a system that was fitted on the gold, leaving one document out,
is scored with the predictions that it gave then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from vinee.bench import leaderboard, reference, scoring
from vinee.bench.file_names import file_name
from vinee.bench.leaderboard import decimals
from vinee.bench.run import LEAVE_ONE_OUT
from vinee.corpus import predictions
from vinee.corpus.findings import FindingsError
from vinee.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from vinee.bench.result import Result
    from vinee.corpus.predictions import Predictions
    from vinee.metrics.scores import Score
    from vinee.model import Document


class Measured(msgspec.Struct, frozen=True):
    """A score of one edition; None where it is not defined."""

    precision: float | None
    recall: float | None
    f1: float | None


class MetricMovement(msgspec.Struct, frozen=True):
    """The micro-averaged scores of one metric on both editions.

    Attributes:
        metric: Its name.
        is_headline: Whether systems are ranked by it.
        old: On the old edition; None if it could not be scored there.
        new: On the new one.
        difference: Of F1, new minus old; None if one of both is not defined.
    """

    metric: str
    is_headline: bool
    old: Measured | None
    new: Measured | None
    difference: float | None


class Movement(msgspec.Struct, frozen=True):
    """How far a stored result would move.

    Attributes:
        system: What made the predictions.
        task: The task.
        metrics: The headline first; empty if neither edition could be scored.
        notes: What was not scored or left out, and how the predictions came about.
    """

    system: str
    task: str
    metrics: tuple[MetricMovement, ...]
    notes: tuple[str, ...]


def movements(
    folder: Path, old: Sequence[Document], new: Sequence[Document]
) -> tuple[Movement, ...]:
    """Score the stored predictions against both editions.

    What of the predictions does not fit an edition, such as those for a document that it lacks,
    is left out there, and a note counts it.

    Args:
        folder: Holds ``results/`` and ``predictions/``, as `vinee bench` writes them.
        old: The old gold.
        new: The new gold.

    Returns:
        One for each result, in the order of their files; none if there are no results.

    Raises:
        InputError: A file in ``results/`` is not a result.
    """
    editions = (_Edition("old", old, _unfit(old)), _Edition("new", new, _unfit(new)))
    return tuple(
        _movement(result, folder / "predictions", editions)
        for result in leaderboard.read_folder(folder / "results")
    )


def table(found: Iterable[Movement]) -> list[tuple[str, ...]]:
    """Give a header and a row for each metric, F1 with three decimals; ``*`` is the headline."""
    rows: list[tuple[str, ...]] = [("system", "task", "metric", "old F1", "new F1", "difference")]
    for each in found:
        for metric in each.metrics:
            name = f"{metric.metric} *" if metric.is_headline else metric.metric
            ends = (decimals(None if end is None else end.f1) for end in (metric.old, metric.new))
            rows.append((each.system, each.task, name, *ends, signed(metric.difference)))
    return rows


def signed(difference: float | None) -> str:
    """Write a difference with its sign and three decimals; one that is not defined as a dash."""
    return decimals(None) if difference is None else f"{difference:+.3f}"


class _Edition(NamedTuple):
    """An edition of the gold, and why nothing can be scored against it, if that is so."""

    name: str
    gold: Sequence[Document]
    unfit: str | None


def _unfit(gold: Sequence[Document]) -> str | None:
    try:
        reference.checked(gold)
    except FindingsError as error:
        first = error.findings[0]
        return f"the gold is not fit to be scored: {len(error.findings)} errors, first {first}"
    except InputError as error:
        return f"the gold is not fit to be scored: {error}"
    return None


def _movement(result: Result, folder: Path, editions: Iterable[_Edition]) -> Movement:
    notes: dict[str, None] = {}
    if result.system.trained_on.startswith(LEAVE_ONE_OUT):
        notes["its stored predictions are used as they are: it was not fitted anew"] = None
    path = folder / f"{file_name(result.system.name)}.jsonl"
    if not path.is_file():
        notes = {f"not scored: there are no stored predictions {path}": None}
        return Movement(result.system.name, result.task, (), tuple(notes))
    scored = []
    for edition in editions:
        found, problems = _score(result, path, edition)
        scored.append(found)
        notes |= dict.fromkeys(f"{edition.name}: {problem}" for problem in problems)
    return Movement(result.system.name, result.task, tuple(_metrics(*scored)), tuple(notes))


def _score(result: Result, path: Path, edition: _Edition) -> tuple[Result | None, list[str]]:
    if edition.unfit is not None:
        return None, [edition.unfit]
    try:
        read = predictions.read(path, edition.gold, lenient=True)
        again = scoring.score(read, result.task, gold=edition.gold, system=result.system)
    except (InputError, UnknownNameError) as error:
        return None, [f"not scored: {error}"]
    return again, list(_problems(again, read))


def _problems(result: Result, read: Predictions) -> Iterator[str]:
    for skipped in result.skipped:
        if "claimed labels" not in skipped.what:
            yield f"not scored: {skipped.what}: {skipped.why}"
    if read.findings:
        counted = ", ".join(f"{check} {number}" for check, number in read.counted().items())
        yield f"left out of the predictions, by check: {counted}"
    if result.corpus.unpredicted:
        missing = ", ".join(result.corpus.unpredicted)
        yield f"no prediction for {missing}, whose gold counts as missed"


def _metrics(old: Result | None, new: Result | None) -> Iterator[MetricMovement]:
    sides = (old, new)
    names = {
        metric.name: metric.name == side.headline
        for side in sides
        if side is not None
        for metric in side.metrics
    }
    for name, is_headline in sorted(names.items(), key=lambda item: not item[1]):
        was, is_ = (None if side is None else _micro(side, name) for side in sides)
        difference = None
        if was is not None and is_ is not None and was.f1 is not None and is_.f1 is not None:
            difference = is_.f1 - was.f1
        yield MetricMovement(name, is_headline, _measured(was), _measured(is_), difference)


def _micro(result: Result, name: str) -> Score | None:
    metric = result.metric(name)
    return None if metric is None else metric.all.micro


def _measured(score: Score | None) -> Measured | None:
    return None if score is None else Measured(score.precision, score.recall, score.f1)
