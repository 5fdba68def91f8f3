"""Two partitions of mentions, reduced to all that chain metrics count: sizes and overlaps."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence


class Split(NamedTuple):
    """A chain as the other side splits it.

    Attributes:
        size: How many mentions it has.
        pieces: Number of each chain of the other side that shares mentions with it, and how many.
    """

    size: int
    pieces: Mapping[int, int]

    @property
    def found(self) -> int:
        """How many of its mentions the other side has in any chain."""
        return sum(self.pieces.values())


class Overlap(NamedTuple):
    """The chains of both sides, each split by the other; a chain's number is its place."""

    gold: tuple[Split, ...]
    predicted: tuple[Split, ...]


def overlap(
    gold: Iterable[Collection[Hashable]],
    predicted: Iterable[Collection[Hashable]],
    *,
    doc_id: str | None = None,
) -> Overlap:
    """Compare two clusterings of mentions; mentions are the same when their keys are equal.

    A chain of one mention, a singleton, is a chain. CoNLL-2012 has none only because OntoNotes
    does not annotate them. Chains without mentions are left out. The two sides need not have the
    same mentions.

    Args:
        gold: Chains, each the keys of its mentions.
        predicted: Chains likewise.
        doc_id: The document they are from, for the error.

    Raises:
        InvalidError: A mention is in two chains of one side, or twice in one.
    """
    wanted, given = ([chain for chain in side if chain] for side in (gold, predicted))
    chain_of = _chain_of(wanted, "gold", doc_id)
    other = _chain_of(given, "predicted", doc_id)
    shared = Counter((chain_of[key], other[key]) for key in chain_of if key in other)
    pieces: list[dict[int, int]] = [{} for _ in wanted]
    pieces_of_other: list[dict[int, int]] = [{} for _ in given]
    for (number, number_of_other), mentions in shared.items():
        pieces[number][number_of_other] = mentions
        pieces_of_other[number_of_other][number] = mentions
    return Overlap(_splits(wanted, pieces), _splits(given, pieces_of_other))


def _splits(
    chains: Iterable[Collection[Hashable]], pieces: Iterable[Mapping[int, int]]
) -> tuple[Split, ...]:
    return tuple(map(Split, map(len, chains), pieces))


def _chain_of(
    chains: Sequence[Collection[Hashable]], side: str, doc_id: str | None
) -> dict[Hashable, int]:
    found: dict[Hashable, int] = {}
    for number, chain in enumerate(chains):
        found.update(dict.fromkeys(chain, number))
    if len(found) < sum(map(len, chains)):
        repeated = _repeated(key for chain in chains for key in chain)
        raise InvalidError(
            "mention-repeated",
            Where(doc_id=doc_id),
            f"the {side} mention {repeated!r} is in a chain twice or in two chains; "
            "a mention belongs to one chain",
        )
    return found


def _repeated(keys: Iterable[Hashable]) -> Hashable:
    """Return the first key that occurs a second time; there must be one."""
    seen: set[Hashable] = set()
    for key in keys:
        if key in seen:
            break
        seen.add(key)
    return key
