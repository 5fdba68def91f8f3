"""The strict match of mentions, counted while the predictions are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vinee.bench.streaming import lines, plain
from vinee.bench.streaming.doubtful import Doubtful
from vinee.bench.streaming.lines import USUAL_LEVEL, UsualDocument
from vinee.bench.streaming.plain import Found
from vinee.bench.streaming.table import Table, together
from vinee.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from vinee.bench.streaming.plain import Coded
    from vinee.bench.streaming.reference import Reference
    from vinee.corpus.findings import Finding
    from vinee.corpus.views import EntityView
    from vinee.metrics.counts import Counts
    from vinee.model import Document


class Counted(NamedTuple):
    """Counts by document, what was left out, and the ids of the predicted documents."""

    counts: Counts
    findings: tuple[Finding, ...]
    predicted: frozenset[str]


def count(path: Path, reference: Reference, view: EntityView) -> Counted:
    """Count the mentions of a file of JSON Lines by span and fine label.

    Args:
        path: The file.
        reference: The gold.
        view: The metric's view: of all mentions, nested ones too, by bare span and fine label.

    Raises:
        OSError: The file cannot be read.
    """
    counting = _Counting(path, reference, view)
    for number, item in lines.documents(path):
        counting.take(number, item)
    return counting.finish()


class _Counting:
    """What is known so far."""

    def __init__(self, path: Path, reference: Reference, view: EntityView) -> None:
        self._reference = reference
        self._view = view
        self._usual_counts = USUAL_LEVEL in view.levels
        scored = reference.table.documents
        self._scored = frozenset(scored)
        self._correct, self._predicted = (Table(scored, reference.labels) for _ in range(2))
        self._doubtful = Doubtful(path, reference.gold, reference.labels_of)
        self._counted: set[str] = set()

    def take(self, number: int, item: UsualDocument | Document | InputError) -> None:
        """Count what a line holds, or let it wait."""
        if isinstance(item, InputError):
            self._doubtful.add_error(item)
        else:
            repeats = item.doc_id in self._counted
            found = None if repeats else self._plain(item)
            if found is None:
                document = item.whole() if isinstance(item, UsualDocument) else item
                self._doubtful.add(number, document, repeats=repeats)
            else:
                self._count(item.doc_id, found)
        if self._doubtful.is_full:
            self._settle()

    def finish(self) -> Counted:
        """Count what waits, and put it all together."""
        self._settle()
        reference = self._reference
        counts = together(
            reference.metric.name,
            self._correct,
            self._predicted,
            reference.table,
            self._view.labels,
        )
        return Counted(counts, tuple(self._doubtful.findings), frozenset(self._counted))

    def _plain(self, item: UsualDocument | Document) -> Found | None:
        """Sort the mentions of a document if it is plainly fit to be scored."""
        reference = self._reference
        gold = reference.document.get(item.doc_id)
        if gold is None or self._doubtful.waits(item.doc_id):
            return None
        text = gold.text or ""
        if item.text is not None and item.text != text:
            return None
        if isinstance(item, UsualDocument):
            if self._usual_counts:
                wanted = reference.fit_spans(gold.doc_id)
                return plain.usual(item, text, reference.known, wanted)
            item = item.whole()
        predicted = plain.spans(item, text, reference.known, reference.levels)
        return None if predicted is None else self._sorted(predicted, gold)

    def _sorted(self, predicted: set[Coded], gold: Document) -> Found:
        correct = predicted & self._reference.spans(gold)
        return Found([code for _, _, code in correct], [code for _, _, code in predicted])

    def _count(self, doc_id: str, found: Found) -> None:
        self._counted.add(doc_id)
        if doc_id in self._scored:
            self._correct.add(doc_id, found.correct)
            self._predicted.add(doc_id, found.predicted)

    def _settle(self) -> None:
        reference = self._reference
        for document in self._doubtful.settle():
            spans = self._view(document)
            coded = {(start, end, reference.code_of[label]) for start, end, label in spans}
            gold = reference.document[document.doc_id]
            self._count(document.doc_id, self._sorted(coded, gold))
