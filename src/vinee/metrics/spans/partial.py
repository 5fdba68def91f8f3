"""Mentions that are found in part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.metrics.matching import equal_bounds, overlapping
from vinee.metrics.mentions import VIEW_PARAMETERS
from vinee.metrics.naming import Family
from vinee.metrics.pairing import credit_pairs
from vinee.metrics.spans.counting import comparing
from vinee.metrics.spans.metric import PairedMentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vinee.metrics.credits import Credits
    from vinee.metrics.spans.counting import Spanned, SpannedPair
    from vinee.metrics.units import Unit
    from vinee.model import Document


class NerPartial(PairedMentions):
    """A predicted mention that overlaps a gold one is half correct, with its boundaries wholly.

    Mentions are paired one-to-one so that the credit is as large as can be. Labels are not
    compared, but two labels on one span are two mentions. Spans that only touch do not overlap.
    Mentions are sets: one that equals another in span and label counts once, on either side.
    The only label is ``span``.

    Source: the partial boundary match of SemEval-2013 task 9.1 (Segura-Bedmar et al. 2013,
    "SemEval-2013 Task 9: Extraction of Drug-Drug Interactions from Biomedical Texts"), where
    half of a partial match counts, as in MUC-5 (Chinchor and Sundheim 1993).

    Attributes:
        view: Projects a document's mentions onto typed spans.
    """

    family = Family("ner.partial", VIEW_PARAMETERS)
    labelled = False
    match = "overlap"

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        return {**super().parameters, "credit": "1/2"}

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Credits:
        """Count mentions per unit; a pair belongs to the unit of its gold mention.

        Raises:
            InvalidError: The documents cannot be paired, or gold cannot be divided into units.
        """
        compare = comparing(self.items, self.choose, _halves)
        return credit_pairs(self, gold, predicted, compare, self.columns, whole=2, unit=unit)

    def choose(self, gold: Iterable[Spanned], predicted: Iterable[Spanned]) -> list[SpannedPair]:
        """Pair mentions of equal boundaries, then of the others as many as overlap.

        No other pairing has more credit: two mentions of equal boundaries that are kept apart
        can give half a credit each at most, and together give one.
        """
        equal = equal_bounds(gold, predicted)
        wanted, given = dict.fromkeys(gold), dict.fromkeys(predicted)
        for one, other in equal:
            del wanted[one], given[other]
        return equal + overlapping(wanted, given)


def _halves(one: Spanned, other: Spanned) -> int:
    return 2 if one[:2] == other[:2] else 1
