"""The root of the command line. Every command imports what it needs when it is called."""

from __future__ import annotations

from typing import Annotated

import typer

from vinee.cli import (
    comparing,
    conforming,
    convert,
    corpus,
    diagnosing,
    label_studio,
    listing,
    reporting,
    running,
    scoring,
)

app = typer.Typer(
    name="vinee",
    help="Vietnamese named entities and events: a corpus, and a harness that scores extractors.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(corpus.app, name="corpus")
app.add_typer(conforming.app, name="conformance")
app.add_typer(label_studio.app, name="label-studio")
app.command()(running.bench)
app.command()(running.run)
app.command()(scoring.score)
app.command()(comparing.compare)
app.command()(comparing.leaderboard)
app.command()(reporting.report)
app.command()(diagnosing.diagnose)
app.command()(convert.convert)
app.command()(listing.metrics)
app.command()(listing.extractors)


def _version(asked: bool) -> None:
    if asked:
        from vinee import __version__

        typer.echo(f"vinee {__version__}")
        raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Vietnamese named entities and events: a corpus, and a harness that scores extractors."""
