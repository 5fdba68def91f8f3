"""Chunks of IOB2 tag sequences, counted as seqeval 1.2.2 counts them, over flat arrays."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, get_args

import numpy as np

from vinee.errors import InvalidError, UnknownNameError, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    IntArray = npt.NDArray[np.int64]
    CodeArray = npt.NDArray[np.uint8 | np.int32]
    Tags = Sequence[Sequence[str]]

Mode: TypeAlias = Literal["default", "strict"]
MODES: tuple[Mode, ...] = get_args(Mode)

_OUTSIDE, _BEGIN, _INSIDE = range(3)
_KINDS = {"O": _OUTSIDE, "B": _BEGIN, "I": _INSIDE}
_BYTE = 256


class ChunkCounts(NamedTuple):
    """Counts per sentence.

    Attributes:
        labels: Types of the chunks that were found on either side, ascending.
        table: int64, shape ``[sentences, labels, 3]``; the last axis is (correct, predicted, gold).
    """

    labels: tuple[str, ...]
    table: IntArray


class _Chunks(NamedTuple):
    start: IntArray
    end: IntArray
    type: CodeArray


def chunk_counts(gold: Tags, predicted: Tags, mode: Mode = "default") -> ChunkCounts:
    """Count the chunks of IOB2 tags per sentence, bit-identical to seqeval 1.2.2.

    Mode ``default`` is conlleval's reading: an ``I-`` that continues nothing opens a chunk.
    Mode ``strict`` is seqeval's ``mode="strict", scheme=IOB2``: such an ``I-`` is no chunk, and
    nothing continues it. A tag is ``O``, or ``B`` or ``I`` alone (type ``_``), or followed by
    ``-`` and a type, which may hold hyphens; strict mode ignores hyphens around the type.

    Args:
        gold: One sequence of tags for each sentence.
        predicted: The same number of sentences, of the same lengths.
        mode: Which of seqeval's two readings.

    Raises:
        InvalidError: The lengths differ, or a tag is not IOB2.
        UnknownNameError: There is no such mode.
    """
    if mode not in MODES:
        raise UnknownNameError("mode of tags.seqeval", mode, MODES)
    lengths = _lengths(gold, predicted)
    tags = sorted({*chain.from_iterable(gold), *chain.from_iterable(predicted)})
    kinds, types, names = _read(tags, mode)
    fresh = np.zeros(int(lengths.sum()) + 1, dtype=bool)
    fresh[np.concatenate(([0], np.cumsum(lengths)))] = True
    wanted, given = (
        _chunks(_codes(side, tags), kinds, types, fresh, mode) for side in (gold, predicted)
    )
    return _count(wanted, given, names, lengths)


def _lengths(gold: Tags, predicted: Tags) -> IntArray:
    if len(gold) != len(predicted):
        raise InvalidError(
            "tags-length",
            Where(),
            f"predicted must have as many sentences as gold, {len(gold)} (got {len(predicted)})",
        )
    lengths = np.fromiter(map(len, gold), dtype=np.int64, count=len(gold))
    others = np.fromiter(map(len, predicted), dtype=np.int64, count=len(predicted))
    if (unequal := np.flatnonzero(lengths != others)).size:
        at = int(unequal[0])
        raise InvalidError(
            "tags-length",
            Where(path=f"$[{at}]"),
            f"predicted must have as many tags as gold, {lengths[at]} (got {others[at]})",
        )
    return lengths


def _read(tags: Sequence[str], mode: Mode) -> tuple[CodeArray, CodeArray, list[str]]:
    kinds, named = [], []
    for tag in tags:
        kind, type_ = tag[:1], tag[2:]
        if kind not in _KINDS or (tag != kind and (kind == "O" or tag[1] != "-")):
            raise InvalidError(
                "tag-unknown", Where(), f"a tag must be O, B-<type> or I-<type> (got {tag!r})"
            )
        kinds.append(_KINDS[kind])
        named.append((type_.strip("-") if mode == "strict" else type_) or "_")
    names = sorted(set(named))
    index = {name: at for at, name in enumerate(names)}
    types = np.array([index[name] for name in named], dtype=np.int32)
    return np.array(kinds, dtype=np.uint8), types, names


def _codes(rows: Tags, tags: Sequence[str]) -> CodeArray:
    code = {tag: at for at, tag in enumerate(tags)}
    flat = map(code.__getitem__, chain.from_iterable(rows))
    if len(tags) <= _BYTE:  # bytes() is the fastest way from Python objects to an array
        return np.frombuffer(bytes(flat), dtype=np.uint8)
    return np.fromiter(flat, dtype=np.int32)


def _chunks(
    codes: CodeArray, kinds: CodeArray, types: CodeArray, fresh: npt.NDArray[np.bool_], mode: Mode
) -> _Chunks:
    # One more token, outside, so that every chunk is followed by a break.
    kind = np.append(kinds[codes], _OUTSIDE)
    type_ = np.append(types[codes], -1)
    goes_on = np.zeros(kind.size, dtype=bool)
    goes_on[1:] = (kind[1:] == _INSIDE) & (kind[:-1] != _OUTSIDE) & (type_[1:] == type_[:-1])
    breaks = np.flatnonzero(~goes_on | fresh)
    opens = kind[breaks] == _BEGIN if mode == "strict" else kind[breaks] != _OUTSIDE
    opens[-1] = False
    start = breaks[opens]
    return _Chunks(start, breaks[1:][opens[:-1]], type_[start])


def _count(gold: _Chunks, predicted: _Chunks, names: list[str], lengths: IntArray) -> ChunkCounts:
    # At most one chunk starts at a token, so its end and type can be looked up there.
    end = np.full(int(lengths.sum()), -1, dtype=np.int64)
    type_ = end.copy()
    end[gold.start], type_[gold.start] = gold.end, gold.type
    agree = (end[predicted.start] == predicted.end) & (type_[predicted.start] == predicted.type)
    correct = _Chunks(*(field[agree] for field in predicted))
    sentence = np.repeat(np.arange(lengths.size), lengths)
    cells = lengths.size * len(names)
    table = np.stack(
        [
            np.bincount(sentence[side.start] * len(names) + side.type, minlength=cells)
            for side in (correct, predicted, gold)
        ],
        axis=-1,
    ).reshape(lengths.size, len(names), 3)
    occur = np.flatnonzero(table.sum(axis=(0, 2)))
    return ChunkCounts(tuple(names[at] for at in occur), table[:, occur].astype(np.int64))
