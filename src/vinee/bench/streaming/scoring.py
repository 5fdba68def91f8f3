"""From a file of predictions to counts, by the way that is fit for the file and the metric."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.bench.streaming import strict
from vinee.corpus import predictions
from vinee.corpus.foreign.opening import NATIVE
from vinee.corpus.predictions import PredictionError
from vinee.errors import InputError
from vinee.formats import archive
from vinee.formats.detect import detect

if TYPE_CHECKING:
    from pathlib import Path

    from vinee.bench.streaming.reference import Reference
    from vinee.corpus.findings import Finding
    from vinee.metrics.tally import Tally


@dataclass(frozen=True, slots=True)
class Streamed:
    """What a file of predictions counts for.

    Attributes:
        tally: The metric's counts.
        findings: What was left out.
        predicted: Ids of the documents that took part, ascending.
    """

    tally: Tally
    findings: tuple[Finding, ...]
    predicted: tuple[str, ...]


def counts(
    path: Path,
    reference: Reference,
    *,
    lenient: bool = False,
    format: str | None = None,  # noqa: A002 -- what the command line calls it
) -> Streamed:
    """Read predictions, check them, and count them by document.

    It gives what `vinee.corpus.predictions.read` and then the metric give. Where `streams` says
    so, each line is forgotten once it is counted: memory is that of the gold, of the counts, and
    of what is wrong, whatever the length of the file.

    Args:
        path: A file or a folder.
        reference: Gold, metric and labels.
        lenient: Leave out and count what is wrong, instead of raising.
        format: Name of a format; it is detected if not given.

    Raises:
        InputError: See `vinee.corpus.predictions.read`.
    """
    if streams(path, reference, format):
        found = _streamed(path, reference)
        if found is not None:
            if found.findings and not lenient:
                raise PredictionError(found.findings)
            return found
    read = predictions.read(
        path, reference.gold, lenient=lenient, format=format, labels_of=reference.labels_of
    )
    tally = reference.metric.counts(reference.gold, read.documents)
    return Streamed(tally, read.findings, tuple(sorted(each.doc_id for each in read.documents)))


def streams(path: Path, reference: Reference, format: str | None = None) -> bool:  # noqa: A002 -- as above
    """Tell whether predictions are counted as they are read.

    They are if the file is JSON Lines, and the metric `NerStrict` of all mentions, nested ones
    too, by their bare spans and fine labels, as in the task ``ner_fine``.
    """
    if reference.view is None or path.suffix == ".json" or not path.is_file():
        return False
    if archive.kind_of(path) is not None:
        return False
    try:
        return (detect(path).format if format is None else format) == NATIVE
    except InputError:
        return False


def _streamed(path: Path, reference: Reference) -> Streamed | None:
    """Count line by line; None where the ordinary way has to say what is wrong with the file."""
    if reference.view is None:
        return None
    try:
        found = strict.count(path, reference, reference.view)
    except OSError:
        return None
    if not (found.predicted or found.findings):
        return None
    return Streamed(found.counts, found.findings, tuple(sorted(found.predicted)))
