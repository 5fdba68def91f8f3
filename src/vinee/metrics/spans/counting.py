"""Spans of two sides as items that are paired one-to-one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from vinee.metrics.pairing import Compared, Match

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vinee.metrics.pairing import Compare
    from vinee.model import Document

    Find: TypeAlias = Callable[[Document], Iterable["Spanned"]]
    Choose: TypeAlias = Callable[
        [Iterable["Spanned"], Iterable["Spanned"]], "Iterable[SpannedPair]"
    ]
    Parts: TypeAlias = Callable[["Spanned", "Spanned"], int]


class Spanned(NamedTuple):
    """An item with a span, half-open, in code points; equal ones are one.

    Attributes:
        start: First code point; the item belongs to the sentence or paragraph that holds it.
        end: One past the last code point.
        label: What it is counted under.
        more: What else makes it itself.
    """

    start: int
    end: int
    label: str
    more: tuple[Any, ...] = ()

    @property
    def at(self) -> int:
        """Where it is: its first code point."""
        return self.start


SpannedPair: TypeAlias = tuple[Spanned, Spanned]


def _one(_: Spanned, __: Spanned) -> int:
    return 1


def comparing(items: Find, choose: Choose, parts: Parts = _one) -> Compare:
    """Return a comparison of two documents.

    Args:
        items: Finds a document's items.
        choose: Pairs gold items with predicted ones of the same label, each in at most one pair.
        parts: What a pair is worth.
    """

    def compare(gold: Document, predicted: Document) -> Compared:
        # Sets that keep the order of the text, as what lies together is then read together.
        wanted, given = (list(dict.fromkeys(items(each))) for each in (gold, predicted))
        number, other_number = (
            {item: number for number, item in enumerate(side)} for side in (wanted, given)
        )
        return Compared(
            wanted,
            given,
            [
                Match(number[one], other_number[other], parts(one, other))
                for one, other in choose(wanted, given)
            ],
        )

    return compare
