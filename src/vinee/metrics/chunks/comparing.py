"""The chunks of a block of sentences on both sides, and those that are equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from vinee.metrics.chunks.reading import PREFIX, TYPE
from vinee.metrics.chunks.schemes import BREAK, END, FRESH, GOES_ON, LEFT, RIGHT, START

if TYPE_CHECKING:
    import numpy.typing as npt

    from vinee.metrics.chunks.reading import Packed
    from vinee.metrics.chunks.schemes import Transitions

    Bits = npt.NDArray[np.uint8]
    IntArray = npt.NDArray[np.int64]

_GOLD, _PREDICTED = 1, 16  # the lower and the higher four bits


class Chunks(NamedTuple):
    """Chunks: a token of each, ascending, and its type's number."""

    token: IntArray
    type: Packed


class Compared(NamedTuple):
    """What two sides have in common, and what each has."""

    correct: Chunks
    predicted: Chunks
    gold: Chunks


def compare(
    gold: Packed, predicted: Packed, lengths: IntArray, transitions: Transitions
) -> Compared:
    """Find the chunks of some sentences, and those that both sides have.

    Args:
        gold: The tags' numbers, shape ``[tokens]``.
        predicted: The same.
        lengths: Tokens of each sentence.
        transitions: What happens between two tags.
    """
    fresh = np.zeros(gold.size + 1, dtype=np.uint8)
    fresh[np.cumsum(lengths)] = FRESH
    fresh[0] = FRESH
    happens = (
        _between(gold, fresh, transitions) * _GOLD
        | _between(predicted, fresh, transitions) * _PREDICTED
    )
    # Where anything happens; `places[k]` is between that token and the one before it.
    places = np.flatnonzero(happens != 0)
    events = happens[places]
    # Two chunks that start together are equal if the next that happens is that both end.
    opened, closed = (bit * (_GOLD | _PREDICTED) for bit in (START, END))
    together = (events[:-1] & opened == opened) & (events[1:] & closed == closed)
    token = places[np.flatnonzero(together)]
    token = token[np.flatnonzero((gold[token] ^ predicted[token]) <= PREFIX)]
    return Compared(
        _typed(token, gold),
        _typed(_starts(places, events, _PREDICTED, transitions), predicted),
        _typed(_starts(places, events, _GOLD, transitions), gold),
    )


def _between(numbers: Packed, fresh: Bits, transitions: Transitions) -> Bits:
    """Return what happens before each token, and after the last: shape ``[tokens + 1]``."""
    pair = fresh.copy()
    prefix = (numbers & PREFIX).astype(np.uint8, copy=False)
    pair[:-1] |= prefix * np.uint8(RIGHT)
    pair[1:] |= prefix * np.uint8(LEFT)
    pair[1:-1] |= ((numbers[1:] ^ numbers[:-1]) <= PREFIX).view(np.uint8)
    happens = np.frombuffer(pair.tobytes().translate(transitions.table), dtype=np.uint8)
    if transitions.ambiguous:
        both = (happens[1:] & GOES_ON != 0) & (happens[:-1] & START != 0)
        happens = happens & np.uint8(START | BREAK | END)
        happens[1:] -= both * np.uint8(START)
    return happens


def _starts(places: IntArray, events: Bits, side: int, transitions: Transitions) -> IntArray:
    """Return the tokens at which the chunks of one side start."""
    if transitions.complete:
        return places[np.flatnonzero(events & (START * side) != 0)]
    own = np.flatnonzero(events & ((START | BREAK) * side) != 0)
    events = events[own]
    ended = (events[:-1] & (START * side) != 0) & (events[1:] & (END * side) != 0)
    return places[own[np.flatnonzero(ended)]]


def _typed(token: IntArray, numbers: Packed) -> Chunks:
    return Chunks(token, numbers[token] >> TYPE)
