"""Chunks of tags in lists, and in arrays of codes."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from vinee.errors import InvalidError, Where
from vinee.metrics.chunks.reading import BYTE, Side
from vinee.metrics.chunks.tallying import ChunkTally, check_lengths

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from vinee.metrics.chunks.reading import Codes
    from vinee.metrics.chunks.schemes import Mode, Scheme
    from vinee.metrics.chunks.tallying import ChunkCounts, Unit

    IntArray = npt.NDArray[np.int64]
    Tags = Sequence[Sequence[str]]


def chunk_counts(
    gold: Tags,
    predicted: Tags,
    mode: Mode = "default",
    scheme: Scheme = "IOB2",
    unit: Unit = "sentence",
) -> ChunkCounts:
    """Count the chunks of tags, bit-identical to seqeval 1.2.2.

    Mode ``default`` is conlleval's reading, whatever the scheme: an ``I-`` that continues nothing
    opens a chunk. Mode ``strict`` is seqeval's ``mode="strict", scheme=…``: in IOB2 such an ``I-``
    is no chunk, and nothing continues it.

    A tag is a prefix and a type, ``B-PER``. Mode ``strict`` takes the prefixes of the scheme and
    no others, and ignores hyphens around the type; a tag without a type has the type ``_``. Mode
    ``default`` knows O, B, I, E and S. Of any other prefix seqeval warns that it "seems not to be
    NE tag", and counts it in a way that seldom means anything (two ``U-PER`` become one chunk);
    here it is counted in the same way, without a warning: score BILOU in mode ``strict``.

    Args:
        gold: One sequence of tags for each sentence.
        predicted: The same number of sentences, of the same lengths.
        mode: Which of seqeval's two readings.
        scheme: The scheme of mode ``strict``; mode ``default`` has none.
        unit: What has a row of its own in the table: each ``sentence``, or the ``corpus``.

    Raises:
        InvalidError: The lengths differ, a tag is empty, or it has a prefix that the scheme lacks.
        UnknownNameError: There is no such mode, scheme or unit.
    """
    tally = ChunkTally(mode, scheme, unit)
    lengths, others = (
        np.fromiter(map(len, side), dtype=np.int64, count=len(side)) for side in (gold, predicted)
    )
    check_lengths(lengths, others)
    code = _TagCodes()
    codes = [_codes(side, code) for side in (gold, predicted)]
    tags = list(code)
    tally.add(Side(codes[0], tags, "$.gold[{}]"), Side(codes[1], tags, "$.predicted[{}]"), lengths)
    return tally.counts()


def chunk_counts_flat(  # noqa: PLR0913, PLR0917 -- as `chunk_counts`, of what is flat
    gold_codes: npt.ArrayLike,
    predicted_codes: npt.ArrayLike,
    lengths: npt.ArrayLike,
    tags: Sequence[str],
    mode: Mode = "default",
    scheme: Scheme = "IOB2",
    unit: Unit = "sentence",
) -> ChunkCounts:
    """Count the chunks of tags that are given as codes, as `chunk_counts` does.

    Args:
        gold_codes: Whole numbers of any size, shape ``[tokens]``: each tag's place in `tags`.
            One byte each is the quickest.
        predicted_codes: The same.
        lengths: Tokens of each sentence, shape ``[sentences]``.
        tags: The tags. One that does not occur may be anything.
        mode: Which of seqeval's two readings.
        scheme: The scheme of mode ``strict``; mode ``default`` has none.
        unit: What has a row of its own in the table: each ``sentence``, or the ``corpus``.

    Raises:
        InvalidError: An array is not flat or does not hold whole numbers, the lengths do not add
            up, a code stands for no tag, or a tag that occurs is refused.
        UnknownNameError: There is no such mode, scheme or unit.
    """
    tally = ChunkTally(mode, scheme, unit)
    sizes = _whole("lengths", lengths).astype(np.int64, copy=False)
    if (wrong := np.flatnonzero(sizes < 0)).size:
        problem = f"a length must not be negative (got {sizes[wrong[0]]})"
        raise InvalidError("tags-length", Where(path=f"$.lengths[{wrong[0]}]"), problem)
    sides = []
    for name, values in (("gold_codes", gold_codes), ("predicted_codes", predicted_codes)):
        codes = _whole(name, values)
        if codes.size != sizes.sum():
            problem = f"must have as many codes as the lengths add up to, {sizes.sum()}"
            raise InvalidError("tags-length", Where(), f"{name} {problem} (got {codes.size})")
        sides.append(Side(codes, tags, f"$.{name.removesuffix('_codes')}[{{}}]"))
    tally.add(sides[0], sides[1], sizes)
    return tally.counts()


class _TagCodes(dict[str, int]):
    """Gives each tag a number when it is first asked for."""

    def __missing__(self, tag: str) -> int:
        return self.setdefault(tag, len(self))


def _codes(rows: Tags, code: _TagCodes) -> Codes:
    if len(code) <= BYTE:
        # The fastest way from Python objects to an array: no loop of ours sees a tag.
        flat = map(code.__getitem__, chain.from_iterable(rows))
        try:
            return np.frombuffer(bytearray(flat), dtype=np.uint8)
        except ValueError:  # more tags than a byte can tell apart
            pass
    return np.fromiter(map(code.__getitem__, chain.from_iterable(rows)), dtype=np.int32)


def _whole(name: str, values: npt.ArrayLike) -> npt.NDArray[Any]:
    array = np.asarray(values)
    if array.size == 0:
        array = array.astype(np.int64)
    if array.ndim != 1 or not np.issubdtype(array.dtype, np.integer):
        problem = f"{name} must be whole numbers in one dimension"
        got = f"{array.dtype} of shape {array.shape}"
        raise InvalidError("tags-array", Where(), f"{problem} (got {got})")
    return array
