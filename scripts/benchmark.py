"""How fast ViNEE is, as ratios to named peers, measured side by side in one run.

    python scripts/benchmark.py

Prints medians over several rounds and their ratios; the seconds depend on the machine, the
ratios much less.
"""

from __future__ import annotations

import random
import subprocess
import sys
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from vinee import resources
from vinee.metrics.chunks import chunk_counts

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5
SENTENCES = 10_000
TOKENS = 20


def main() -> None:
    """Print all comparisons."""
    from seqeval.metrics import f1_score
    from seqeval.scheme import IOB2

    gold, predicted = _tags(0), _tags(1)
    print(f"tag scores, {SENTENCES * TOKENS:,} tokens, median of {ROUNDS}")
    ours = _time(lambda: chunk_counts(gold, predicted, "strict"))
    strict = _time(lambda: f1_score(gold, predicted, mode="strict", scheme=IOB2))
    default = _time(lambda: f1_score(gold, predicted))
    _compare("chunk_counts(strict)", ours, "seqeval f1_score(strict)", strict)
    _compare("chunk_counts(strict)", ours, "seqeval f1_score(default)", default)

    print(f"processes, median of {ROUNDS}")
    nothing = _time(lambda: _process("pass"))
    command = "import sys; from vinee.cli import main; sys.argv[1:] = {}; main()"
    help_ = _time(lambda: _process(command.format(["--help"])))
    folder = str(resources.root() / "annotations" / "gold")
    scoring = _time(lambda: _process(command.format(["score", folder])))
    seqeval = _time(lambda: _process("import seqeval.metrics"))
    print(f"vinee --help: {help_ - nothing:.2f} s more than python -c pass")
    _compare("vinee score GOLD, whole process", scoring, "import seqeval.metrics", seqeval)


def _tags(seed: int) -> list[list[str]]:
    rng = random.Random(seed)  # noqa: S311 - test data, no secret
    names = ["O", *(f"{prefix}-{label}" for prefix in "BI" for label in ("PER", "LOC", "ORG"))]
    return [[rng.choice(names) for _ in range(TOKENS)] for _ in range(SENTENCES)]


def _time(call: Callable[[], object]) -> float:
    rounds = []
    for _ in range(ROUNDS):
        started = perf_counter()
        call()
        rounds.append(perf_counter() - started)
    return median(rounds)


def _process(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own code


def _compare(name: str, ours: float, peer: str, theirs: float) -> None:
    print(f"{name}: {ours:.3f} s; {peer}: {theirs:.3f} s; {theirs / ours:.1f} times as fast")


if __name__ == "__main__":
    main()
