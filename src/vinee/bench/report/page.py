"""The page: one HTML file that needs nothing but itself."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from vinee.bench import leaderboard, pages
from vinee.bench.palette import Labelled, colour_class, colour_rules
from vinee.bench.report.confusion import confusion_of
from vinee.bench.report.judging import CLASSES, LAYERS
from vinee.bench.report.labels import labels_of
from vinee.bench.report.plots import LEFT, RIGHT, WIDTH, plot_of
from vinee.bench.report.readings import read_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Environment

    from vinee.bench.leaderboard import Leaderboard, Table
    from vinee.bench.report.labels import LabelTable
    from vinee.bench.report.marks import Face
    from vinee.bench.report.plots import Plot
    from vinee.bench.result import Result
    from vinee.model import Document
    from vinee.ontology import Ontology

SIGNS = {
    "correct": "✓",
    "type": "T",
    "boundary": "B",
    "both": "TB",
    "missed": "−",
    "spurious": "+",
    "unscored": "·",
}
MEANINGS = {
    "correct": "span and label right",
    "type": "span right, label wrong",
    "boundary": "spans overlap, label right",
    "both": "spans overlap, label wrong",
    "missed": "in gold alone",
    "spurious": "found, but not in gold",
    "unscored": "of no task that is scored here",
}
NAMES = {
    "mention": "mentions",
    "timex": "times",
    "trigger": "triggers",
    "argument": "arguments",
}


@dataclass(frozen=True, slots=True)
class TaskScores:
    """What is shown of the scores of one task."""

    table: Table
    plot: Plot | None
    labels: LabelTable | None


def render(
    results: Sequence[Result],
    gold: Sequence[Document],
    predictions: Mapping[str, Sequence[Document]],
    *,
    labels: Ontology | None = None,
) -> str:
    """Render scores, confusions and articles as HTML.

    The same input gives the same bytes. Where there are many articles, only those with errors
    are shown, up to a limit, and the page says so.

    Args:
        results: What the leaderboard is made from.
        gold: Documents with their texts.
        predictions: Documents of each system by its name, checked against the gold texts; none
            of them gives a page without articles. The systems stand in the order of the
            leaderboard.
        labels: The labels of the gold; ours if not given.

    Raises:
        InvalidError: A predicted span lies outside its text.
    """
    board = leaderboard.build(results)
    names = _in_order(board, predictions)
    readings = read_all(results, gold, {name: predictions[name] for name in names}, labels)
    style = _style(len(names))
    script = pages.source("report.js")
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            board=board,
            tasks=_tasks(board, results),
            without=_without(board, names),
            readings=readings,
            classes=CLASSES,
            layers=LAYERS,
            confusions={
                each.number: [
                    found for layer in LAYERS if (found := confusion_of(layer, each.judged))
                ]
                for each in readings.systems
            },
            style=pages.trusted(style),
            script=pages.trusted(script),
            policy=pages.policy(style, script),
        )
    )


def _environment() -> Environment:
    environment = pages.environment()
    environment.filters["colour"] = _colour
    environment.filters["of_class"] = lambda system, each: system.tally.of_class(each)
    environment.filters["of_layer"] = lambda system, each: system.tally.of_layer(each)
    environment.globals.update(
        signs=SIGNS, meanings=MEANINGS, layer_names=NAMES, left=LEFT, right=RIGHT, width=WIDTH
    )
    return environment


def _colour(face: Face, kind: str) -> str:
    return colour_class(Labelled(kind, face.label))


def _in_order(board: Leaderboard, predictions: Mapping[str, object]) -> list[str]:
    known = [name for name in _ranked(board) if name in predictions]
    return [*known, *sorted(predictions.keys() - set(known))]


def _without(board: Leaderboard, names: Sequence[str]) -> list[str]:
    return [name for name in _ranked(board) if name not in names]


def _ranked(board: Leaderboard) -> list[str]:
    return list(dict.fromkeys(row.system for table in board.tables for row in table.rows))


def _tasks(board: Leaderboard, results: Sequence[Result]) -> list[TaskScores]:
    """Give each table of the leaderboard the results that it was made of."""
    found = []
    for table in board.tables:
        rows = [row.system for row in table.rows if row.scope == "all"]
        mine = [each for name in rows for each in results if _is_of(each, table, name)]
        unique = [next(group) for _, group in groupby(mine, key=lambda each: each.system.name)]
        found.append(TaskScores(table, plot_of(table), labels_of(unique)))
    return found


def _is_of(result: Result, table: Table, system: str) -> bool:
    signatures = {signature for _, signature in table.signatures}
    return (
        result.task == table.task
        and result.system.name == system
        and bool(result.metrics)
        and all(each.all.signature.short in signatures for each in result.metrics)
    )


def _style(systems: int) -> str:
    css = pages.source("report.css")
    choices = "\n".join(
        f"body:has(#show-{number}:checked) :is(.reading, .of):not(.of-{number})"
        " { display: none; }"
        for number in range(1, systems + 1)
    )
    filters = "\n".join(
        f"body:has(#class-{each}:not(:checked)) :is(li.is-{each}, .arc.is-{each}, "
        f".mark.is-{each} > .tag) {{ display: none; }}\n"
        f"body:has(#class-{each}:not(:checked)) .mark.is-{each}"
        " { border-color: transparent; padding: 0; }"
        for each in CLASSES
    )
    return f"{css}\n{colour_rules()}\n{choices}\n{filters}\n"
