"""Mentions by their labels, wherever they overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.metrics.matching import overlapping_alike
from vinee.metrics.mentions import VIEW_PARAMETERS
from vinee.metrics.naming import Family
from vinee.metrics.spans.metric import CountedPairs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.metrics.spans.counting import Spanned, SpannedPair


class NerType(CountedPairs):
    """A predicted mention is correct when it is paired with a gold one of its label it overlaps.

    Mentions are paired one-to-one, as many as can be. Spans that only touch do not overlap.
    Mentions are sets: one that equals another in span and label counts once, on either side.

    Source: the type match of SemEval-2013 task 9.1 (Segura-Bedmar et al. 2013, "SemEval-2013
    Task 9: Extraction of Drug-Drug Interactions from Biomedical Texts").

    Attributes:
        view: Projects a document's mentions onto typed spans.
    """

    family = Family("ner.type", VIEW_PARAMETERS)
    labelled = True
    match = "overlap"

    def choose(self, gold: Iterable[Spanned], predicted: Iterable[Spanned]) -> list[SpannedPair]:
        """Pair mentions of one label that overlap."""
        return overlapping_alike(gold, predicted)
