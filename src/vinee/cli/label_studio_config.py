"""``vinee label-studio config``: what annotators see, generated from the ontology."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def config(
    out: Annotated[
        Path | None,
        typer.Option(help="Folder to write config.xml and instructions.html into."),
    ] = None,
    *,
    instructions: Annotated[
        bool, typer.Option("--instructions", help="Print the instructions, HTML, instead.")
    ] = False,
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; exit 1 if a file in the folder is stale."),
    ] = False,
) -> None:
    """Print the labeling configuration, XML, or write it and the instructions into a folder."""
    from vinee import ontology
    from vinee.labelstudio.config import files

    known = ontology.default()
    if check:
        stale = files.stale(known, out or Path("annotations/label-studio"))
        for path in stale:
            typer.echo(f"{path} is stale; write it again with vinee label-studio config --out")
        raise typer.Exit(1 if stale else 0)
    if out is not None:
        for path in files.write(known, out):
            typer.echo(f"wrote {path}")
        return
    name = files.INSTRUCTIONS if instructions else files.CONFIG
    typer.echo(files.contents(known)[name], nl=False)
