"""Mentions found and linked: strong and weak annotation match."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from vinee.metrics.link.links import KB
from vinee.metrics.link.metric import LEVELS, NILS, LinkMetric
from vinee.metrics.naming import Family
from vinee.metrics.pairing import Compared, Match, count_pairs, most, overlapping
from vinee.metrics.sets import Item
from vinee.model import NIL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vinee.metrics.counts import Counts
    from vinee.metrics.link.links import Link
    from vinee.metrics.units import Unit
    from vinee.model import Document


class _Annotation(LinkMetric):
    """Links paired one-to-one; a subclass says which may be paired."""

    def counts(
        self, gold: Sequence[Document], predicted: Sequence[Document], unit: Unit = "document"
    ) -> Counts:
        """Count links per unit; a pair belongs to the unit of its gold mention.

        Raises:
            InvalidError: The documents cannot be paired.
        """
        labels = (KB,) if self.nil == "excluded" else (KB, NIL)
        return count_pairs(self, self.annotated(gold), predicted, self._compare, labels, unit=unit)

    def _compare(self, gold: Document, predicted: Document) -> Compared:
        wanted, given = self.links(gold, predicted)
        return Compared(
            [_item(each) for each in wanted],
            [_item(each) for each in given],
            self._matches(wanted, given),
        )

    def _matches(self, gold: Sequence[Link], predicted: Sequence[Link]) -> list[Match]:
        raise NotImplementedError


class LinkStrong(_Annotation):
    """A predicted link is correct when its span and item both equal a gold link's.

    Links are counted under ``KB``, and those to ``NIL`` under ``NIL`` where they are included.
    With ``nil=included`` this is the strong_all_match of TAC KBP, and its column ``KB`` the
    strong_link_match, which without is all there is. Links are sets: an equal one given twice
    counts once, and a span linked to two items is two links.

    Which mentions are scored: `vinee.metrics.link.links.Scored`.

    Source: strong annotation match of Cornolti et al. 2013, "A Framework for Benchmarking
    Entity-Annotation Systems", and of GERBIL (Usbeck et al. 2015, "GERBIL: General Entity
    Annotator Benchmarking Framework"); Hachey, Nothman and Radford 2014, "Cheap and easy entity
    evaluation"; on what should be linked, Ling, Singh and Weld 2015, "Design Challenges for
    Entity Linking".
    """

    family = Family("link.strong", {**LEVELS, **NILS})
    policy: ClassVar[Mapping[str, str]] = {"match": "strict", "span": "bare"}

    def _matches(self, gold: Sequence[Link], predicted: Sequence[Link]) -> list[Match]:
        number_of = {link: number for number, link in enumerate(predicted)}
        return [
            Match(number, number_of[link], 1)
            for number, link in enumerate(gold)
            if link in number_of
        ]


class LinkWeak(_Annotation):
    """A predicted link is correct when it is paired with a gold link of its item that it overlaps.

    The pairing is one-to-one and as large as can be, of equal spans first where there is a choice,
    so that one long prediction over two gold mentions finds one of them. Spans are half-open, in
    code points: those that only touch do not overlap. All else is as in `LinkStrong`; a gold
    mention of which nobody knows is ignored with the predictions of exactly its span only.

    Source: weak annotation match of the same, made one-to-one.
    """

    family = Family("link.weak", {**LEVELS, **NILS})
    policy: ClassVar[Mapping[str, str]] = {
        "match": "overlap",
        "pairing": "one-to-one",
        "span": "bare",
    }

    def _matches(self, gold: Sequence[Link], predicted: Sequence[Link]) -> list[Match]:
        spans = ([(each.start, each.end) for each in side] for side in (gold, predicted))
        possible = [
            (one, other)
            for one, other in overlapping(*spans)
            if gold[one].item == predicted[other].item
        ]
        return most(
            possible, [(one, other) for one, other in possible if gold[one] == predicted[other]]
        )


def _item(link: Link) -> Item:
    return Item(link.label, link.start, (link.end, link.item))
