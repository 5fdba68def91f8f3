"""Mentions by their boundaries alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.metrics.matching import equal_bounds
from vinee.metrics.mentions import VIEW_PARAMETERS
from vinee.metrics.naming import Family
from vinee.metrics.spans.metric import CountedPairs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.metrics.spans.counting import Spanned, SpannedPair


class NerExact(CountedPairs):
    """A predicted mention is correct when it is paired with a gold one of equal boundaries.

    Labels are not compared, but unlike in `vinee.metrics.ner.Boundary` two labels on one span
    are two mentions, each of which can be found. Mentions are sets: one that equals another in
    span and label counts once, on either side. The only label is ``span``.

    Source: the exact boundary match of SemEval-2013 task 9.1 (Segura-Bedmar et al. 2013,
    "SemEval-2013 Task 9: Extraction of Drug-Drug Interactions from Biomedical Texts").

    Attributes:
        view: Projects a document's mentions onto typed spans.
    """

    family = Family("ner.exact", VIEW_PARAMETERS)
    labelled = False
    match = "boundaries"

    def choose(self, gold: Iterable[Spanned], predicted: Iterable[Spanned]) -> list[SpannedPair]:
        """Pair mentions of equal boundaries."""
        return equal_bounds(gold, predicted)
