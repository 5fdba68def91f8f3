"""Tags with any prefix, as seqeval's default mode reads them across a whole corpus.

Where every prefix is O, I, B, E or S, chunks start and end in turn and never leave their
sentence, and `comparing` finds them. Another prefix, as the U and L of BILOU, may end a chunk
that did not start or start one that does not end. seqeval warns of such a tag, and goes on: it
takes the sentences as one sequence with an O after each, and a chunk that ends has started at the
last start that there was, even in an earlier sentence, or else at the very first token.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vinee.metrics.chunks.comparing import Chunks, Compared
from vinee.metrics.chunks.reading import PREFIX, TYPE
from vinee.metrics.chunks.schemes import END, LEFT, RIGHT, SAME, START

if TYPE_CHECKING:
    import numpy.typing as npt

    from vinee.metrics.chunks.reading import Packed
    from vinee.metrics.chunks.schemes import Transitions

    IntArray = npt.NDArray[np.int64]


class LastStarts:
    """Where each side's last chunk started, in tokens and sentences before it.

    A token is counted as seqeval counts it: an O stands after each sentence.
    """

    def __init__(self) -> None:
        self.before = 0
        self.gold = 0
        self.predicted = 0

    def follow(self, compared: Compared, lengths: IntArray) -> None:
        """Take note of a block that `comparing` read."""
        ends = np.cumsum(lengths)
        self.gold = self._last(compared.gold, ends, self.gold)
        self.predicted = self._last(compared.predicted, ends, self.predicted)
        self.before += int(lengths.sum()) + lengths.size

    def compare(
        self,
        gold: Packed,
        predicted: Packed,
        lengths: IntArray,
        outside: int,
        transitions: Transitions,
    ) -> Compared:
        """Find the chunks of some sentences as `comparing.compare` does, each by its last token.

        Args:
            gold: The tags' numbers, shape ``[tokens]``.
            predicted: The same.
            lengths: Tokens of each sentence.
            outside: The number of the tag O.
            transitions: What happens between two tags.
        """
        sentences = np.repeat(np.arange(lengths.size), lengths)
        places = np.arange(gold.size) + sentences
        size = gold.size + lengths.size
        starts = {}
        chunks = {}
        for name, side, last in (
            ("gold", gold, self.gold),
            ("predicted", predicted, self.predicted),
        ):
            numbers = np.full(size + 1, outside, dtype=np.result_type(side, np.uint8))
            numbers[places + 1] = side  # and an O before all
            started, ended, last_start = self._read(numbers, last, transitions)
            setattr(self, name, last_start)
            # From places, where an O stands after each sentence, to tokens.
            token = np.searchsorted(places, ended - 1)
            chunks[name] = Chunks(token, side[token] >> TYPE)
            starts[name] = np.full(gold.size, -1, dtype=np.int64)
            starts[name][token] = started
        token = chunks["gold"].token
        type_ = chunks["gold"].type
        equal = (starts["gold"][token] == starts["predicted"][token]) & (
            (gold[token] ^ predicted[token]) <= PREFIX
        )
        self.before += size
        correct = Chunks(token[equal], type_[equal])
        return Compared(correct, chunks["predicted"], chunks["gold"])

    def _read(
        self, numbers: Packed, last: int, transitions: Transitions
    ) -> tuple[IntArray, IntArray, int]:
        """Return where each chunk started, the places after their ends, and the last start."""
        prefix = (numbers & PREFIX).astype(np.uint8)
        pair = prefix[:-1] * np.uint8(LEFT) | prefix[1:] * np.uint8(RIGHT)
        pair |= ((numbers[1:] ^ numbers[:-1]) <= PREFIX) * np.uint8(SAME)
        happens = np.frombuffer(transitions.table, dtype=np.uint8)[pair]
        places = np.flatnonzero(happens & (START | END))
        events = happens[places]
        started = np.where(events & START != 0, places + self.before, last)
        latest = np.maximum.accumulate(np.append(last, started))
        ended = np.flatnonzero(events & END)
        # A chunk ends before the next one starts, if both happen in one place.
        return latest[ended], places[ended], int(latest[-1])

    def _last(self, chunks: Chunks, ends: IntArray, last: int) -> int:
        if not chunks.token.size:
            return last
        token = int(chunks.token[-1])
        return self.before + token + int(np.searchsorted(ends, token, side="right"))
