"""Scoring from Python in one call, whatever there is to score."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import structs

from vinee.bench import card, scoring, tasks
from vinee.bench.reference import FitGold, fit
from vinee.bench.result import Result, System
from vinee.bench.run import run
from vinee.bench.significance.versus import compare as compare_results
from vinee.corpus import labelmap, predictions
from vinee.corpus.foreign import ForeignGold, read_gold
from vinee.errors import InvalidError, MalformedError, Where
from vinee.extractors import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vinee.bench.resampling import Resampling
    from vinee.bench.significance.versus import Compared, Test
    from vinee.corpus.labelmap import LabelMap
    from vinee.extractors import Extractor
    from vinee.model import Document


# What these begin names an extractor, also where it goes on like a path.
_PREFIXES = ("cmd:", "gliner:", "http:", "https:", "llm:", "spacy:", "stanza:", "transformers:")


def score(  # noqa: PLR0913 -- what is scored, on what, and how
    what: Path
    | str
    | list[Document]
    | tuple[Document, ...]
    | list[dict[str, Any]]
    | Extractor
    | Callable[[str], object],
    task: str = "ner",
    *,
    gold: Sequence[Document] | Path | str | ForeignGold | None = None,
    lenient: bool = False,
    format: str | None = None,  # noqa: A002 -- what the command line calls it
    labels: LabelMap | Mapping[str, str | None] | None = None,
    metrics: Sequence[str] | str = (),
    resampling: Resampling | None = None,
    system: str | None = None,
) -> Result:
    """Score predictions or an extractor on a task.

    Args:
        what: A path to predictions in any format; predicted documents, or mappings of
            a shape that a file may have; an extractor; a callable
            that takes a text and gives ``(start, end, label)``, half-open, in code points; or the
            name of an extractor that `vinee extractors` lists, ``module:object``, ``cmd:…`` or
            ``http://…``.
        task: ``ner``, ``events``, or another of ``benchmark/tasks.yaml``.
        gold: Gold documents, a path to them in any format, or what `read_gold` gave; ours if not
            given. Labels that are not ours are scored as they are.
        lenient: Leave out and count what is wrong in predictions, instead of raising.
        format: Format of the predictions; it is detected if not given.
        labels: Renames and drops labels of the predictions first; None drops one.
        metrics: Names of metrics to compute instead of the task's own; a str is one name.
        resampling: How intervals are made; by document and percentile if not given.
        system: Name to score under. If not given, predictions of a path have that of the card
            that a run stored beside them, or else of the file; an extractor has its own.

    Returns:
        Scores, intervals, counts and signatures; `Result.to_pandas` gives a table.

    Raises:
        InputError: The gold or the predictions are not fit to be scored.
        ExtractorError: The extractor failed.
        UnknownNameError: There is no such task, metric, format or extractor.
    """
    reference = _gold(gold)
    chosen = tasks.get(task)
    if metrics:
        chosen = chosen.with_metrics(_names(metrics))
    label_map = labelmap.of(labels) if isinstance(labels, Mapping) else labels
    name = None if system is None else card.checked_name(system)
    if isinstance(what, Path) or (isinstance(what, str) and _is_path(what)):
        read = predictions.read(
            Path(what),
            reference.documents,
            lenient=lenient,
            format=format,
            labels=label_map,
            labels_of=reference.labels,
        )
        made_by, read, _ = card.described(Path(what), read, reference.labels, name)
    elif isinstance(what, list | tuple):
        if not what:
            problem = "the list of predictions holds no document; give one for each gold document"
            raise MalformedError("no-documents", Where(), problem)
        read = predictions.check(
            what,
            reference.documents,
            lenient=lenient,
            labels=label_map,
            labels_of=reference.labels,
        )
        made_by = System(name) if name else System()
    else:
        with tempfile.TemporaryDirectory() as folder:
            ran = run(
                registry.resolve(what), reference, Path(folder) / "run.jsonl", labels=label_map
            )
        read, made_by = ran.predictions, structs.replace(ran.system, name=name or ran.system.name)
    return scoring.score(read, chosen, gold=reference, system=made_by, resampling=resampling)


def compare(
    *results: Result,
    metrics: Sequence[str] | str = (),
    against: str | None = None,
    test: Test = "randomisation",
    resampling: Resampling | None = None,
) -> Compared:
    """Test whether systems differ, as ``vinee compare`` does.

    Args:
        results: Two or more results of one task, as `score` gives them; paths are not taken.
        metrics: Names of metrics that all results have; all of these if not given. A str is one.
        against: Name of the system that the others are compared with; every pair if not given.
        test: ``randomisation`` or ``bootstrap``.
        resampling: Draws, seed, level and method of the interval.

    Returns:
        Differences, intervals and p values; `Compared.to_pandas` gives a table.

    Raises:
        InvalidError: The results may not be compared; the message names what differs. Or one is
            no result.
        UnknownNameError: No result has such a metric or system.
    """
    for each in results:
        given: object = each
        if not isinstance(given, Result):
            problem = f"compare takes results (got {given!r}); give it vinee.score({given!r}, TASK)"
            raise InvalidError("no-result", Where(), problem)
    return compare_results(
        results, metrics=_names(metrics), against=against, test=test, resampling=resampling
    )


def _names(metrics: Sequence[str] | str) -> Sequence[str]:
    """Take a single name for what it means: a str is a sequence of letters too."""
    return (metrics,) if isinstance(metrics, str) else metrics


def _gold(gold: Sequence[Document] | Path | str | ForeignGold | None) -> FitGold:
    return fit(read_gold(Path(gold)) if isinstance(gold, str | Path) else gold)


def _is_path(text: str) -> bool:
    """Tell a path from the name of an extractor: it exists, or looks like a file's name."""
    if text.startswith(_PREFIXES):
        return False
    return (
        text.endswith((".json", ".jsonl"))
        or any(mark in text for mark in "/\\")
        or (text not in {entry.name for entry in registry.available()} and Path(text).exists())
    )
