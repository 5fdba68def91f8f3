"""Gold made ready once, to count any number of prediction files against."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from vinee.bench.streaming.table import Table
from vinee.corpus.foreign.labels import OwnView, label_set
from vinee.corpus.views import EntityView
from vinee.metrics.base import pair
from vinee.metrics.ner import NerStrict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from vinee.bench.streaming.plain import Coded
    from vinee.metrics.base import Metric
    from vinee.model import Document
    from vinee.ontology import Ontology


class Reference:
    """Gold, a metric, and the labels that predictions may use.

    Attributes:
        gold: The gold documents.
        metric: What is counted.
        labels_of: The labels.
        view: The metric's view, if mentions can be counted while predictions are read.
    """

    def __init__(
        self, gold: Sequence[Document], metric: Metric, labels_of: Ontology | None = None
    ) -> None:
        """Make the gold ready.

        Args:
            gold: The gold, which was checked.
            metric: What is counted.
            labels_of: The labels that predictions may use; if not given ours, or the gold's own
                if it uses others.

        Raises:
            InvalidError: The gold holds a document twice.
        """
        self.gold = tuple(gold)
        self.metric = metric
        self.labels_of = label_set(gold) if labels_of is None else labels_of
        self.view = _fast_view(metric)
        self.document = {document.doc_id: document for document in self.gold}
        if len(self.document) < len(self.gold):
            pair(self.gold, (), metric.layer)  # names the document

    @cached_property
    def texts(self) -> dict[str, str]:
        """The text of each document."""
        return {document.doc_id: document.text or "" for document in self.gold}

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The labels that gold uses or predictions may use, ascending; a code is a place here."""
        used = {mention.type for document in self.gold for mention in document.mentions or ()}
        return tuple(sorted({*self._known, *used}))

    @cached_property
    def code_of(self) -> dict[str, int]:
        """The code of each label."""
        return {label: code for code, label in enumerate(self.labels)}

    @cached_property
    def known(self) -> dict[str, int]:
        """The codes of the labels that predictions may use."""
        return {label: self.code_of[label] for label in self._known}

    @cached_property
    def levels(self) -> frozenset[str]:
        """Levels of mentions that are counted."""
        return frozenset(self.view.levels if self.view else ())

    @cached_property
    def table(self) -> Table:
        """Numbers of the gold mentions that are counted, by document and label."""
        scored = [each for each in self.gold if each.mentions is not None]
        table = Table((each.doc_id for each in scored), self.labels)
        for document in scored:
            row = table.row(document.doc_id)
            if row is not None:
                table.add_document(row, [code for _, _, code in self.spans(document)])
        return table

    @cached_property
    def _fit(self) -> tuple[npt.NDArray[np.int64], dict[str, slice]]:
        """What `fit_spans` gives, of all documents, and where each document's are."""
        found: list[Coded] = []
        places = {}
        for document in self.gold:
            length = len(document.text or "")
            first = len(found)
            found += (
                (each.start, each.end, self.known[each.type])
                for each in document.mentions or ()
                if 0 <= each.start < each.end <= length
                and each.type in self.known
                and each.level in self.levels
            )
            places[document.doc_id] = slice(first, len(found))
        return np.array(found, dtype=np.int64).reshape(-1, 3).T.copy(), places

    def fit_spans(self, doc_ids: Iterable[str]) -> tuple[npt.NDArray[np.int64], list[int]]:
        """Return those spans of documents that a prediction may have, too.

        Returns:
            Starts, ends, and codes of labels, shape ``[3, spans]``; and how many each document
            has, in the order that was asked for.
        """
        spans, places = self._fit
        slices = [places[doc_id] for doc_id in doc_ids]
        sizes = [each.stop - each.start for each in slices]
        return np.concatenate([spans[:, each] for each in slices], axis=1), sizes

    def spans(self, document: Document) -> set[Coded]:
        """Return start, end and code of the label of each mention that is counted."""
        code_of, levels = self.code_of, self.levels
        return {
            (each.start, each.end, code_of[each.type])
            for each in document.mentions or ()
            if each.level in levels
        }

    @property
    def _known(self) -> set[str]:
        return {*self.labels_of.fine_labels, *self.labels_of.coarse_labels}


def _fast_view(metric: Metric) -> EntityView | None:
    # No subclasses: what they override is not known here.
    if not isinstance(metric, NerStrict) or type(metric) is not NerStrict:
        return None
    view = metric.view
    if not isinstance(view, EntityView) or type(view) not in {EntityView, OwnView}:
        return None
    fast = view.scheme == "fine" and view.nesting == "all" and view.span == "bare"
    return view if fast else None
