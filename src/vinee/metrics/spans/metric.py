"""What the metrics of paired mentions share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from vinee.metrics.mentions import MentionMetric
from vinee.metrics.pairing import count_pairs
from vinee.metrics.spans.counting import Spanned, comparing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vinee.metrics.base import SpanView
    from vinee.metrics.counts import Counts
    from vinee.metrics.spans.counting import SpannedPair
    from vinee.metrics.units import Unit
    from vinee.model import Document

_ANY = "span"


def settled(view: SpanView, **settings: str) -> SpanView:
    """Return the view with these settings, itself if it has them or knows nothing of them."""
    seen = view.identity
    altered = any(seen.get(key, value) != value for key, value in settings.items())
    return view.altered(**settings) if altered else view


@dataclass(frozen=True, repr=False)
class PairedMentions(MentionMetric):
    """Mentions paired one-to-one; a subclass says how, and whether their labels are compared."""

    labelled: ClassVar[bool]
    match: ClassVar[str]

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        return {
            **self.view.identity,
            "unit": "char",
            "match": self.match,
            **self.chosen,
            "pairing": "one-to-one",
            "nested": "allowed",
            "duplicates": "collapse",
            "label": "compared" if self.labelled else "ignored",
        }

    @property
    def columns(self) -> tuple[str, ...]:
        """Labels that are reported even where they do not occur."""
        return self.view.labels if self.labelled else (_ANY,)

    def items(self, document: Document) -> Iterator[Spanned]:
        """Find a document's items; a label that is not compared still tells two of them apart."""
        for start, end, label in self.view(document):
            if self.labelled:
                yield Spanned(start, end, label)
            else:
                yield Spanned(start, end, _ANY, label)

    def choose(self, gold: Iterable[Spanned], predicted: Iterable[Spanned]) -> list[SpannedPair]:
        """Pair a document's items."""
        raise NotImplementedError


@dataclass(frozen=True, repr=False)
class CountedPairs(PairedMentions):
    """Paired mentions, each pair wholly correct."""

    apart: ClassVar[bool] = True  # whether only mentions are paired that overlap or are equal

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Counts:
        """Count mentions per unit and label; a pair belongs to the unit of its gold mention.

        Raises:
            InvalidError: The documents cannot be paired, or gold cannot be divided into units.
        """
        compare = comparing(self.items, self.choose, apart=self.apart)
        return count_pairs(self, gold, predicted, compare, self.columns, unit=unit)
