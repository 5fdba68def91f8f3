"""What a user names to be compared: stored results, predictions, or systems of the leaderboard."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vinee.bench import card, scoring, tasks
from vinee.bench import result as results_file
from vinee.bench.file_names import file_name
from vinee.bench.result import System
from vinee.corpus import predictions
from vinee.corpus.gold import content_hash
from vinee.errors import InputError, InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.bench.reference import FitGold
    from vinee.bench.resampling import Resampling
    from vinee.bench.result import Result
    from vinee.corpus.predictions import Predictions

_FOLDER = Path("benchmark")


@dataclass(frozen=True, slots=True)
class Given:
    """A system's result on one task, with its predictions where these are at hand."""

    result: Result
    predictions: Predictions | None


@dataclass(frozen=True, slots=True)
class Source:
    """How to score what must be scored anew.

    Attributes:
        task: Name of the task; None where results say it.
        gold: The gold, ours or the user's.
        metrics: Names of metrics to compute instead of the task's own.
        resampling: Unit of the counts.
        folder: Where named systems are: ``results`` and ``predictions`` in it.
    """

    task: str | None
    gold: FitGold
    metrics: tuple[str, ...]
    resampling: Resampling
    folder: Path = _FOLDER


def find_all(what: Sequence[str], source: Source) -> list[Given]:
    """Find all that is named; predictions in files of one name are named by their whole paths.

    Raises:
        InputError: There is no such thing, or it cannot be read or scored.
        UnknownNameError: There is no such task or metric.
    """
    stems = Counter(Path(each).stem for each in what)
    return [find(each, source, each if stems[Path(each).stem] > 1 else None) for each in what]


def find(what: str, source: Source, name: str | None = None) -> Given:
    """Find a result by a path to it, a path to predictions, or the name of a system.

    Predictions that nobody named take this name, or that of their file without its suffix.

    A named system's predictions are scored anew, on what was asked for, if they are there and
    its result is of the same gold; else its result is taken as it is stored.

    Raises:
        InputError: There is no such thing, or it cannot be read or scored.
        UnknownNameError: There is no such task or metric.
    """
    path = Path(what)
    if path.is_file() and (stored := _result(path)) is not None:
        return _as_stored(stored, path, source)
    if path.exists():
        return _scored(path, System(name) if name else None, source)
    return _named(what, source)


def _result(path: Path) -> Result | None:
    if path.suffix != ".json":
        return None
    return results_file.read(path)


def _as_stored(stored: Result, path: Path, source: Source) -> Given:
    if source.task is not None and stored.task != source.task:
        problem = f"a result of task {stored.task!r}, and {source.task!r} is compared"
        raise InvalidError("result-task", Where(file=str(path)), problem)
    return Given(stored, None)


def _scored(path: Path, system: System | None, source: Source) -> Given:
    task = tasks.get(source.task or tasks.known()[0].name)
    if source.metrics:
        task = task.with_metrics(source.metrics)
    read = predictions.read(path, source.gold.documents, labels_of=source.gold.labels)
    if system is None:
        system, read, _ = card.described(path, read, source.gold.labels)
    scored = scoring.score(
        read, task, gold=source.gold, system=system, resampling=source.resampling
    )
    return Given(scored, read)


def _named(name: str, source: Source) -> Given:
    task = source.task or tasks.known()[0].name
    stored = source.folder / "results" / f"{file_name(name)}.{task}.json"
    if not stored.is_file():
        known = sorted(
            path.name.removesuffix(f".{task}.json") for path in stored.parent.glob(f"*.{task}.json")
        )
        problem = (
            f"neither a file nor a system with a result of task {task!r}; "
            f"there are: {', '.join(known) or 'none'}"
        )
        raise InputError("not-found", Where(file=name), problem)
    found = results_file.read(stored)
    predicted = source.folder / "predictions" / f"{file_name(name)}.jsonl"
    if predicted.is_file() and found.corpus.hash == content_hash(source.gold.documents):
        return _scored(predicted, found.system, source)
    return _as_stored(found, stored, source)
