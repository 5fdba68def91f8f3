"""Scoring from Python in one call, whatever there is to score."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from vinee.bench import scoring
from vinee.bench.reference import checked
from vinee.bench.run import run
from vinee.corpus import gold as our_gold
from vinee.corpus import predictions
from vinee.extractors import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vinee.bench.result import Result
    from vinee.extractors import Extractor
    from vinee.model import Document


def score(
    what: Path | str | list[Document] | tuple[Document, ...] | Extractor | Callable[[str], object],
    task: str = "ner",
    *,
    gold: Sequence[Document] | Path | str | None = None,
    lenient: bool = False,
) -> Result:
    """Score predictions or an extractor on a task.

    Args:
        what: A path to predictions; predicted documents; an extractor; a callable that takes a
            text and gives ``(start, end, label)``, half-open, in code points; or the name of an
            extractor that `vinee extractors` lists, or ``module:object``.
        task: ``ner``, ``ner_fine`` or ``events``.
        gold: Gold documents, or a path to them; ours if not given.
        lenient: Leave out and count what is wrong in predictions, instead of raising.

    Returns:
        Scores, intervals, counts and signatures; `Result.to_pandas` gives a table.

    Raises:
        InputError: The predictions are not fit to be scored.
        ExtractorError: The extractor failed.
        UnknownNameError: There is no such task or extractor.
    """
    reference = _gold(gold)
    if isinstance(what, Path) or (isinstance(what, str) and _is_path(what)):
        read = predictions.read(Path(what), reference, lenient=lenient)
        return scoring.score(read, task, gold=reference)
    if isinstance(what, list | tuple):
        found = predictions.check(what, reference, lenient=lenient)
        return scoring.score(found, task, gold=reference)
    with tempfile.TemporaryDirectory() as folder:
        ran = run(registry.resolve(what), reference, Path(folder) / "run.jsonl")
    return scoring.score(ran.predictions, task, gold=reference, system=ran.system)


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
