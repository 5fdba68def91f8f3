"""What ran earlier: results that stand beside those of a bench without a new run.

A system that is large, slow or needs another language is run once, and its predictions are kept.
A bench lists it again: as it was scored, or scored anew if the gold or the program has changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vinee import __version__
from vinee.bench import result as results_file
from vinee.bench import scoring
from vinee.bench.file_names import file_name
from vinee.bench.run import LEAVE_ONE_OUT
from vinee.corpus import predictions as prediction_files
from vinee.corpus.gold import content_hash
from vinee.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from vinee.bench.result import Result
    from vinee.corpus.predictions import Predictions
    from vinee.model import Document


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a folder holds of systems that did not run now.

    Attributes:
        results: Of each system and task of which there was one, on the gold that was asked for.
        anew: Those of them that were scored anew.
        predictions: What they are scores of, by system, where it is there and fits the gold.
        left_out: What is in none of these, by system and task or by file, and why.
    """

    results: list[Result] = field(default_factory=list)
    anew: list[Result] = field(default_factory=list)
    predictions: dict[str, tuple[Document, ...]] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)


def gather(out: Path, gold: Sequence[Document], ran: Collection[str]) -> Earlier:
    """Collect the results of systems that ran earlier.

    A result of this gold and this version of the program is taken as it is stored; another is
    made anew from the stored predictions, unless the system learnt from another gold.

    Args:
        out: Holds ``results/`` and ``predictions/``, as `vinee bench` and `vinee run` write them.
        gold: The gold.
        ran: Names of systems that ran now, whose files are not read.
    """
    earlier = Earlier()
    digest = content_hash(gold)
    known: dict[str, Predictions | str] = {}
    for path in sorted((out / "results").glob("*.json")):
        try:
            stored = results_file.read(path)
        except InputError as error:
            earlier.left_out[path.name] = str(error)
            continue
        name = stored.system.name
        if name in ran:
            continue
        if name not in known:
            known[name] = _predictions(out / "predictions" / f"{file_name(name)}.jsonl", gold)
        _add(earlier, stored, known[name], gold, digest)
    return earlier


def _add(
    earlier: Earlier,
    stored: Result,
    predicted: Predictions | str,
    gold: Sequence[Document],
    digest: str,
) -> None:
    """Take a stored result over, or make it anew, or say why it is neither."""
    name = stored.system.name
    current = _is_current(stored, digest)
    made = stored if current else _anew(stored, predicted, gold, digest)
    if isinstance(made, str):
        earlier.left_out[f"{name}, {stored.task}"] = made
        return
    earlier.results.append(made)
    if not current:
        earlier.anew.append(made)
    if not isinstance(predicted, str):
        earlier.predictions[name] = predicted.documents


def _predictions(path: Path, gold: Sequence[Document]) -> Predictions | str:
    """Read stored predictions, or say why they cannot be had."""
    if not path.is_file():
        return f"there are no predictions {path}"
    try:
        return prediction_files.read(path, gold)
    except InputError as error:
        return f"its predictions do not fit the gold: {error}"


def _is_current(stored: Result, digest: str) -> bool:
    """Tell whether scoring now would give a result that may stand beside new ones."""
    versions = {
        dict(each.all.signature.parse().fields).get("version", __version__)
        for each in stored.metrics
    }
    return stored.corpus.hash == digest and versions <= {__version__}


def _anew(
    stored: Result, predicted: Predictions | str, gold: Sequence[Document], digest: str
) -> Result | str:
    stale = "its result is of another gold or program"
    if isinstance(predicted, str):
        return f"{stale}, and {predicted}; run it again"
    given = {document.doc_id for document in predicted.documents}
    if lacking := sorted({document.doc_id for document in gold} - given):
        return f"it never ran on {lacking[0]!r} ({len(lacking)} such); run it again"
    is_fitted = stored.system.trained_on.startswith(LEAVE_ONE_OUT)
    if is_fitted and stored.corpus.hash != digest:
        return "it learnt from another gold; run it again"
    try:
        return scoring.score(predicted, stored.task, gold=gold, system=stored.system)
    except UnknownNameError as error:
        return f"{stale}, and {error}"
