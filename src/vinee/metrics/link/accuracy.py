"""Links of the mentions that were found."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from vinee.metrics.link.links import KB, Scored
from vinee.metrics.link.metric import LEVELS, NILS, LinkMetric
from vinee.metrics.naming import Family
from vinee.metrics.pairing import Compared, Match, count_pairs
from vinee.metrics.sets import Item
from vinee.model import NIL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vinee.metrics.counts import Counts
    from vinee.metrics.units import Unit
    from vinee.model import Document


class LinkAccuracy(LinkMetric):
    """The share of right links among the gold mentions whose span was predicted as a mention.

    What a system given the gold mentions is scored by, and what tells errors of linking from
    those of finding. A gold span that takes part and whose item is known counts once as gold and,
    if the prediction has a mention of that span, linked or not, once as predicted: both under
    ``KB``, or ``NIL`` if that is gold's answer and included. It is correct if both sides give it
    the same item; where a span has several, all of them. Spans that only one side has are not
    counted, so that precision, recall and F1 are all the accuracy. Undefined if no span matched.

    Which mentions take part: `vinee.metrics.link.links.Scored`.

    Source: KB accuracy, NIL accuracy and overall accuracy of TAC KBP, as in Hachey, Nothman and
    Radford 2014, "Cheap and easy entity evaluation", on matched mentions.
    """

    family = Family("link.accuracy", {**LEVELS, **NILS})
    policy: ClassVar[Mapping[str, str]] = {"match": "strict", "span": "bare", "items": "matched"}

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Counts:
        """Count matched spans per unit.

        Raises:
            InvalidError: The documents cannot be paired.
        """
        labels = (KB,) if self.nil == "excluded" else (KB, NIL)
        return count_pairs(self, self.annotated(gold), predicted, self._compare, labels, unit=unit)

    def _compare(self, gold: Document, predicted: Document) -> Compared:
        wanted, given = (Scored(self.levels).answers(side) for side in (gold, predicted))
        items: list[Item] = []
        matches: list[Match] = []
        for span in sorted(wanted.keys() & given.keys()):
            label = KB if wanted[span] - {NIL} else NIL
            if wanted[span] and (label == KB or self.nil == "included"):
                matches.append(Match(len(items), len(items), int(wanted[span] == given[span])))
                items.append(Item(label, span[0], span[1]))
        return Compared(items, items, matches)
