"""Documents tagged with what they speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from vinee.metrics.link.links import KB
from vinee.metrics.link.metric import LEVELS, LinkMetric
from vinee.metrics.naming import Family
from vinee.metrics.pairing import Compared, Match, count_pairs
from vinee.metrics.sets import Item
from vinee.metrics.units import documents_only

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vinee.metrics.counts import Counts
    from vinee.metrics.units import Unit
    from vinee.model import Document


class LinkDocument(LinkMetric):
    """A predicted item is correct for a document when gold links a mention in it to that item.

    Where the mention is does not matter, nor how many there are. ``NIL`` names nothing and is left
    out. The only label is ``KB``. An entity without a mention that takes part is not looked at.

    Which mentions take part: `vinee.metrics.link.links.Scored`.

    Source: the entity match of Cornolti et al. 2013, "A Framework for Benchmarking
    Entity-Annotation Systems", and Hachey, Nothman and Radford 2014, "Cheap and easy entity
    evaluation".
    """

    family = Family("link.document", LEVELS)
    policy: ClassVar[Mapping[str, str]] = {"match": "item"}

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Counts:
        """Count items per document.

        Raises:
            InvalidError: The documents cannot be paired, or the unit is smaller than a document.
        """
        documents_only(self, unit)
        return count_pairs(self, self.annotated(gold), predicted, self._compare, (KB,))

    def _compare(self, gold: Document, predicted: Document) -> Compared:
        wanted, given = (
            sorted({link.item for link in side}) for side in self.links(gold, predicted)
        )
        matches = [
            Match(number, given.index(item), 1)
            for number, item in enumerate(wanted)
            if item in given
        ]
        items = [[Item(KB, 0, item) for item in side] for side in (wanted, given)]
        return Compared(items[0], items[1], matches)
