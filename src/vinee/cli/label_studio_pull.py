"""``vinee label-studio pull``: annotations as passes."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vinee.cli.label_studio_options import Key, ProjectName, Url
from vinee.cli.options import Json
from vinee.errors import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vinee.labelstudio.pulling import Summary
    from vinee.labelstudio.pulling.download import Part


def pull(
    project: ProjectName,
    to: Annotated[
        Path, typer.Option(help="Folder for the passes, <annotator>/<doc_id>.json.")
    ] = Path("annotations/passes"),
    rename: Annotated[
        list[str] | None,
        typer.Option(
            metavar="EMAIL=FOLDER",
            help="Name of an annotator's folder, such as lan@example.org=a5; may be given again. "
            "[the address]",
        ),
    ] = None,
    guidelines: Annotated[
        str | None,
        typer.Option(help="Edition of the guidelines that the annotators follow. [ours]"),
    ] = None,
    seeds: Annotated[Path | None, typer.Option(help="Folder of the articles. [ours]")] = None,
    patience: Annotated[
        float, typer.Option(min=0, help="Seconds for which the server may be away.")
    ] = 300.0,
    url: Url = None,
    api_key: Key = None,
    *,
    latest: Annotated[
        bool,
        typer.Option(
            "--latest",
            help="Of several annotations of one person on one task, take the one changed last.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Write what annotators submitted as passes; exit 1 if anything is wrong with it.

    What cannot be read is set aside, whole and with what was found, in a folder beside the
    passes whose name ends in -rejected.
    """
    from vinee.labelstudio import pulling
    from vinee.labelstudio.connection import connect

    asked = pulling.Asked(project, to, tuple(rename or ()), latest, guidelines, seeds)
    waiting = pulling.Patience(patience, _told)
    connection = connect(url, api_key)
    with _progress() as on_part:
        summary = pulling.pull(connection, asked, waiting, on_part)
    if as_json:
        typer.echo(json.dumps(summary.to_json(), ensure_ascii=False, indent=1))
    else:
        _print(summary)
    raise typer.Exit(1 if summary.errors else 0)


def _print(summary: Summary) -> None:
    """Print each reason for which work was refused, the first of the others, and the table."""
    from vinee.corpus.findings import listed

    for finding in summary.findings:
        if finding.refuses:
            typer.echo(str(finding))
    for line in listed([finding for finding in summary.findings if not finding.refuses]):
        typer.echo(line)
    for path in summary.set_aside:
        typer.echo(f"set aside: {path}")
    for line in summary.lines():
        typer.echo(line)


def _told(why: str) -> None:
    typer.echo(printable(why), err=True)


@contextmanager
def _progress() -> Iterator[Callable[[Part], None]]:
    """Show on a terminal how many tasks have come."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("tasks", total=None)
        yield lambda part: progress.update(bar, completed=part.done, total=part.total)
