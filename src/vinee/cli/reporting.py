"""``vinee report``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vinee.cli.options import Gold, GoldFormat, GoldMap, GoldSplits, LenientGold, Tasks


def report(
    systems: Annotated[
        list[str],
        typer.Argument(
            metavar="SYSTEM...",
            help="Predictions in any format, results, or names of systems of the leaderboard.",
        ),
    ],
    tasks: Tasks = None,
    gold: Gold = None,
    out: Annotated[Path, typer.Option(help="The page to write.")] = Path("report.html"),
    folder: Annotated[Path, typer.Option(help="Where named systems are.")] = Path("benchmark"),
    gold_format: GoldFormat = None,
    gold_map: GoldMap = None,
    gold_split: GoldSplits = None,
    *,
    lenient: Annotated[
        bool, typer.Option("--lenient", help="Leave out and count what is wrong in predictions.")
    ] = False,
    lenient_gold: LenientGold = False,
) -> None:
    """Write one self-contained HTML page: scores, confusions, and every article with its errors."""
    from vinee.bench import report as pages
    from vinee.bench import tasks as known_tasks
    from vinee.bench.report.given import Source, gather
    from vinee.cli.reading import gold_of, tell_left_out
    from vinee.formats import atomic

    chosen = known_tasks.chosen(tasks)
    reference = gold_of(gold, gold_format, gold_map, gold_split, lenient=lenient_gold)
    found = gather(systems, Source(chosen, reference, folder, lenient))
    for read in found.predictions.values():
        tell_left_out(read.findings)
    documents = {name: read.documents for name, read in found.predictions.items()}
    page = pages.render(found.results, reference.documents, documents, labels=reference.labels)
    atomic.write_text(out, page)
    if not documents:
        typer.echo("There are only results, no predictions: the page has no articles.", err=True)
    typer.echo(f"The report is in {out}")
