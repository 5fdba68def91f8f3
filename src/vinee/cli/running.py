"""``vinee bench`` and ``run``."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vinee.cli import output
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
from vinee.cli.scoring import print_board, show, unscored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import TaskID

    from vinee.bench.progress import OnProgress
    from vinee.bench.progress import Progress as Step


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

    with output.kept_apart(), _progress() as on_progress:
        done = run_bench(extractors or BASELINES, out, on_progress)
    print_board(done.leaderboard)
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
    force: Annotated[
        bool, typer.Option("--force", help="Replace what is stored of another gold or system.")
    ] = False,
    lenient_gold: LenientGold = False,
    as_json: Json = False,
) -> None:
    """Run one extractor, store predictions and results; a run that was killed goes on."""
    from vinee.bench import card, record, replacing, result, scoring
    from vinee.bench import tasks as known_tasks
    from vinee.bench.file_names import file_name
    from vinee.bench.resampling import Resampling
    from vinee.bench.run import run as run_extractor
    from vinee.cli.reading import gold_of
    from vinee.corpus import labelmap
    from vinee.corpus.gold import content_hash
    from vinee.extractors import registry
    from vinee.extractors.command import CommandExtractor

    chosen = known_tasks.chosen(tasks)
    how = Resampling(unit, interval, draws, seed)
    reference = gold_of(gold, gold_format, gold_map, gold_split, lenient=lenient_gold)
    with output.kept_apart():
        found = registry.resolve(extractor)
    name = file_name(found.name)
    if not force:
        replacing.check(out, found.name, content_hash(reference.documents))
    if isinstance(found, CommandExtractor):
        found.keep_stderr(out / "runs" / f"{name}.stderr")
    with output.kept_apart(), _progress() as on_progress:
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
    show(results, as_json=as_json)
    raise typer.Exit(unscored(results, tasks))


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
                text = f"{step.system}: {step.message}"
                bar.console.print(text, highlight=False, markup=False, soft_wrap=True)

        yield tell
