"""``vinee conformance``: whether an implementation of the metrics gives the right numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from vinee.cli.options import Json

app = typer.Typer(
    help="Cases with exact scores, for this and for any other implementation of the metrics.",
    no_args_is_help=True,
)


@app.command()
def run(
    command: Annotated[
        list[str] | None,
        typer.Argument(help="After --: a program that answers cases. [this implementation]"),
    ] = None,
    seconds: Annotated[
        float, typer.Option(min=0.1, help="Time for all cases together; then it is ended.")
    ] = 60.0,
    *,
    as_json: Json = False,
) -> None:
    """Give all cases to an implementation and judge its answers; exit 1 if it does not conform.

    The program reads a case a line from its standard input, and writes an answer a line to its
    standard output, in any order. What it skips is no failure; what it does not answer is, and so
    is skipping everything.
    """
    from vinee.bench.conformance import command as program
    from vinee.bench.conformance import judging, ours, published, report

    cases = published.cases()
    asked = (
        program.ask(command, cases, seconds) if command else program.Asked(ours.answers(cases), ())
    )
    outcome = judging.judge(cases, asked.answers, asked.problems)
    if as_json:
        typer.echo(json.dumps(report.to_json(outcome), ensure_ascii=False, indent=1))
    else:
        typer.echo(report.text(outcome), nl=False)
    raise typer.Exit(0 if outcome.conforms else 1)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
) -> None:
    """Write the cases, their JSON Schemas and a description, which need nothing else of ViNEE."""
    from vinee.bench.conformance.export import export as write

    for path in write(folder):
        typer.echo(path)


@app.command()
def build(
    folder: Annotated[Path, typer.Option(help="Has sources/ and deviations.yaml.")] = Path(
        "benchmark/conformance"
    ),
    page: Annotated[Path, typer.Option(help="Page with the generated tables.")] = Path(
        "docs/conformance.md"
    ),
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if something would change.")
    ] = False,
) -> None:
    """Make cases and schemas from their sources, and the tables of the page, in a checkout."""
    from vinee.bench.conformance import building

    changed = building.changes(folder, page)
    for path, content in changed.items():
        typer.echo(f"{'differs' if check else 'written'}: {path}")
        if not check:
            building.replace(path, content)
    raise typer.Exit(1 if check and changed else 0)
