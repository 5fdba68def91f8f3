"""The strict match of mentions, counted while the predictions are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vinee.bench.streaming import lines, plain
from vinee.bench.streaming.doubtful import Doubtful
from vinee.bench.streaming.lines import USUAL_LEVEL, UsualDocument
from vinee.bench.streaming.matching import Matching, Waiting
from vinee.bench.streaming.table import Table, together
from vinee.errors import InputError
from vinee.model import Document

if TYPE_CHECKING:
    from pathlib import Path

    from vinee.bench.streaming.plain import Coded
    from vinee.bench.streaming.reference import Reference
    from vinee.corpus.findings import Finding
    from vinee.corpus.views import EntityView
    from vinee.metrics.counts import Counts


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
    for number, item in lines.documents(path, reference.known, reference.texts):
        counting.take(number, item)
    return counting.finish()


class _Counting:
    """What is known so far."""

    def __init__(self, path: Path, reference: Reference, view: EntityView) -> None:
        self._reference = reference
        self._view = view
        self._usual_counts = USUAL_LEVEL in view.levels
        scored = reference.table.documents
        self._correct, self._predicted = (Table(scored, reference.labels) for _ in range(2))
        self._matching = Matching(reference, self._correct, self._predicted)
        self._doubtful = Doubtful(path, reference.gold, reference.labels_of)
        self._counted: set[str] = set()

    def take(self, number: int, item: UsualDocument | Document | InputError) -> None:
        """Count what a line holds, or let it wait."""
        if isinstance(item, UsualDocument):
            if self._usual_counts and self._waits(number, item):
                return
            item = item.whole()
        if isinstance(item, Document) and self._counts(item):
            return
        self._settle_matching()  # earlier lines are told of first
        if isinstance(item, InputError):
            self._doubtful.add_error(item)
        else:
            self._doubtful.add(number, item, repeats=item.doc_id in self._counted)
        if self._doubtful.is_full:
            self._settle()

    def finish(self) -> Counted:
        """Count what waits, and put it all together."""
        self._settle_matching()
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

    def _gold_of(self, item: UsualDocument | Document) -> Document | None:
        """Return the gold document, if this is the first for it, and its text is the same."""
        gold = self._reference.document.get(item.doc_id)
        if gold is None or item.doc_id in self._counted or self._doubtful.waits(item.doc_id):
            return None
        return gold if item.text is None or item.text == (gold.text or "") else None

    def _waits(self, number: int, item: UsualDocument) -> bool:
        """Let a document wait to be counted with others, if it seems to be fit to be scored."""
        gold = self._gold_of(item)
        if gold is None or not plain.covers(item, gold.text or ""):
            return False
        length = len(gold.text or "")
        if not self._matching.fits(length):
            self._settle_matching()
            if not self._matching.fits(length):
                return False
        self._counted.add(item.doc_id)
        row = self._reference.table.row(item.doc_id)
        self._matching.add(Waiting(number, item, row, length))
        if self._matching.is_full:
            self._settle_matching()
        return True

    def _counts(self, item: Document) -> bool:
        """Count a document if it is plainly fit to be scored, and tell whether it is."""
        reference = self._reference
        gold = self._gold_of(item)
        if gold is None:
            return False
        predicted = plain.spans(item, gold.text or "", reference.known, reference.levels)
        if predicted is None:
            return False
        self._counted.add(item.doc_id)
        self._count(gold, predicted)
        return True

    def _count(self, gold: Document, predicted: set[Coded]) -> None:
        row = self._reference.table.row(gold.doc_id)
        if row is not None:
            correct = predicted & self._reference.spans(gold)
            self._predicted.add_document(row, [code for _, _, code in predicted])
            self._correct.add_document(row, [code for _, _, code in correct])

    def _settle_matching(self) -> None:
        """Count what waits together; what turns out to be wrong waits to be checked."""
        for line, document, *_ in self._matching.settle():
            self._counted.remove(document.doc_id)
            self._doubtful.add(line, document.whole(), repeats=False)

    def _settle(self) -> None:
        reference = self._reference
        for document in self._doubtful.settle():
            spans = self._view(document)
            coded = {(start, end, reference.code_of[label]) for start, end, label in spans}
            self._counted.add(document.doc_id)
            self._count(reference.document[document.doc_id], coded)
