"""Spans of two sides as items that are paired one-to-one."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from vinee.metrics.pairing import Compared, Match

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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
        more: What else makes it itself; of items of one metric always of one type.
    """

    start: int
    end: int
    label: str
    more: Any = ()

    @property
    def at(self) -> int:
        """Where it is: its first code point."""
        return self.start


SpannedPair: TypeAlias = tuple[Spanned, Spanned]
_STRETCH = 256  # items that are looked at together


def _one(_: Spanned, __: Spanned) -> int:
    return 1


def comparing(items: Find, choose: Choose, parts: Parts = _one, *, apart: bool = True) -> Compare:
    """Return a comparison of two documents.

    Args:
        items: Finds a document's items.
        choose: Pairs gold items with predicted ones of the same label, each in at most one pair,
            both sides ascending.
        parts: What a pair is worth.
        apart: Whether only items are paired that overlap or are equal. Then `choose` is asked for
            each stretch of the text by itself: what lies together is in the processor's cache
            together, and time grows with the number of items, not faster.
    """

    def matches(
        wanted: Sequence[Spanned],
        given: Sequence[Spanned],
        stretches: Iterable[tuple[int, int, int, int]],
    ) -> Iterator[Match]:
        for first, last, other_first, other_last in stretches:
            golds, predictions = wanted[first:last], given[other_first:other_last]
            found = choose(golds, predictions)
            number = {item: place for place, item in enumerate(golds, first)}
            other = {item: place for place, item in enumerate(predictions, other_first)}
            for one, two in found:
                yield Match(number[one], other[two], parts(one, two))

    def compare(gold: Document, predicted: Document) -> Compared:
        # Mentions mostly come in the order of the text, and what is in order is sorted in no time.
        wanted, given = (sorted(dict.fromkeys(items(each))) for each in (gold, predicted))
        stretches = _stretches(wanted, given) if apart else [(0, len(wanted), 0, len(given))]
        return Compared(wanted, given, matches(wanted, given, stretches))

    return compare


def _stretches(
    gold: Sequence[Spanned], predicted: Sequence[Spanned]
) -> Iterator[tuple[int, int, int, int]]:
    """Part two sides, ascending, at places where no span reaches over.

    Yields:
        For each stretch the first and one past the last gold item, and the first and one past
        the last predicted one.
    """
    sides = gold, predicted
    starts = [[span[0] for span in side] for side in sides]
    first, ends = [0, 0], [len(side) for side in sides]
    while first != ends:
        behind = [
            begun[at + _STRETCH]
            for begun, at, end in zip(starts, first, ends, strict=True)
            if at + _STRETCH < end
        ]
        last = _cut(sides, starts, first, min(behind)) if behind else ends
        yield first[0], last[0], first[1], last[1]
        first = last


def _cut(
    sides: tuple[Sequence[Spanned], ...], starts: Sequence[list[int]], first: list[int], place: int
) -> list[int]:
    """Return how far to go from ``first`` on each side, to a place or somewhat farther."""
    # Those that begin together stay together, as empty ones may be equal.
    least = min(begun[at] for begun, at in zip(starts, first, strict=True) if at < len(begun))
    place = max(place, least + 1)
    last = first
    while True:
        farther = [bisect_left(begun, place, at) for begun, at in zip(starts, last, strict=True)]
        if farther == last:
            return last
        for side, *new in zip(sides, last, farther, strict=True):
            place = max(place, max((span[1] for span in side[slice(*new)]), default=0))
        last = farther
