"""What a scoring gives, and the file that it is stored in.

The file says what was scored and how, never when, where or how fast: the same predictions give
the same bytes anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from vinee.bench import recount
from vinee.bench.claims import SystemClaims
from vinee.bench.signature import Signature
from vinee.bench.stored import StoredTally, compact
from vinee.errors import MalformedError, SchemaError, Where
from vinee.extractors.base import Seen
from vinee.formats import atomic
from vinee.metrics.scores import Average, Score
from vinee.stats.bootstrap import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

SCHEMA = "vinee.result/2"
ALL = "all"
CLAIMED = "claimed"
_COLUMNS = (
    *("task", "system", "metric", "scope", "label"),
    *("precision", "recall", "f1", "support", "correct", "predicted"),
    *("low", "high"),
)


class System(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What made the predictions.

    Attributes:
        name: As it stands in a leaderboard.
        version: Version of whatever decides the output.
        trained_on: What it was trained on, in plain words.
        licence: Licence of whatever decides the output.
        texts_seen: Whether its makers or its training may have had the texts.
        claims: The labels that it can produce at all; None if nobody said.
    """

    name: str = "unnamed"
    version: str = "unknown"
    trained_on: str = "unknown"
    licence: str = "unknown"
    texts_seen: Seen = "unknown"
    claims: SystemClaims | None = None


class Corpus(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The gold.

    Attributes:
        version: Our edition, or ``user`` for a gold that is not ours.
        hash: SHA-256 of its content, hexadecimal.
        scored: Ids of the documents that were scored.
        unscored: Ids of those whose layer was not annotated.
        unpredicted: Ids of scored ones without a prediction; their gold counts as missed.
    """

    version: str
    hash: str
    scored: tuple[str, ...]
    unscored: tuple[str, ...]
    unpredicted: tuple[str, ...]


class Skipped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that was not scored, and why."""

    what: str
    why: str


class StoredSignature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Both forms of a signature."""

    short: str
    long: str

    @classmethod
    def of(cls, signature: Signature) -> StoredSignature:
        """Write down a signature."""
        return cls(signature.short(), signature.long())

    def parse(self) -> Signature:
        """Read the long form."""
        return Signature.parse(self.long)


class ScoreSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The scores of one metric on one set of labels.

    Attributes:
        signature: Two scores may be compared only if it is the same.
        micro: Over all labels together.
        macro: Means over the labels that occur.
        labels: By label.
        interval: Of the micro F1; None if there is none.
        counts: All that intervals and tests need.
    """

    signature: StoredSignature
    micro: Score
    macro: Average
    labels: dict[str, Score]
    interval: Interval | None
    counts: StoredTally


class MetricScores(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The scores of one metric.

    Attributes:
        name: The metric.
        all: On all labels of the task.
        claimed: On the labels that the system claims; None if it claims none that this metric
            scores, or nobody said what it claims.
    """

    name: str
    all: ScoreSet
    claimed: ScoreSet | None = None

    def scope(self, name: str) -> ScoreSet | None:
        """Return the scores on ``all`` or on the ``claimed`` labels."""
        return self.all if name == ALL else self.claimed


class Result(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="schema", tag=SCHEMA
):
    """The scores of one system on one task.

    Attributes:
        task: Name of the task.
        headline: Name of the metric that systems are ranked by.
        system: What made the predictions.
        corpus: What it was scored on.
        metrics: In the order of the task; empty if the system was not scored.
        skipped: What was not scored, and why.
        findings: How many items of the predictions were left out, by the id of the check.
        grounding: Sums of ``meta.alignment`` over the predictions: how many tokens or strings
            were found exactly, repaired, or not found.
        notes: How predictions of another form were read, what a label map did to them, and what
            went wrong with a language model's answers and what they took.
        warning: What must be known about the intervals; None if nothing.
    """

    task: str
    headline: str
    system: System
    corpus: Corpus
    metrics: tuple[MetricScores, ...]
    skipped: tuple[Skipped, ...] = ()
    findings: dict[str, int] = {}
    grounding: dict[str, int] = {}
    notes: tuple[str, ...] = ()
    warning: str | None = None

    def metric(self, name: str) -> MetricScores | None:
        """Return the scores of a metric; None if it was not scored."""
        return next((each for each in self.metrics if each.name == name), None)

    def to_pandas(self) -> pd.DataFrame:
        """Give one row for each metric, scope and label; ``micro`` and ``macro`` are rows too.

        Without metrics there are the same columns and no row.
        """
        import pandas as pd

        return pd.DataFrame(list(self._rows()), columns=list(_COLUMNS))

    def _rows(self) -> Iterator[dict[str, Any]]:
        for metric in self.metrics:
            for scope in (ALL, CLAIMED):
                scores = metric.scope(scope)
                if scores is None:
                    continue
                fixed = {
                    "task": self.task,
                    "system": self.system.name,
                    "metric": metric.name,
                    "scope": scope,
                }
                ends = scores.interval
                low, high = (None, None) if ends is None else (ends.low, ends.high)
                yield {
                    **fixed,
                    "label": "micro",
                    **msgspec.to_builtins(scores.micro),
                    "low": low,
                    "high": high,
                }
                yield {**fixed, "label": "macro", **msgspec.to_builtins(scores.macro)}
                for label, score in scores.labels.items():
                    yield {**fixed, "label": label, **msgspec.to_builtins(score)}


def encode(result: Result) -> bytes:
    """Encode a result as JSON with sorted keys and a final newline, a row of counts to a line."""
    plain = msgspec.json.format(msgspec.json.encode(result, order="sorted"), indent=1)
    return compact(plain) + b"\n"


def write(path: Path, result: Result) -> None:
    """Write a result, atomically."""
    atomic.write_bytes(path, encode(result))


def read(path: Path) -> Result:
    """Read a result.

    Raises:
        MalformedError: The file is not JSON.
        SchemaError: It is not a result of this version.
        InvalidError: Its scores are not those of its counts.
    """
    where = Where(file=str(path))
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Result)
    except msgspec.ValidationError as error:
        raise SchemaError("result-schema", where, str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedError("not-json", where, str(error)) from error
    recount.check(found, where)
    return found


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a stored result."""
    return msgspec.json.schema(Result)
