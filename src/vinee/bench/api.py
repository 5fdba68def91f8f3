"""Scoring from Python in one call, whatever there is to score."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from vinee.bench import scoring, tasks
from vinee.bench.reference import checked
from vinee.bench.run import run
from vinee.bench.significance.versus import compare as compare_results
from vinee.corpus import gold as our_gold
from vinee.corpus import predictions
from vinee.extractors import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vinee.bench.resampling import Resampling
    from vinee.bench.result import Result
    from vinee.bench.significance.versus import Compared, Test
    from vinee.extractors import Extractor
    from vinee.model import Document


def score(  # noqa: PLR0913 -- what is scored, on what, and how
    what: Path | str | list[Document] | tuple[Document, ...] | Extractor | Callable[[str], object],
    task: str = "ner",
    *,
    gold: Sequence[Document] | Path | str | None = None,
    lenient: bool = False,
    metrics: Sequence[str] = (),
    resampling: Resampling | None = None,
) -> Result:
    """Score predictions or an extractor on a task.

    Args:
        what: A path to predictions; predicted documents; an extractor; a callable that takes a
            text and gives ``(start, end, label)``, half-open, in code points; or the name of an
            extractor that `vinee extractors` lists, or ``module:object``.
        task: ``ner``, ``events``, or another of ``benchmark/tasks.yaml``.
        gold: Gold documents, or a path to them; ours if not given.
        lenient: Leave out and count what is wrong in predictions, instead of raising.
        metrics: Names of metrics to compute instead of the task's own.
        resampling: How intervals are made; by document and percentile if not given.

    Returns:
        Scores, intervals, counts and signatures; `Result.to_pandas` gives a table.

    Raises:
        InputError: The predictions are not fit to be scored.
        ExtractorError: The extractor failed.
        UnknownNameError: There is no such task or extractor.
    """
    reference = _gold(gold)
    chosen = tasks.get(task)
    if metrics:
        chosen = chosen.with_metrics(metrics)
    if isinstance(what, Path) or (isinstance(what, str) and _is_path(what)):
        read = predictions.read(Path(what), reference, lenient=lenient)
        return scoring.score(read, chosen, gold=reference, resampling=resampling)
    if isinstance(what, list | tuple):
        found = predictions.check(what, reference, lenient=lenient)
        return scoring.score(found, chosen, gold=reference, resampling=resampling)
    with tempfile.TemporaryDirectory() as folder:
        ran = run(registry.resolve(what), reference, Path(folder) / "run.jsonl")
    return scoring.score(
        ran.predictions, chosen, gold=reference, system=ran.system, resampling=resampling
    )


def compare(
    *results: Result,
    metrics: Sequence[str] = (),
    against: str | None = None,
    test: Test = "randomisation",
    resampling: Resampling | None = None,
) -> Compared:
    """Test whether systems differ, as ``vinee compare`` does.

    Args:
        results: Two or more results of one task, as `score` gives them.
        metrics: Names of metrics that all results have; all of these if not given.
        against: Name of the system that the others are compared with; every pair if not given.
        test: ``randomisation`` or ``bootstrap``.
        resampling: Draws, seed, level and method of the interval.

    Returns:
        Differences, intervals and p values; `Compared.to_pandas` gives a table.

    Raises:
        InvalidError: The results may not be compared; the message names what differs.
        UnknownNameError: No result has such a metric or system.
    """
    return compare_results(
        results, metrics=metrics, against=against, test=test, resampling=resampling
    )


def _gold(gold: Sequence[Document] | Path | str | None) -> tuple[Document, ...]:
    if gold is None:
        return our_gold.documents()
    given = our_gold.documents(gold) if isinstance(gold, str | Path) else gold
    return checked(given)


def _is_path(text: str) -> bool:
    """Tell a path from the name of an extractor: it exists, or looks like a file's name."""
    return (
        text.endswith((".json", ".jsonl"))
        or any(mark in text for mark in "/\\")
        or (text not in {entry.name for entry in registry.available()} and Path(text).exists())
    )
