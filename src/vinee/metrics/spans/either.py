"""Mentions that are right with their title or without it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace

from vinee.metrics.matching import heaviest
from vinee.metrics.mentions import VIEW_PARAMETERS
from vinee.metrics.naming import Family
from vinee.metrics.spans.counting import Spanned
from vinee.metrics.spans.metric import CountedPairs, settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vinee.metrics.spans.counting import SpannedPair
    from vinee.model import Document


@dataclass(frozen=True, repr=False)
class NerEither(CountedPairs):
    """A predicted mention is correct when it is a gold mention's bare span or its extent.

    The predicted bare span is compared with both, ``Vladimir Putin`` and ``Tổng thống Nga
    Vladimir Putin``; what is predicted as an extent is not looked at. Labels must be equal.
    Mentions are paired one-to-one, as many as can be: with both spans predicted, one is wrong.
    Mentions are sets: one that equals another in bare span and label counts once, on either
    side, and all their extents are accepted. Exchanging the sides does not exchange precision
    and recall, as it is gold's extents that count.

    Corpora differ in whether titles belong to a name: VLSP and PhoNER leave them out, BKEE takes
    them in. This match is ours; it asks of a system of either custom nothing that it cannot give.

    Attributes:
        view: Projects a document's mentions onto typed spans.
    """

    family: ClassVar[Family] = Family(
        "ner.either", {key: each for key, each in VIEW_PARAMETERS.items() if key != "span"}
    )
    labelled = True
    match = "strict"
    apart = False  # an extent reaches beyond its bare span

    def __post_init__(self) -> None:
        """Look at bare spans, whatever the task says; extents come beside them."""
        object.__setattr__(self, "view", settled(self.view, span="bare"))

    @property
    def parameters(self) -> dict[str, str]:
        """Every choice that changes the counts."""
        return {**super().parameters, "span": "bare+extent"}

    def items(self, document: Document) -> Iterator[Spanned]:
        """Find a document's mentions with their extents."""
        seen = set(self.view(document))
        extents = defaultdict(set)
        for mention in document.mentions or ():
            if mention.extent is not None:
                # The view knows which label a mention has; shown it alone, it says which span.
                for span in self.view(replace(document, mentions=(mention,))):
                    extents[span].add((mention.extent.start, mention.extent.end))
        for span in seen:
            yield Spanned(*span, tuple(sorted(extents.get(span, ()))))

    def choose(self, gold: Iterable[Spanned], predicted: Iterable[Spanned]) -> list[SpannedPair]:
        """Pair mentions of one label; rather those of equal bare spans."""
        return heaviest(gold, predicted, _accepted)


def _accepted(one: Spanned, other: Spanned) -> int:
    spans = ((one.start, one.end), *one.more)
    return int(one.label == other.label and (other.start, other.end) in spans)
