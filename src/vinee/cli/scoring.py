"""``vinee score``, and how results are shown."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vinee.cli.options import (
    Draws,
    Gold,
    GoldFormat,
    GoldMap,
    GoldSplits,
    IntervalMethod,
    Json,
    LenientGold,
    Map,
    Seed,
    Tasks,
    Unit,
)

if TYPE_CHECKING:
    from vinee.bench.leaderboard import Leaderboard
    from vinee.bench.result import Result


def score(
    predictions: Annotated[Path, typer.Argument(help="A file or folder, in any format.")],
    tasks: Tasks = None,
    gold: Gold = None,
    system: Annotated[str, typer.Option(help="Name to score under. [the card's or file's]")] = "",
    form: Annotated[
        str | None, typer.Option("--format", help="Format of the predictions. [detected]")
    ] = None,
    label_map: Map = None,
    gold_format: GoldFormat = None,
    gold_map: GoldMap = None,
    gold_split: GoldSplits = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for <system>.<task>.json. [none written]")
    ] = None,
    metrics: Annotated[
        list[str] | None,
        typer.Option("--metric", help="Instead of the task's; may be given again."),
    ] = None,
    unit: Unit = "document",
    interval: IntervalMethod = "percentile",
    draws: Draws = 10_000,
    seed: Seed = 20250807,
    *,
    lenient: Annotated[
        bool, typer.Option("--lenient", help="Leave out and count what is wrong in predictions.")
    ] = False,
    lenient_gold: LenientGold = False,
    as_json: Json = False,
) -> None:
    """Score a file of predictions; exit 2 if it holds an error, 1 if a --task was not scored."""
    from vinee.bench import card, result, scoring
    from vinee.bench import tasks as known_tasks
    from vinee.bench.file_names import file_name
    from vinee.bench.resampling import Resampling
    from vinee.cli.reading import gold_of, tell_left_out
    from vinee.corpus import labelmap
    from vinee.corpus import predictions as prediction_files

    chosen = known_tasks.chosen(tasks)
    if metrics:
        chosen = tuple(task.with_metrics(metrics) for task in chosen)
    how = Resampling(unit, interval, draws, seed)
    reference = gold_of(gold, gold_format, gold_map, gold_split, lenient=lenient_gold)
    read = prediction_files.read(
        predictions,
        reference.documents,
        lenient=lenient,
        format=form,
        labels=labelmap.parse(label_map) if label_map else None,
        labels_of=reference.labels,
    )
    found = card.described(predictions, read, reference.labels, system)
    if found.card is not None:
        typer.echo(f"system: {found.system.name}, as {found.card} says", err=True)
    elif not system and card.place(predictions).is_file():
        typer.echo(f"{card.place(predictions)} is of other predictions and not used", err=True)
    results = [
        scoring.score(found.predictions, task, gold=reference, system=found.system, resampling=how)
        for task in chosen
    ]
    if out is not None:
        for each in results:
            result.write(out / f"{file_name(found.system.name)}.{each.task}.json", each)
    tell_left_out(read.findings)
    show(results, as_json=as_json)
    raise typer.Exit(unscored(results, tasks))


def unscored(results: list[Result], asked: list[str] | None) -> int:
    """Tell which of the tasks that were asked for could not be scored, and give the exit code."""
    from vinee.bench.scorable import THE_TASK

    missing = [each for each in results if not each.metrics] if asked else []
    for each in missing:
        why = "; ".join(skipped.why for skipped in each.skipped if skipped.what == THE_TASK)
        typer.echo(f"not scored, though asked for: {each.task}: {why}", err=True)
    return 1 if missing else 0


def show(results: list[Result], *, as_json: bool) -> None:
    """Print results as tables, or as JSON for a program."""
    from vinee.bench import leaderboard

    if as_json:
        from vinee.bench import result

        typer.echo(f"[{','.join(result.encode(each).decode() for each in results)}]")
    else:
        from vinee.bench import render

        print_board(leaderboard.build(results))
        for each in results:
            if each.metrics:
                typer.echo()
                typer.echo(render.by_label(each), nl=False)


def print_board(board: Leaderboard) -> None:
    """Print a leaderboard, with colours on a terminal only."""
    from vinee.bench import render

    if sys.stdout.isatty():
        from rich.console import Console

        Console(highlight=False).print(render.rich(board))
    else:
        typer.echo(render.plain(board), nl=False)
