"""The whole bench: run extractors, score them on every task, and write everything down."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from vinee.bench import (
    card,
    earlier,
    leaderboard,
    record,
    reference,
    render,
    replacing,
    report,
    result,
    scoring,
    seqeval_check,
    tasks,
)
from vinee.bench.file_names import file_name
from vinee.bench.run import run
from vinee.corpus import gold as our_gold
from vinee.errors import InvalidError, MissingExtraError, Where
from vinee.extractors import registry
from vinee.extractors.annotator import NotAnnotatedError
from vinee.formats import atomic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from vinee.bench.leaderboard import Leaderboard
    from vinee.bench.progress import OnProgress
    from vinee.bench.result import Result
    from vinee.bench.run import Run
    from vinee.extractors import Extractor
    from vinee.model import Document

BASELINES = ("annotator", "crf", "dateparser", "rules", "underthesea")


@dataclass(frozen=True, slots=True)
class Bench:
    """What a bench gave.

    Attributes:
        results: One for each system and task, of systems that ran now.
        leaderboard: These side by side with those of systems that ran earlier.
        skipped: Extractors that could not run here, and why.
        left_out: Stored results that do not stand in the leaderboard, and why.
        seconds: How long each extractor took; not stored, since it depends on the machine.
        seqeval: Version of seqeval, with which all tag scores agreed; None if nothing ran.
        report: The HTML page.
    """

    results: tuple[Result, ...]
    leaderboard: Leaderboard
    skipped: dict[str, str]
    left_out: dict[str, str]
    seconds: dict[str, float]
    seqeval: str | None
    report: Path


def bench(
    extractors: Sequence[str],
    out: Path,
    on_progress: OnProgress | None = None,
    *,
    gold: Sequence[Document] | None = None,
) -> Bench:
    """Run extractors on the gold and score them on every task.

    Writes ``predictions/<name>.jsonl`` and ``<name>.system.json``, ``results/<name>.<task>.json``,
    ``runs/<name>.json``, ``LEADERBOARD.md`` and ``report.html``; all but ``runs``, which tells of
    time and machine, are the same whenever and wherever they are made. Systems whose results are
    there already are in the leaderboard and the report too; results of another gold or program
    are made anew from their predictions.

    Args:
        extractors: Names, or ``module:object``; `BASELINES` are ours.
        out: Folder for all files.
        on_progress: Told of each document.
        gold: The gold; ours if not given.

    Raises:
        UnknownNameError: There is no such extractor.
        ExtractorError: An extractor failed.
        IntegrityError: A tag score differs from seqeval's, or our gold is not there.
        InputError: The gold given is not fit to be scored against.
        InvalidError: Two extractors would write the same file, or one would replace what another
            system gave; nothing was run then.
    """
    documents = our_gold.documents() if gold is None else reference.checked(gold)
    runs: dict[str, Run] = {}
    seconds: dict[str, float] = {}
    ready, skipped = _resolved(extractors, out)
    left_out: dict[str, str] = {}
    for spec, extractor in ready.items():
        path = out / "predictions" / f"{file_name(extractor.name)}.jsonl"
        try:
            started = perf_counter()
            found = run(extractor, documents, path, on_progress=on_progress)
        except MissingExtraError as error:
            skipped[spec] = str(error)
        except NotAnnotatedError as error:
            # A new article does not stop the others; this pass is no system that could run on it.
            left_out[spec] = str(error)
        else:
            name = found.system.name
            runs[name], seconds[name] = found, perf_counter() - started
            card.write(path, found.system, found.predictions)
            record.write(out / "runs" / f"{file_name(name)}.json", found)
    results = tuple(_results(runs, documents))
    others = earlier.gather(out, documents, runs)
    for each in (*results, *others.anew):
        name = f"{file_name(each.system.name)}.{each.task}.json"
        result.write(out / "results" / name, each)
    everything = (*results, *others.results)
    board = leaderboard.build(everything)
    atomic.write_text(out / "LEADERBOARD.md", render.markdown(board))
    predicted = {name: each.predictions.documents for name, each in runs.items()}
    page = out / "report.html"
    atomic.write_text(page, report.render(everything, documents, predicted | others.predictions))
    return Bench(
        results=results,
        leaderboard=board,
        skipped=skipped,
        left_out=left_out | others.left_out,
        seconds=seconds,
        seqeval=_check_tags(runs, documents),
        report=page,
    )


def _resolved(specs: Sequence[str], out: Path) -> tuple[dict[str, Extractor], dict[str, str]]:
    """Find all extractors before any runs: those that can, and why the others cannot."""
    ready: dict[str, Extractor] = {}
    skipped: dict[str, str] = {}
    files: dict[str, str] = {}
    for spec in specs:
        try:
            extractor = registry.resolve(spec)
        except MissingExtraError as error:
            skipped[spec] = str(error)
            continue
        file = file_name(extractor.name)
        if file in files:
            raise InvalidError(
                "system-twice",
                Where(),
                f"{spec!r} would overwrite the predictions of {files[file]!r}; "
                "name each extractor once, and no two alike",
            )
        replacing.check(out, extractor.name)
        files[file] = extractor.name
        ready[spec] = extractor
    return ready, skipped


def _results(runs: Mapping[str, Run], gold: Sequence[Document]) -> Iterator[Result]:
    for task in tasks.known():
        for each in runs.values():
            yield scoring.score(each.predictions, task, gold=gold, system=each.system)


def _check_tags(runs: Mapping[str, Run], gold: Sequence[Document]) -> str | None:
    version = None
    for task in tasks.known():
        for each in runs.values():
            version = seqeval_check.check(each.predictions.documents, task, gold)
    return version
