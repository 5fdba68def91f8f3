"""Mentions as sets of typed character spans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from vinee.metrics.mentions import VIEW_PARAMETERS, MentionMetric
from vinee.metrics.naming import Family
from vinee.metrics.sets import Item, count_sets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.metrics.counts import Counts
    from vinee.metrics.units import Unit
    from vinee.model import Document

_POLICY = {"unit": "char", "match": "strict", "nested": "allowed", "duplicates": "collapse"}
_ANY = "span"


@dataclass(frozen=True, repr=False)
class _SpanMatch(MentionMetric):
    """Mentions as sets of spans; a subclass says whether their labels are compared."""

    labelled: ClassVar[bool]

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        label = "compared" if self.labelled else "ignored"
        return {**self.view.identity, **_POLICY, "label": label}

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Counts:
        """Count spans per unit and label."""
        labels = self.view.labels if self.labelled else (_ANY,)
        return count_sets(self, gold, predicted, self._items, labels, unit=unit)

    def _items(self, document: Document) -> Iterator[Item]:
        for start, end, label in self.view(document):
            yield Item(label if self.labelled else _ANY, start, end)


class NerStrict(_SpanMatch):
    """A predicted mention is correct when start, end and label all equal a gold mention's.

    This is the exact match of CoNLL-2003 (Tjong Kim Sang and De Meulder 2003), on code points
    instead of tokens, so that it needs no tokenisation and takes nested mentions. Mentions are
    sets: an equal one given twice counts once, on either side.

    Attributes:
        view: Projects a document's mentions onto typed spans.
    """

    family = Family("ner.strict", VIEW_PARAMETERS)
    labelled = True


class Boundary(_SpanMatch):
    """A predicted mention is correct when start and end equal a gold mention's, whatever its label.

    Beside `NerStrict` it tells errors of span from errors of type. Two mentions of one span
    collapse into one, also when their labels differ. The only label is ``span``.

    Attributes:
        view: Projects a document's mentions onto typed spans.
    """

    family = Family("boundary", VIEW_PARAMETERS)
    labelled = False
