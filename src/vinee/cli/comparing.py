"""``vinee compare`` and ``leaderboard``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from vinee.cli.options import (
    Draws,
    Format,
    Gold,
    GoldFormat,
    GoldMap,
    IntervalMethod,
    Json,
    LenientGold,
    Seed,
    Unit,
)


def compare(
    systems: Annotated[
        list[str],
        typer.Argument(help="Results, predictions, or names of systems of the leaderboard."),
    ],
    task: Annotated[str | None, typer.Option(help="Task. [the results', else ner]")] = None,
    metrics: Annotated[
        list[str] | None, typer.Option("--metric", help="May be given again. [the headline]")
    ] = None,
    against: Annotated[
        str | None, typer.Option(help="Compare the others with this system. [every pair]")
    ] = None,
    test: Annotated[
        Literal["randomisation", "bootstrap"], typer.Option(help="Test of the difference.")
    ] = "randomisation",
    unit: Unit = "document",
    interval: IntervalMethod = "percentile",
    draws: Draws = 10_000,
    seed: Seed = 20250807,
    gold: Gold = None,
    gold_format: GoldFormat = None,
    gold_map: GoldMap = None,
    folder: Annotated[Path, typer.Option(help="Where named systems are.")] = Path("benchmark"),
    examples: Annotated[
        int,
        typer.Option(min=0, help="How many items that changed to list for each metric and pair."),
    ] = 0,
    form: Format = "text",
    *,
    lenient_gold: LenientGold = False,
    as_json: Json = False,
) -> None:
    """Test whether systems differ; exit 2 where signatures say that they cannot be compared."""
    from vinee.bench.resampling import Resampling
    from vinee.bench.significance.given import Source, find_all
    from vinee.bench.significance.report import compared_tables
    from vinee.bench.tables import render
    from vinee.cli.reading import gold_of

    how = Resampling(unit, interval, draws, seed)
    reference = gold_of(gold, gold_format, gold_map, lenient=lenient_gold)
    source = Source(task, reference, tuple(metrics or ()), how, folder)
    given = find_all(systems, source)
    if as_json:
        form = "json"
    if examples and form == "csv":
        typer.echo(
            "csv has one table, the comparison: --format text or json has examples", err=True
        )
        examples = 0
    tables = compared_tables(
        given,
        reference.documents,
        metrics=tuple(metrics or ()),
        against=against,
        test=test,
        resampling=how,
        examples=examples,
        labels=reference.labels,
    )
    typer.echo(render(tables, form), nl=False)


def leaderboard(
    folder: Annotated[Path, typer.Argument(help="Folder of results.")] = Path("benchmark/results"),
    tasks: Annotated[
        list[str] | None, typer.Option("--task", help="Task to show; may be given again. [all]")
    ] = None,
    form: Format = "text",
    *,
    as_json: Json = False,
) -> None:
    """Print stored results side by side."""
    from vinee.bench import leaderboard as boards
    from vinee.bench import render
    from vinee.bench import tables as plain_tables
    from vinee.errors import InputError, Where

    results = [each for each in boards.read_folder(folder) if not tasks or each.task in tasks]
    if not results:
        raise InputError(
            "no-results", Where(file=str(folder)), "holds no results; run `vinee bench` first"
        )
    board = boards.build(results)
    if as_json:
        form = "json"
    if form == "text":
        typer.echo(render.plain(board), nl=False)
    elif form == "markdown":
        typer.echo(render.markdown(board), nl=False)
    else:
        typer.echo(plain_tables.render(boards.plain_tables(board), form), nl=False)
