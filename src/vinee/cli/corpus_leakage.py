"""``vinee corpus leakage``: sentences that stand, nearly the same, on both sides of a split."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vinee.corpus.leakage import Report, Sentence

    Counted = Callable[[Iterable[Sentence]], Iterator[Sentence]]

# The defaults are those of `Thresholds`, whose package says how they were measured; that package
# is too slow to import for `--help`.
_NEAR, _CONTAINED, _MIN_SYLLABLES = 0.3, 0.8, 10


def leakage(
    other: Annotated[
        Path | None,
        typer.Argument(
            help="Another corpus: documents in any format, rows with text or tokens, plain "
            "text, or a folder of these. [the documents of --corpus among themselves]"
        ),
    ] = None,
    corpus: Annotated[
        Path | None, typer.Option(help="This corpus, as OTHER. [the gold shipped]")
    ] = None,
    near: Annotated[
        float, typer.Option(min=0, max=1, help="Least Jaccard similarity of syllable pairs.")
    ] = _NEAR,
    contained: Annotated[
        float, typer.Option(min=0, max=1, help="Least share of the shorter sentence in the other.")
    ] = _CONTAINED,
    min_syllables: Annotated[
        int, typer.Option(min=2, help="Shorter sentences are reported only if identical.")
    ] = _MIN_SYLLABLES,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON for a program to read.")
    ] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print Markdown for a datasheet.")
    ] = False,
) -> None:
    """Find near-duplicate sentences; exit 1 if there is one, 0 if there is none."""
    from vinee.corpus import gold
    from vinee.corpus.leakage import Thresholds, between, read, render, within

    thresholds = Thresholds(near, contained, min_syllables)
    ours = read(corpus or gold.folder())
    with _progress() as counted:
        if other is None:
            report = within(counted(ours), thresholds)
        else:
            report = between(ours, counted(read(other)), thresholds)
    if as_json:
        typer.echo(json.dumps(render.to_json(report), ensure_ascii=False, indent=1))
    elif markdown:
        typer.echo(render.markdown(report), nl=False)
    elif sys.stdout.isatty():
        _print(report)
    else:
        _echo(report)
    raise typer.Exit(1 if report.pairs else 0)


def _echo(report: Report) -> None:
    from vinee.bench.tables import aligned
    from vinee.corpus.leakage import render

    for line in render.lines(report):
        typer.echo(line)
    for title, rows in render.summary(report):
        typer.echo(f"\n{title}")
        for line in aligned([render.HEADER, *rows]):
            typer.echo(line)


def _print(report: Report) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from vinee.corpus.leakage import render

    console = Console(highlight=False)
    if report.pairs:
        pairs = Table("found", "this corpus", "the other", show_lines=True)
        for pair in report.pairs:
            cells = (
                Text.assemble((f"{where}\n", "dim"), text)
                for where, text in render.sides(report, pair)
            )
            pairs.add_row(Text(render.numbers(pair).replace(", ", "\n")), *cells)
        console.print(pairs)
    console.print(Text(render.verdict(report)))
    for title, rows in render.summary(report):
        shares = Table(title=Text(title), title_justify="left")
        for number, name in enumerate(render.HEADER):
            shares.add_column(name, justify="right" if number else "left")
        for row in rows:
            shares.add_row(*map(Text, row))
        console.print(shares)


@contextmanager
def _progress() -> Iterator[Counted]:
    """Count the sentences that were read on a terminal, and nothing elsewhere."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.completed:,} sentences compared"))
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as shown:
        task = shown.add_task("", total=None)

        def counted(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
            for sentence in sentences:
                yield sentence
                shown.advance(task)

        yield counted
