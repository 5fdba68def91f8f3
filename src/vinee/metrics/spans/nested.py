"""Mentions that a flat system cannot have, because they lie in each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from vinee.metrics.mentions import VIEW_PARAMETERS, MentionMetric
from vinee.metrics.naming import Family
from vinee.metrics.sets import Item, count_sets
from vinee.metrics.spans.metric import settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vinee.metrics.counts import Counts
    from vinee.metrics.units import Unit
    from vinee.model import Document

    TypedSpan = tuple[int, int, str]


@dataclass(frozen=True, repr=False)
class NerNested(MentionMetric):
    """A predicted nested mention is correct when start, end and label equal a nested gold one's.

    A mention is nested if it lies in another of its own side or holds another; two of one span
    with different labels lie in each other, as tags cannot have both. All other mentions are
    left out on their side, so that a system that never nests has a recall of 0. Whether a
    predicted mention takes part depends on what else was predicted: without the mention around
    it, a nested one is not found. Mentions that only cross are not nested. A view of the
    outermost mentions is widened to all. Mentions are sets: an equal one given twice counts
    once, on either side, and is not nested in itself.

    Source: the exact match of CoNLL-2003 (Tjong Kim Sang and De Meulder 2003) on the mentions
    that nested NER adds (Finkel and Manning 2009, "Nested Named Entity Recognition").

    Attributes:
        view: Projects a document's mentions onto typed spans.
    """

    family: ClassVar[Family] = Family(
        "ner.nested",
        {key: each for key, each in VIEW_PARAMETERS.items() if key != "nesting"},
    )

    def __post_init__(self) -> None:
        """Look at all mentions, whatever the task says."""
        object.__setattr__(self, "view", settled(self.view, nesting="all"))

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        return {
            **self.view.identity,
            "unit": "char",
            "match": "strict",
            "nested": "only",
            "duplicates": "collapse",
            "label": "compared",
        }

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Counts:
        """Count nested mentions per unit and label.

        Raises:
            InvalidError: The documents cannot be paired, or gold cannot be divided into units.
        """
        return count_sets(self, gold, predicted, self._items, self.view.labels, unit=unit)

    def _items(self, document: Document) -> Iterator[Item]:
        for start, end, label in nested(self.view(document)):
            yield Item(label, start, end)


def nested(spans: Iterable[TypedSpan]) -> set[TypedSpan]:
    """Keep the spans that lie in another one or hold another one."""
    # Whatever a span lies in comes before it, and whatever it holds comes after it.
    ordered = sorted(set(spans), key=lambda span: (span[0], -span[1], span[2]))
    found = set()
    furthest = -1
    for span in ordered:
        if span[1] <= furthest:
            found.add(span)
        furthest = max(furthest, span[1])
    nearest = furthest + 1
    for span in reversed(ordered):
        if span[1] >= nearest:
            found.add(span)
        nearest = min(nearest, span[1])
    return found
