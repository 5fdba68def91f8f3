"""What a user wants a report of: predictions, stored results, or systems of the leaderboard."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vinee.bench import result as results_file
from vinee.bench import scoring
from vinee.bench.file_names import file_name
from vinee.bench.result import System
from vinee.corpus import predictions
from vinee.corpus.gold import content_hash
from vinee.errors import InputError, InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vinee.bench.reference import FitGold
    from vinee.bench.result import Result
    from vinee.bench.tasks import Task
    from vinee.corpus.predictions import Predictions


@dataclass(frozen=True, slots=True)
class Source:
    """How to score what is scored anew.

    Attributes:
        tasks: The tasks.
        gold: The gold, ours or the user's.
        folder: Where named systems are: ``results`` and ``predictions`` in it.
        lenient: Whether to leave out what is wrong in predictions.
    """

    tasks: Sequence[Task]
    gold: FitGold
    folder: Path
    lenient: bool = False


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a report is made of.

    Attributes:
        results: Of all systems and tasks.
        predictions: What was read, by the name of its system.
    """

    results: list[Result] = field(default_factory=list)
    predictions: dict[str, Predictions] = field(default_factory=dict)


def gather(whats: Iterable[str], source: Source) -> Gathered:
    """Find what each of these names, and score what has predictions.

    A path to a result gives that result alone. A path to predictions gives them under the name
    of the file, which must not stand for two. Anything else is the name of a system: its
    predictions are scored anew if they are there and its results are of the same gold, else its
    results are taken as they are stored.

    Raises:
        InputError: There is no such thing, or it cannot be read.
        InvalidError: Two files of predictions have one name.
    """
    gathered = Gathered()
    for what in whats:
        path = Path(what)
        if path.is_file() and path.suffix == ".json" and (found := _result(path)) is not None:
            gathered.results.append(found)
        elif path.exists():
            _add(gathered, path, System(path.stem.removesuffix(".tar")), source)
        else:
            _add_named(gathered, what, source)
    return gathered


def _result(path: Path) -> Result | None:
    """Read a result; None if the file is of another kind, such as a document."""
    return results_file.read(path) if results_file.SCHEMA.encode() in path.read_bytes() else None


def _add(gathered: Gathered, path: Path, system: System, source: Source) -> None:
    if system.name in gathered.predictions:
        raise InvalidError(
            "system-twice",
            Where(file=str(path)),
            f"there are predictions of {system.name!r} already; give each file a name of its own",
        )
    documents, labels = source.gold
    read = predictions.read(path, documents, lenient=source.lenient, labels_of=labels)
    gathered.predictions[system.name] = read
    gathered.results.extend(
        scoring.score(read, task, gold=source.gold, system=system) for task in source.tasks
    )


def _add_named(gathered: Gathered, name: str, source: Source) -> None:
    stored = source.folder / "results"
    paths = [stored / f"{file_name(name)}.{task.name}.json" for task in source.tasks]
    found = [results_file.read(path) for path in paths if path.is_file()]
    if not found:
        problem = (
            f"neither a file nor a system with results in {stored} of task "
            f"{', '.join(task.name for task in source.tasks)}"
        )
        raise InputError("not-found", Where(file=name), problem)
    predicted = source.folder / "predictions" / f"{file_name(name)}.jsonl"
    if predicted.is_file() and found[0].corpus.hash == content_hash(source.gold.documents):
        _add(gathered, predicted, found[0].system, source)
    else:
        gathered.results.extend(found)
