"""How fast tag scores are, as ratios to seqeval and nervaluate, measured side by side in one run.

    python scripts/speed/tags.py [--sentences N] [--all] [--rounds N] [--json]

Ours and the peer are called in turn on the same data, and their medians compared. The peers take
seconds for a million tokens, so that both sides of a pair get a tenth of the sentences, unless
`--all` is given; the work says how many tokens that is. What is compared is a score for each type:
seqeval's `precision_recall_fscore_support(average=None)`, its cheapest call that gives them ("per
type"), and its `classification_report(output_dict=True)`, which has the averages also ("report").
nervaluate is measured if it is installed.
"""

from __future__ import annotations

import argparse
import gc
import json
import tempfile
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from vinee.metrics import chunks
from vinee.metrics.scores import f1_as_seqeval, precision, recall

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from vinee.metrics.chunks import Mode

    Lists = list[list[str]]
    Codes = npt.NDArray[np.uint8]
    Scores = tuple[npt.NDArray[np.float64], ...]

SEED = 20
SENTENCES = 200_000
TOKENS = 25
TENTH = 10
ROUNDS = 5
TYPES = ("PER", "ORG", "GPE", "LOC")
NAMES = ("O", *(f"{prefix}-{type_}" for type_ in TYPES for prefix in "BI"))
GROWTH = (10_000, 100_000, 1_000_000, 10_000_000)  # tokens


@dataclass(frozen=True, slots=True)
class Pair:
    """One work, done by us and by a peer."""

    work: str
    peer: str
    target: float
    ours: Callable[[], object]
    theirs: Callable[[], object]


def main() -> None:
    """Measure all pairs and the growth, and print them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sentences", type=int, default=SENTENCES)
    parser.add_argument("--all", action="store_true", help="give the peers all sentences")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    sentences = options.sentences if options.all else max(1, options.sentences // TENTH)
    with tempfile.TemporaryDirectory() as folder:
        measured = [measure(pair, options.rounds) for pair in pairs(Path(folder), sentences)]
    exponents = growth(options.rounds)
    if options.json:
        print(json.dumps({"pairs": measured, "growth": exponents}, indent=2))
        return
    print(f"{'work':<36} {'peer':<25} {'ours s':>8} {'peer s':>8} {'ratio':>7} {'target':>6}")
    for each in measured:
        numbers = "skipped: it is not installed"
        if each["ratio"] is not None:
            numbers = "{ours:8.4f} {theirs:8.3f} {ratio:7.1f} {target:6.0f}".format(**each)
        print(f"{each['work']:<36} {each['peer']:<25} {numbers}")
    for name, exponent in exponents.items():
        print(f"growth from {GROWTH[0]:,} to {GROWTH[-1]:,} tokens, {name}: n^{exponent:.3f}")


def pairs(folder: Path, sentences: int = SENTENCES // TENTH) -> list[Pair]:
    """Make the data and return what is to be measured.

    Args:
        folder: Where the files are written.
        sentences: How many there are, of `TOKENS` tokens each.
    """
    from seqeval.metrics import classification_report as report
    from seqeval.metrics.sequence_labeling import precision_recall_fscore_support as default
    from seqeval.metrics.v1 import precision_recall_fscore_support as strict
    from seqeval.scheme import IOB2

    gold, predicted = codes(sentences)
    lists = lists_of(gold), lists_of(predicted)
    tokens = f"{sentences * TOKENS / 1e6:g}M tokens"
    per_type: dict[str, Any] = {"average": None, "zero_division": 0}
    full: dict[str, Any] = {"output_dict": True, "zero_division": 0}
    is_strict: dict[str, Any] = {"mode": "strict", "scheme": IOB2}
    peer = partial(strict, *lists, scheme=IOB2, **per_type)
    ours = {mode: partial(_lists, *lists, mode) for mode in chunks.MODES}
    peers: dict[tuple[Mode, str, float], Callable[[], object]] = {
        ("strict", "per type", 40): peer,
        ("strict", "report", 40): partial(report, *lists, **is_strict, **full),
        ("default", "per type", 20): partial(default, *lists, **per_type),
        ("default", "report", 20): partial(report, *lists, **full),
    }
    found = [
        Pair(f"lists, {mode}, {tokens}", f"seqeval {mode} {what}", target, ours[mode], theirs)
        for (mode, what, target), theirs in peers.items()
    ]
    work = f"lists, strict, {tokens}"
    found.append(Pair(work, "nervaluate", 50, ours["strict"], partial(_nervaluate, *lists)))
    for kind, path in write(folder, gold, predicted).items():
        target = 80 if path.suffix == ".parquet" else 300
        work = f"{kind}, strict, {tokens}"
        found.append(Pair(work, "seqeval strict per type", target, partial(_file, path), peer))
    return found


def measure(pair: Pair, rounds: int = ROUNDS) -> dict[str, Any]:
    """Call both sides of a pair in turn: medians in seconds, None if the peer is not installed."""
    row: dict[str, Any] = {"work": pair.work, "peer": pair.peer, "target": pair.target}
    if pair.peer == "nervaluate" and find_spec("nervaluate") is None:
        return row | {"ours": None, "theirs": None, "ratio": None}
    times = [(_seconds(pair.ours), _seconds(pair.theirs)) for _ in range(rounds)]
    ours, theirs = map(median, zip(*times, strict=True))
    return row | {"ours": ours, "theirs": theirs, "ratio": theirs / ours}


def growth(rounds: int = ROUNDS) -> dict[str, float]:
    """Return the exponent by which our time grows with the tokens, from lists and from arrays.

    It is the slope of the logarithms of the medians, over all the sizes in `GROWTH`.
    """
    times: dict[str, list[float]] = {"lists": [], "arrays": []}
    for tokens in GROWTH:
        gold, predicted = codes(tokens // TOKENS)
        lengths = np.full(tokens // TOKENS, TOKENS)
        flat = partial(_scores_of_arrays, gold, predicted, lengths)
        times["arrays"].append(median(_seconds(flat) for _ in range(rounds)))
        lists = partial(_lists, lists_of(gold), lists_of(predicted), "strict")
        times["lists"].append(median(_seconds(lists) for _ in range(rounds)))
    sizes = np.log(GROWTH)
    return {name: float(np.polyfit(sizes, np.log(each), 1)[0]) for name, each in times.items()}


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
        parquet.write_table(table, folder / f"{kind}.parquet")
        with pa.ipc.new_file(str(folder / f"{kind}.arrow"), table.schema) as file:
            file.write_table(table)
    return files


def _seconds(call: Callable[[], object]) -> float:
    gc.collect()
    started = perf_counter()
    call()
    return perf_counter() - started


def _lists(gold: Lists, predicted: Lists, mode: Mode) -> Scores:
    return _scores(chunks.chunk_counts(gold, predicted, mode, unit="corpus"))


def _scores_of_arrays(gold: Codes, predicted: Codes, lengths: npt.NDArray[np.int64]) -> Scores:
    flat = gold.ravel(), predicted.ravel()
    return _scores(chunks.chunk_counts_flat(*flat, lengths, NAMES, "strict", unit="corpus"))


def _file(path: Path) -> Scores:
    read = chunks.from_parquet if path.suffix == ".parquet" else chunks.from_arrow
    names = NAMES if path.stem == "codes" else None
    return _scores(read(path, names=names, mode="strict", unit="corpus"))


def _scores(counts: chunks.ChunkCounts) -> Scores:
    """Score each type, and all together in the last place, as seqeval does."""
    rows = np.concatenate((counts.table[0], counts.table.sum(axis=1)))
    return precision(rows), recall(rows), f1_as_seqeval(rows)


def _nervaluate(gold: Lists, predicted: Lists) -> object:
    nervaluate: Any = import_module("nervaluate")
    return nervaluate.Evaluator(gold, predicted, tags=list(TYPES), loader="list").evaluate()


if __name__ == "__main__":
    main()
