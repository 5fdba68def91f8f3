"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
Tasks = Annotated[
    list[str] | None, typer.Option("--task", help="Task to score; may be given again. [all]")
]
Gold = Annotated[Path | None, typer.Option(help="Gold, in any format. [the one shipped]")]
GoldFormat = Annotated[
    str | None, typer.Option("--gold-format", help="Format of the gold. [detected]")
]
GoldMap = Annotated[
    list[str] | None,
    typer.Option(
        "--gold-map", metavar="OLD=NEW", help="Rename a label of the gold; may be given again."
    ),
]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="OLD=NEW",
        help="Rename a label of the predictions; OLD= drops it. Or a YAML or JSON file of such "
        "pairs. May be given again.",
    ),
]
GoldSplits = Annotated[
    list[Path] | None,
    typer.Option(
        "--gold-split",
        help="Another split of the gold's corpus, searched for the same texts; may be given again.",
    ),
]
LenientGold = Annotated[
    bool, typer.Option("--lenient-gold", help="Leave out and count what is wrong in the gold.")
]
Unit = Annotated[
    Literal["document", "paragraph", "sentence"], typer.Option(help="What is resampled.")
]
IntervalMethod = Annotated[
    Literal["percentile", "bca"], typer.Option(help="How intervals follow from resamples.")
]
Format = Annotated[
    Literal["text", "markdown", "latex", "csv", "json"],
    typer.Option("--format", help="Form of the tables; LaTeX needs booktabs."),
]
Draws = Annotated[int, typer.Option(help="Random resamples, where not all can be enumerated.")]
Seed = Annotated[int, typer.Option(help="Seed of the random resamples.")]
