"""Which item of one edition is which of the other: one-to-one, optimal, whatever their order."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.corpus.assignment import best

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vinee.corpus.diff.attributes import Attribute
    from vinee.model import Located

Span = tuple[int, int]
Pair = tuple["Item", "Item"]
_FIELD = 64  # bits; far more than any count, length or sum of them takes
_DIGEST = 12  # bytes
_FURTHEST = 1 << 40


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """Anything with a span.

    Attributes:
        index: Its place in its layer.
        located: What it stands for, with offsets of its own edition.
        span: Half-open, in coordinates that both editions share.
        label: Type, kind or role; None if it has none.
        attributes: The rest of what is annotated about it.
        content: What tells it from others of the same span and label.
        anchor: What stands for its span where that is not what makes two places the same.
    """

    index: int
    located: Located
    span: Span
    label: str | None
    attributes: tuple[Attribute, ...]
    content: tuple[str, ...] = ()
    anchor: tuple[object, ...] | None = None

    @property
    def place(self) -> tuple[object, ...]:
        """What must be equal for two items to be at the same place."""
        return self.anchor or self.span

    @property
    def key(self) -> str:
        """All that is compared, as one string."""
        attributes = [(each.name, each.key) for each in self.attributes]
        return repr((self.place, self.span, self.label, attributes, self.content))


@dataclass(frozen=True, slots=True)
class Pairing:
    """What became of the items of a layer.

    Attributes:
        in_place: Pairs at the same place, changed or not.
        moved: Pairs of one label that overlap.
        removed: Old items without a partner.
        added: New ones without a partner.
    """

    in_place: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    removed: tuple[Item, ...]
    added: tuple[Item, ...]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """All pairs."""
        return (*self.in_place, *self.moved)


def pair(old: Iterable[Item], new: Iterable[Item]) -> Pairing:
    """Pair items: at the same place first, then by overlap with the same label.

    Of several at one place as many as can be keep their label, and then their attributes. Of
    those that overlap, the total overlap is the greatest that can be, and then the difference of
    their ends the smallest.
    """
    places: dict[tuple[object, ...], tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
    for side, items in enumerate((old, new)):
        for item in items:
            places[item.place][side].append(item)
    in_place: list[Pair] = []
    for olds, news in places.values():
        if olds and news:
            in_place += _at_one_place(olds, news)
    paired = {id(item) for both in in_place for item in both}
    removed, added = (
        [item for both in places.values() for item in both[side] if id(item) not in paired]
        for side in (0, 1)
    )
    moved = list(_overlapping(removed, added))
    paired = {id(item) for both in moved for item in both}
    return Pairing(
        tuple(in_place),
        tuple(moved),
        tuple(item for item in removed if id(item) not in paired),
        tuple(item for item in added if id(item) not in paired),
    )


def _at_one_place(olds: list[Item], news: list[Item]) -> Iterator[Pair]:
    if len(olds) == len(news) == 1:
        yield olds[0], news[0]
        return
    waiting: dict[str, list[Item]] = defaultdict(list)
    for old in olds:
        waiting[old.key].append(old)
    changed = []
    for new in news:
        if same := waiting[new.key]:
            yield same.pop(), new
        else:
            changed.append(new)
    rest = [old for unpaired in waiting.values() for old in unpaired]
    weights = (
        (i, j, weight((old.label == new.label, *_likeness(old, new), 1), (old.key, new.key)))
        for i, old in enumerate(rest)
        for j, new in enumerate(changed)
    )
    for i, j in best(weights):
        yield rest[i], changed[j]


def _overlapping(olds: Sequence[Item], news: Sequence[Item]) -> Iterator[Pair]:
    edges = []
    for i, j, shared in _overlaps(olds, news):
        old, new = olds[i], news[j]
        apart = abs(old.span[0] - new.span[0]) + abs(old.span[1] - new.span[1])
        parts = (shared, _FURTHEST - apart, *_likeness(old, new))
        edges.append((i, j, weight(parts, (old.key, new.key))))
    for i, j in best(edges):
        yield olds[i], news[j]


def _overlaps(olds: Sequence[Item], news: Sequence[Item]) -> Iterator[tuple[int, int, int]]:
    """Find the pairs of one label that share code points, with how many, by one sweep."""
    ordered = sorted(
        (*item.span, side, at)
        for side, items in enumerate((olds, news))
        for at, item in enumerate(items)
    )
    sides = (olds, news)
    open_: dict[tuple[int, str | None], list[tuple[int, int]]] = defaultdict(list)
    for start, end, side, at in ordered:
        label = sides[side][at].label
        others = [other for other in open_[1 - side, label] if other[0] > start]
        open_[1 - side, label] = others
        for other_end, other in others:
            if end > start:
                i, j = (other, at) if side else (at, other)
                yield i, j, min(end, other_end) - start
        open_[side, label].append((end, at))


def _likeness(old: Item, new: Item) -> tuple[int, int]:
    keys = {each.name: each.key for each in new.attributes}
    alike = sum(keys[each.name] == each.key for each in old.attributes)
    return alike, len({*old.content} & {*new.content})


def weight(parts: Iterable[int], keys: tuple[str, str]) -> int:
    """Weigh a pair by several counts, an earlier one more than all later ones together.

    What is left of a tie is broken by a digest of both items, the same from either side: with
    weights drawn so, the best assignment is as good as surely unique (Mulmuley, Vazirani and
    Vazirani 1987), and so does not depend on the order of items or editions.
    """
    total = 0
    for part in parts:
        total = total << _FIELD | part
    both = "\n".join(sorted(keys)).encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(both, digest_size=_DIGEST).digest()
    return total << 2 * _FIELD | int.from_bytes(digest)
