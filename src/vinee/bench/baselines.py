"""The whole bench: run extractors, score them on every task, and write everything down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from vinee.bench import leaderboard, render, report, result, scoring, seqeval_check, tasks
from vinee.bench.run import run
from vinee.corpus import gold as our_gold
from vinee.errors import InvalidError, MissingExtraError, Where
from vinee.extractors import registry
from vinee.formats import atomic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from vinee.bench.leaderboard import Leaderboard
    from vinee.bench.result import Result
    from vinee.bench.run import OnProgress, Run
    from vinee.model import Document

BASELINES = ("crf", "rules", "underthesea")


@dataclass(frozen=True, slots=True)
class Bench:
    """What a bench gave.

    Attributes:
        results: One for each system and task.
        leaderboard: The results side by side.
        skipped: Extractors that could not run here, and why.
        seconds: How long each extractor took; not stored, since it depends on the machine.
        seqeval: Version of seqeval, with which all tag scores agreed; None if nothing ran.
        report: The HTML page.
    """

    results: tuple[Result, ...]
    leaderboard: Leaderboard
    skipped: dict[str, str]
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

    Writes ``predictions/<name>.jsonl``, ``results/<name>.<task>.json``, ``LEADERBOARD.md`` and
    ``report.html``. Files of other systems that are there already stay, but only what ran now is
    in the leaderboard and the report.

    Args:
        extractors: Names, or ``module:object``; `BASELINES` are ours.
        out: Folder for all files.
        on_progress: Told of each document.
        gold: The gold; ours if not given.

    Raises:
        UnknownNameError: There is no such extractor.
        ExtractorError: An extractor failed.
        IntegrityError: A tag score differs from seqeval's, or our gold is not there.
        InvalidError: Two extractors would write the same file.
    """
    reference = our_gold.documents() if gold is None else tuple(gold)
    runs: dict[str, Run] = {}
    seconds: dict[str, float] = {}
    skipped: dict[str, str] = {}
    for spec in extractors:
        try:
            started = perf_counter()
            found = _run(spec, reference, out, runs, on_progress)
        except MissingExtraError as error:
            skipped[spec] = str(error)
        else:
            name = found.system.name
            runs[name], seconds[name] = found, perf_counter() - started
    results = tuple(_results(runs, reference))
    for each in results:
        name = f"{file_name(each.system.name)}.{each.task}.json"
        result.write(out / "results" / name, each)
    board = leaderboard.build(results)
    atomic.write_text(out / "LEADERBOARD.md", render.markdown(board))
    predicted = {name: each.predictions.documents for name, each in runs.items()}
    page = out / "report.html"
    atomic.write_text(page, report.render(results, reference, predicted))
    return Bench(
        results=results,
        leaderboard=board,
        skipped=skipped,
        seconds=seconds,
        seqeval=_check_tags(runs, reference),
        report=page,
    )


def _run(
    spec: str,
    gold: Sequence[Document],
    out: Path,
    runs: Mapping[str, Run],
    on_progress: OnProgress | None,
) -> Run:
    extractor = registry.resolve(spec)
    path = out / "predictions" / f"{file_name(extractor.name)}.jsonl"
    for other in runs:
        if file_name(other) == file_name(extractor.name):
            raise InvalidError(
                "system-twice",
                Where(file=str(path)),
                f"{spec!r} would overwrite the predictions of {other!r}; give it another name",
            )
    return run(extractor, gold, path, on_progress=on_progress)


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


def file_name(name: str) -> str:
    """Give a system's name as a file name: what is not a letter, digit, ``.+-`` becomes ``_``."""
    return re.sub(r"[^\w.+-]", "_", name)
