"""Counts of a corpus: block by block, so that what is in use at a time has a bound."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

import numpy as np

from vinee.errors import InvalidError, UnknownNameError, Where
from vinee.metrics.chunks.comparing import compare
from vinee.metrics.chunks.odd import LastStarts
from vinee.metrics.chunks.reading import TagReader
from vinee.metrics.chunks.schemes import transitions

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from vinee.metrics.chunks.comparing import Compared
    from vinee.metrics.chunks.reading import Packed, Side
    from vinee.metrics.chunks.schemes import Mode, Scheme

    IntArray = npt.NDArray[np.int64]

Unit: TypeAlias = Literal["sentence", "corpus"]
UNITS: tuple[Unit, ...] = get_args(Unit)

BLOCK = 1 << 16  # tokens; the arrays of a block stay in the processor's cache
_SIDES = 3  # correct, predicted, gold


class ChunkCounts(NamedTuple):
    """Counts per sentence, or of all sentences together.

    Attributes:
        labels: Types of the chunks that were found on either side, ascending.
        table: int64, shape ``[sentences, labels, 3]``, or ``[1, labels, 3]`` for all together;
            the last axis is (correct, predicted, gold).
    """

    labels: tuple[str, ...]
    table: IntArray


class ChunkTally:
    """Adds up the chunks of sentences that come piece by piece.

    Args:
        mode: Which of seqeval's two readings.
        scheme: The scheme of mode ``strict``.
        unit: What has a row of its own in the table.

    Attributes:
        sentences: How many were added.

    Raises:
        UnknownNameError: There is no such mode, scheme or unit.
    """

    def __init__(self, mode: Mode, scheme: Scheme, unit: Unit) -> None:
        if unit not in UNITS:
            raise UnknownNameError("unit of chunk counts", unit, UNITS)
        self.sentences = 0
        self._reader = TagReader(mode, scheme)
        self._transitions = transitions(self._reader.rules)
        self._unit = unit
        self._default = mode == "default"
        self._outside = int(self._reader.read(["O"])[0])
        self._last = LastStarts()
        self._tables: list[IntArray] = []

    def add(self, gold: Side, predicted: Side, lengths: IntArray) -> None:
        """Count the chunks of further sentences.

        Args:
            gold: The tags of their tokens.
            predicted: The same number of tags.
            lengths: Tokens of each sentence, which add up to the number of tags.

        Raises:
            InvalidError: A tag is refused.
        """
        bounds = np.concatenate(([0], np.cumsum(lengths)))
        # Both are read before their numbers are used: the second may bring new types.
        reads = [(side, self._reader.read(side.tags)) for side in (gold, predicted)]
        rows = lengths.size if self._unit == "sentence" else 1
        table = np.zeros((rows, len(self._reader.types), _SIDES), dtype=np.int64)
        for first, last in _blocks(bounds):
            block = slice(bounds[first], bounds[last])
            wanted, given = (self._numbers(side, read, block, bounds) for side, read in reads)
            compared = self._compare(wanted, given, lengths[first:last])
            if self._unit == "sentence":
                _count_sentences(compared, lengths[first:last], table[first:last])
            else:
                for at, chunks in enumerate(compared):
                    table[0, :, at] += np.bincount(chunks.type, minlength=table.shape[1])
        self.sentences += lengths.size
        self._keep(table)

    def counts(self) -> ChunkCounts:
        """Return what was counted."""
        types = self._reader.types
        total = np.zeros((len(types), _SIDES), dtype=np.int64)
        for table in self._tables:
            total[: table.shape[1]] += table.sum(axis=0)
        labels = sorted(name for name, at in types.items() if total[at].any())
        order = [types[name] for name in labels]
        rows = sum(len(table) for table in self._tables) if self._unit == "sentence" else 1
        found = np.zeros((rows, len(labels), _SIDES), dtype=np.int64)
        row = 0
        for table in self._tables:
            known = [at for at, type_ in enumerate(order) if type_ < table.shape[1]]
            found[row : row + len(table), known] = table[:, [order[at] for at in known]]
            row += len(table)
        return ChunkCounts(tuple(labels), found)

    def _numbers(self, side: Side, read: Packed, block: slice, bounds: IntArray) -> Packed:
        numbers = self._reader.numbers(side.codes[block], read)
        if numbers is None:
            raise self._reader.refusal(side, bounds, self.sentences)
        return numbers

    def _compare(self, gold: Packed, predicted: Packed, lengths: IntArray) -> Compared:
        if self._reader.odd:
            return self._last.compare(gold, predicted, lengths, self._outside, self._transitions)
        compared = compare(gold, predicted, lengths, self._transitions)
        if self._default:  # an odd tag may still come, and refer to what was before it
            self._last.follow(compared, lengths)
        return compared

    def _keep(self, table: IntArray) -> None:
        if self._unit == "corpus" and self._tables:
            table[:, : self._tables[0].shape[1]] += self._tables.pop()
        self._tables.append(table)


def check_lengths(gold: IntArray, predicted: IntArray, first: int = 0) -> None:
    """Refuse sides whose sentences differ in number or length.

    Args:
        gold: Tokens of each sentence.
        predicted: The same of the other side.
        first: How many sentences were before.

    Raises:
        InvalidError: They differ.
    """
    if gold.size != predicted.size:
        problem = f"as many sentences as gold, {gold.size} (got {predicted.size})"
        raise InvalidError("tags-length", Where(), f"predicted must have {problem}")
    unequal = np.flatnonzero(gold != predicted)
    if unequal.size:
        at = int(unequal[0])
        problem = f"as many tags as gold, {gold[at]} (got {predicted[at]})"
        where = Where(path=f"$[{first + at}]")
        raise InvalidError("tags-length", where, f"predicted must have {problem}")


def _blocks(bounds: IntArray) -> Iterator[tuple[int, int]]:
    """Cut sentences into runs of about `BLOCK` tokens, or of one longer sentence."""
    cuts = np.searchsorted(bounds, np.arange(0, bounds[-1], BLOCK), side="right") - 1
    edges = np.unique(np.concatenate(([0], cuts, [bounds.size - 1]))).tolist()
    return pairwise(edges)


def _count_sentences(compared: Compared, lengths: IntArray, table: IntArray) -> None:
    sentence = np.repeat(np.arange(lengths.size), lengths)
    rows, labels, _ = table.shape
    for at, chunks in enumerate(compared):
        cells = sentence[chunks.token] * labels + chunks.type
        table[..., at] = np.bincount(cells, minlength=rows * labels).reshape(rows, labels)
