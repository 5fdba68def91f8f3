"""The leaderboard: results side by side, where their signatures allow it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from vinee.bench import result as results_file
from vinee.bench import tasks
from vinee.bench.notes import notes_on
from vinee.bench.result import ALL, CLAIMED
from vinee.bench.tables import Table as PlainTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from vinee.bench.result import MetricScores, Result, ScoreSet
    from vinee.bench.tables import Value
    from vinee.stats.bootstrap import Interval

NONE = "–"
_FAMILIES = frozenset({"coref", "events", "link", "timex"})  # of which a task has one only
_SHORTER = {"tags.seqeval": "seqeval", "tags.seqeval(mode=strict)": "seqeval strict"}


@dataclass(frozen=True, slots=True)
class Row:
    """One system in one scope, its numbers written out."""

    system: str
    scope: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The systems of one task whose scores may be compared.

    Attributes:
        task: Name of the task.
        description: What a system has to do.
        headline: The metric of precision, recall, F1 and interval.
        columns: Names of the cells of a row.
        rows: Ordered by the headline's F1, then by name; a system's claimed labels stand below
            it where they are not all labels.
        signatures: Short signatures, each once, after the metric (and system) that they are of;
            the headline's first.
        warning: What must be known about the intervals; None if nothing.
        records: Every score of every row, unrounded, one a metric.
    """

    task: str
    description: str
    headline: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    signatures: tuple[tuple[str, str], ...]
    warning: str | None
    records: tuple[dict[str, Value], ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """Names of all columns."""
        return ("System", "Labels", *self.columns)

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        """All rows as text."""
        return tuple((row.system, row.scope, *row.cells) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """Tables, and what a reader of them must know.

    Attributes:
        tables: By task, in the order of the tasks.
        systems: ``(name, version, what it was trained on)``, by name.
        notes: What was not scored, left out or repaired, in words.
    """

    tables: tuple[Table, ...]
    systems: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]


def read_folder(folder: Path) -> tuple[Result, ...]:
    """Read the results ``*.json`` of a folder, by file name.

    Raises:
        InputError: A file is not a result.
    """
    return tuple(results_file.read(path) for path in sorted(folder.glob("*.json")))


def build(results: Iterable[Result]) -> Leaderboard:
    """Put results side by side; those of different signatures get tables of their own."""
    ordered = sorted(results, key=_rank)
    scored = [each for each in ordered if each.metrics]
    return Leaderboard(
        tables=tuple(_table(tuple(group)) for _, group in groupby(scored, key=_group)),
        systems=tuple(
            sorted(
                {
                    (each.system.name, each.system.version, each.system.trained_on)
                    for each in ordered
                }
            )
        ),
        notes=tuple(notes_on(ordered)),
    )


def _rank(result: Result) -> tuple[object, ...]:
    order = [task.name for task in tasks.known()]
    place = order.index(result.task) if result.task in order else len(order)
    headline = result.metric(result.headline)
    f1 = None if headline is None else headline.all.micro.f1
    system = result.system
    return (place, *_group(result), f1 is None, -(f1 or 0.0), system.name, system.version)


def _group(result: Result) -> tuple[str, str]:
    return result.task, "\n".join(each.all.signature.long for each in result.metrics)


def _table(results: Sequence[Result]) -> Table:
    first = results[0]
    others = [each.name for each in first.metrics if each.name != first.headline]
    rows = []
    signatures: dict[tuple[str, str], None] = {}
    for result in results:
        for scope in (ALL, CLAIMED):
            if scope == ALL or _is_narrower(result):
                rows.append(_row(result, scope, others))
                signatures |= dict.fromkeys(_signatures(result, scope))
    known = {task.name: task.description for task in tasks.known()}
    return Table(
        task=first.task,
        description=known.get(first.task, ""),
        headline=first.headline,
        columns=("P", "R", "F1", "95% interval", *map(_column, others)),
        rows=tuple(rows),
        signatures=tuple(signatures),
        warning=first.warning,
        records=tuple(record for result in results for record in _records(result)),
    )


def _records(result: Result) -> Iterator[dict[str, Value]]:
    for metric in result.metrics:
        for scope in (ALL, CLAIMED):
            scores = metric.scope(scope)
            if scores is None or (scope == CLAIMED and not _is_narrower(result)):
                continue
            ends = scores.interval
            yield {
                "task": result.task,
                "system": result.system.name,
                "version": result.system.version,
                "labels": scope,
                "metric": metric.name,
                "precision": scores.micro.precision,
                "recall": scores.micro.recall,
                "f1": scores.micro.f1,
                "low": None if ends is None else ends.low,
                "high": None if ends is None else ends.high,
                "signature": scores.signature.long,
            }


def _column(metric: str) -> str:
    if metric in _SHORTER:
        return _SHORTER[metric]
    family, dot, name = metric.partition(".")
    return name.removesuffix("(chains=events)") if dot and family in _FAMILIES else metric


def _is_narrower(result: Result) -> bool:
    """Tell whether the claimed labels are not simply all labels."""
    return any(
        each.claimed is not None and each.claimed.signature != each.all.signature
        for each in result.metrics
    )


def _row(result: Result, scope: str, others: Iterable[str]) -> Row:
    headline = _scores(result.metric(result.headline), scope)
    cells = [NONE, NONE, NONE, NONE]
    if headline is not None:
        micro = headline.micro
        cells = [*map(decimals, (micro.precision, micro.recall, micro.f1))]
        cells.append(_interval(headline.interval))
    for name in others:
        scores = _scores(result.metric(name), scope)
        cells.append(NONE if scores is None else decimals(scores.micro.f1))
    return Row(result.system.name, scope, tuple(cells))


def _scores(metric: MetricScores | None, scope: str) -> ScoreSet | None:
    return None if metric is None else metric.scope(scope)


def _signatures(result: Result, scope: str) -> Iterable[tuple[str, str]]:
    for metric in sorted(result.metrics, key=lambda each: each.name != result.headline):
        scores = metric.scope(scope)
        if scope == ALL:
            yield metric.name, metric.all.signature.short
        elif scores is not None and scores.signature != metric.all.signature:
            yield f"{metric.name}, claimed by {result.system.name}", scores.signature.short


def plain_tables(board: Leaderboard) -> list[PlainTable]:
    """Give the tables in the forms of `vinee.bench.tables`; the board's notes end the last one."""
    last = len(board.tables) - 1
    return [
        _plain_table(table, board.notes if number == last else ())
        for number, table in enumerate(board.tables)
    ]


def _plain_table(table: Table, notes: Iterable[str]) -> PlainTable:
    return PlainTable(
        title=f"{table.task}, by {table.headline}",
        header=table.header,
        rows=table.body,
        names=2,
        notes=(
            *(f"{whose}: {signature}" for whose, signature in table.signatures),
            *((table.warning,) if table.warning else ()),
            *notes,
        ),
        records=table.records,
    )


def decimals(value: float | None) -> str:
    """Write a score with three decimals; one that is not defined as a dash."""
    return NONE if value is None else f"{value:.3f}"


def _interval(ends: Interval | None) -> str:
    return NONE if ends is None else f"{ends.low:.3f}–{ends.high:.3f}"
