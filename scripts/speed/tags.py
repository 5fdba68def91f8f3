"""How fast tag scores are, as ratios to seqeval and nervaluate, measured side by side in one run.

    python scripts/speed/tags.py [--quick] [--rounds N] [--json]

What is compared is a score for each type: of seqeval its `precision_recall_fscore_support` with
`average=None`, the cheapest call that gives them; its `classification_report` takes two to six
times as long. nervaluate is measured if it is installed.
"""

from __future__ import annotations

import sys
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
from measuring import Growth, Pair, Setting, returned, run
from memory import peak

from vinee.metrics import chunks
from vinee.metrics.scores import f1_as_seqeval, precision, recall

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import numpy.typing as npt

    from vinee.metrics.chunks import Mode

    Lists = list[list[str]]
    Codes = npt.NDArray[np.uint8]
    Scores = tuple[npt.NDArray[np.float64], ...]

SEED = 20
SENTENCES = 200_000
TOKENS = 25
QUICK = 100
GROUP = 50_000  # sentences of a file that are written together
TYPES = ("PER", "ORG", "GPE", "LOC")
NAMES = ("O", *(f"{prefix}-{type_}" for type_ in TYPES for prefix in "BI"))
GROWTH = (10_000, 100_000, 1_000_000, 10_000_000)  # tokens


def pairs(setting: Setting) -> Iterator[Pair]:
    """Make tags, and give what is measured on them."""
    from seqeval.metrics.sequence_labeling import precision_recall_fscore_support as default
    from seqeval.metrics.v1 import precision_recall_fscore_support as strict
    from seqeval.scheme import IOB2

    sentences = SENTENCES // QUICK if setting.quick else SENTENCES
    gold, predicted = codes(sentences)
    lists = lists_of(gold), lists_of(predicted)
    tokens = f"{sentences * TOKENS / 1e6:g}M tokens"
    per_type: dict[str, Any] = {"average": None, "zero_division": 0}
    peer = partial(strict, *lists, scheme=IOB2, **per_type)
    ours = {mode: partial(_lists, *lists, mode) for mode in chunks.MODES}
    peers: dict[Mode, tuple[float, Callable[[], object]]] = {
        "strict": (40, peer),
        "default": (20, partial(default, *lists, **per_type)),
    }
    for mode, (target, theirs) in peers.items():
        work = f"tags from lists, {mode}, {tokens}"
        yield Pair(work, f"seqeval {mode}", target, ours[mode], theirs, package="seqeval")
    work = f"tags from lists, strict, {tokens}"
    theirs = partial(_nervaluate, *lists)
    yield Pair(work, "nervaluate", 50, ours["strict"], theirs, package="nervaluate")
    for kind, path in write(setting.folder, gold, predicted).items():
        target = 80 if path.suffix == ".parquet" else 300
        work = f"tags from {kind}, strict, {tokens}"
        ours_here = partial(from_file, path)
        yield Pair(work, "seqeval strict", target, ours_here, peer, package="seqeval")


def growths(setting: Setting) -> Iterator[Growth]:
    """Give how our time grows with the tokens, and our memory with those of a file."""
    sizes = GROWTH[:-1] if setting.quick else GROWTH
    made = {"lists": _from_lists, "arrays": _from_arrays}
    for name, make in made.items():
        calls = {tokens: partial(make, tokens) for tokens in sizes}
        yield Growth(f"tags from {name}, strict", "tokens", 1.05, calls)
    files = {tokens: partial(_peak, setting.folder, tokens) for tokens in sizes[1:]}
    yield Growth(
        "memory of tags from Parquet, strict", "tokens", 0.2, files, cost=returned, unit="MB"
    )


def from_file(path: Path) -> Scores:
    """Score the tags of a file, from a name that `write` gives."""
    read = chunks.from_parquet if path.suffix == ".parquet" else chunks.from_arrow
    names = NAMES if path.stem == "codes" else None
    return _scores(read(path, names=names, mode="strict", unit="corpus"))


def _peak(folder: Path, tokens: int) -> Callable[[], object]:
    path = write(folder, *codes(tokens // TOKENS))["Parquet of texts"]
    return partial(peak, "tags", path)


def _from_lists(tokens: int) -> Callable[[], object]:
    gold, predicted = codes(tokens // TOKENS)
    return partial(_lists, lists_of(gold), lists_of(predicted), "strict")


def _from_arrays(tokens: int) -> Callable[[], object]:
    sentences = tokens // TOKENS
    lengths = np.full(sentences, TOKENS)
    return partial(_scores_of_arrays, *codes(sentences), lengths)


def codes(sentences: int) -> tuple[Codes, Codes]:
    """Make gold and predicted tags, shape ``[sentences, TOKENS]``, as places in `NAMES`.

    Gold is valid IOB2 with an entity at one token in eight. In predicted, one tag in ten is any.
    """
    rng = np.random.default_rng(SEED)
    gold = np.zeros((sentences, TOKENS), dtype=np.uint8)
    opens = rng.random(gold.shape) < 1 / 8
    width = rng.integers(1, 4, gold.shape)
    begin = (1 + 2 * rng.integers(0, len(TYPES), gold.shape)).astype(np.uint8)
    left = np.zeros(sentences, dtype=np.int64)  # how many tokens the open entity still has
    for at in range(TOKENS):
        goes_on = left > 0
        starts = opens[:, at] & ~goes_on
        gold[starts, at] = begin[starts, at]
        if at:
            before = gold[goes_on, at - 1]
            gold[goes_on, at] = before + before % 2  # B is odd, and the I of its type follows it
        left = np.where(starts, width[:, at], left) - 1
    noise = rng.integers(0, len(NAMES), gold.shape).astype(np.uint8)
    return gold, np.where(rng.random(gold.shape) < 1 / 10, noise, gold)


def lists_of(array: Codes) -> Lists:
    """Write the tags as a list of texts for each sentence."""
    return [[NAMES[code] for code in row] for row in array.tolist()]


def write(folder: Path, gold: Codes, predicted: Codes) -> dict[str, Path]:
    """Write the tags as Parquet and Arrow, as codes and as texts, and return the files."""
    import pyarrow as pa
    from pyarrow import parquet

    offsets: Any = pa.array(np.arange(0, gold.size + 1, TOKENS, dtype=np.int32))
    files = {}
    for kind in ("codes", "texts"):
        columns = []
        for side in (gold, predicted):
            items: Any = pa.array(side.ravel())
            if kind == "texts":
                items = pa.DictionaryArray.from_arrays(items.cast(pa.int8()), pa.array(NAMES))
            columns.append(pa.ListArray.from_arrays(offsets, items))
        table = pa.table(columns, names=["gold", "predicted"])
        files[f"Parquet of {kind}"] = folder / f"{kind}.parquet"
        files[f"Arrow of {kind}"] = folder / f"{kind}.arrow"
        parquet.write_table(table, folder / f"{kind}.parquet", row_group_size=GROUP)
        with pa.ipc.new_file(str(folder / f"{kind}.arrow"), table.schema) as file:
            file.write_table(table, max_chunksize=GROUP)
    return files


def _lists(gold: Lists, predicted: Lists, mode: Mode) -> Scores:
    return _scores(chunks.chunk_counts(gold, predicted, mode, unit="corpus"))


def _scores_of_arrays(gold: Codes, predicted: Codes, lengths: npt.NDArray[np.int64]) -> Scores:
    flat = gold.ravel(), predicted.ravel()
    return _scores(chunks.chunk_counts_flat(*flat, lengths, NAMES, "strict", unit="corpus"))


def _scores(counts: chunks.ChunkCounts) -> Scores:
    """Score each type, and all together in the last place, as seqeval does."""
    rows = np.concatenate((counts.table[0], counts.table.sum(axis=1)))
    return precision(rows), recall(rows), f1_as_seqeval(rows)


def _nervaluate(gold: Lists, predicted: Lists) -> object:
    nervaluate: Any = import_module("nervaluate")
    return nervaluate.Evaluator(gold, predicted, tags=list(TYPES), loader="list").evaluate()


if __name__ == "__main__":
    run([sys.modules[__name__]], __doc__)
