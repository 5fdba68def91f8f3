"""``vinee bench``, ``run`` and ``score``."""

from __future__ import annotations

import sys
from contextlib import contextmanager
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
    from collections.abc import Iterator

    from rich.progress import TaskID

    from vinee.bench.leaderboard import Leaderboard
    from vinee.bench.result import Result
    from vinee.bench.run import OnProgress
    from vinee.bench.run import Progress as Step


def bench(
    extractors: Annotated[
        list[str] | None,
        typer.Argument(help="Names, module:object, cmd:… or http://…. [the baselines]"),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for all files.")] = Path("benchmark"),
) -> None:
    """Run extractors on the gold, print the leaderboard, write results and an HTML report."""
    from vinee.bench.baselines import BASELINES
    from vinee.bench.baselines import bench as run_bench

    with _progress() as on_progress:
        done = run_bench(extractors or BASELINES, out, on_progress)
    _print(done.leaderboard)
    for name, why in done.skipped.items():
        typer.echo(f"skipped {name}: {why}", err=True)
    for name, why in done.left_out.items():
        typer.echo(f"left out {name}: {why}", err=True)
    if done.seqeval:
        typer.echo(f"Tag scores agree with seqeval {done.seqeval}.")
    typer.echo(f"Predictions, results and LEADERBOARD.md are in {out}; report: {done.report}")
    raise typer.Exit(1 if done.skipped else 0)


def run(
    extractor: Annotated[str, typer.Argument(help="Name, module:object, cmd:COMMAND or http://….")],
    tasks: Tasks = None,
    gold: Gold = None,
    out: Annotated[Path, typer.Option(help="Folder for predictions and results.")] = Path(
        "benchmark"
    ),
    label_map: Map = None,
    gold_format: GoldFormat = None,
    gold_map: GoldMap = None,
    gold_split: GoldSplits = None,
    unit: Unit = "document",
    interval: IntervalMethod = "percentile",
    draws: Draws = 10_000,
    seed: Seed = 20250807,
    *,
    lenient_gold: LenientGold = False,
    as_json: Json = False,
) -> None:
    """Run one extractor, store predictions and results; a run that was killed goes on."""
    from vinee.bench import card, record, result, scoring
    from vinee.bench import tasks as known_tasks
    from vinee.bench.file_names import file_name
    from vinee.bench.resampling import Resampling
    from vinee.bench.run import run as run_extractor
    from vinee.cli.reading import gold_of
    from vinee.corpus import labelmap
    from vinee.extractors import registry

    chosen = known_tasks.chosen(tasks)
    how = Resampling(unit, interval, draws, seed)
    reference = gold_of(gold, gold_format, gold_map, gold_split, lenient=lenient_gold)
    found = registry.resolve(extractor)
    name = file_name(found.name)
    with _progress() as on_progress:
        ran = run_extractor(
            found,
            reference,
            out / "predictions" / f"{name}.jsonl",
            labels=labelmap.parse(label_map) if label_map else None,
            on_progress=on_progress,
        )
    card.write(out / "predictions" / f"{name}.jsonl", ran.system, ran.predictions)
    record.write(out / "runs" / f"{name}.json", ran)
    results = [
        scoring.score(
            ran.predictions,
            task,
            gold=reference,
            system=ran.system,
            resampling=how,
        )
        for task in chosen
    ]
    for each in results:
        result.write(out / "results" / f"{name}.{each.task}.json", each)
    _show(results, as_json=as_json)


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
    _show(results, as_json=as_json)
    unscored = [each for each in results if not each.metrics] if tasks else []
    for each in unscored:
        why = "; ".join(skipped.why for skipped in each.skipped if skipped.what == "the task")
        typer.echo(f"not scored, though asked for: {each.task}: {why}", err=True)
    raise typer.Exit(1 if unscored else 0)


def _show(results: list[Result], *, as_json: bool) -> None:
    from vinee.bench import leaderboard

    if as_json:
        from vinee.bench import result

        typer.echo(f"[{','.join(result.encode(each).decode() for each in results)}]")
    else:
        from vinee.bench import render

        _print(leaderboard.build(results))
        for each in results:
            if each.metrics:
                typer.echo()
                typer.echo(render.by_label(each), nl=False)


def _print(board: Leaderboard) -> None:
    from vinee.bench import render

    if sys.stdout.isatty():
        from rich.console import Console

        Console(highlight=False).print(render.rich(board))
    else:
        typer.echo(render.plain(board), nl=False)


@contextmanager
def _progress() -> Iterator[OnProgress]:
    """Show a bar on a terminal, and nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        shown: dict[str, TaskID] = {}

        def tell(step: Step) -> None:
            if step.system not in shown:
                shown[step.system] = bar.add_task(step.system, total=step.total)
            bar.update(shown[step.system], completed=step.done)
            if step.is_notice:
                bar.console.print(f"{step.system}: {step.message}", highlight=False, markup=False)

        yield tell
