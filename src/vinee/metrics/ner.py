"""Entity mentions as typed character spans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from vinee.metrics.sets import count_sets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.metrics.base import Layer, SpanView
    from vinee.metrics.counts import Counts
    from vinee.model import Document

_POLICY = {"unit": "char", "match": "strict", "nested": "allowed", "duplicates": "collapse"}
_ANY = "span"


@dataclass(frozen=True, repr=False)
class _SpanMatch:
    """Mentions as sets of spans; a subclass says whether their labels are compared."""

    view: SpanView
    name: ClassVar[str]
    labelled: ClassVar[bool]
    layer: ClassVar[Layer] = "mentions"

    def __repr__(self) -> str:
        return self.name

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        label = "compared" if self.labelled else "ignored"
        return {**self.view.identity, **_POLICY, "label": label}

    def counts(self, gold: Sequence[Document], predicted: Sequence[Document]) -> Counts:
        """Count spans per document and label."""
        labels = self.view.labels if self.labelled else (_ANY,)
        return count_sets(self, gold, predicted, self._items, labels)

    def _items(self, document: Document) -> list[tuple[str, tuple[int, int]]]:
        return [
            (label if self.labelled else _ANY, (start, end))
            for start, end, label in self.view(document)
        ]


class NerStrict(_SpanMatch):
    """A predicted mention is correct when start, end and label all equal a gold mention's.

    This is the exact match of CoNLL-2003 (Tjong Kim Sang and De Meulder 2003), on code points
    instead of tokens, so that it needs no tokenisation and takes nested mentions. Mentions are
    sets: an equal one given twice counts once, on either side.

    Attributes:
        view: Projects a document's mentions onto typed spans.
    """

    name = "ner.strict"
    labelled = True


class Boundary(_SpanMatch):
    """A predicted mention is correct when start and end equal a gold mention's, whatever its label.

    Beside `NerStrict` it tells errors of span from errors of type. Two mentions of one span
    collapse into one, also when their labels differ. The only label is ``span``.

    Attributes:
        view: Projects a document's mentions onto typed spans.
    """

    name = "boundary"
    labelled = False
