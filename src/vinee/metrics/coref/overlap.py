"""Two partitions of mentions, reduced to all that chain metrics count: sizes and overlaps."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping


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
    return Overlap(_splits(wanted, other), _splits(given, chain_of))


def _splits(
    chains: Iterable[Collection[Hashable]], other: Mapping[Hashable, int]
) -> tuple[Split, ...]:
    return tuple(
        Split(len(chain), Counter(other[key] for key in chain if key in other)) for chain in chains
    )


def _chain_of(
    chains: Iterable[Collection[Hashable]], side: str, doc_id: str | None
) -> dict[Hashable, int]:
    found: dict[Hashable, int] = {}
    for number, chain in enumerate(chains):
        for key in chain:
            if key in found:
                raise InvalidError(
                    "mention-repeated",
                    Where(doc_id=doc_id),
                    f"the {side} mention {key!r} is in a chain twice or in two chains; "
                    "a mention belongs to one chain",
                )
            found[key] = number
    return found
