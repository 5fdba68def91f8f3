"""``vinee corpus diff``: what changed between two editions, and what that does to results."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vinee.bench.movement import Movement
    from vinee.corpus.diff import Diff
    from vinee.corpus.diff.render import Line

_STYLES = {"added": "green", "removed": "red", "moved": "cyan", "relabelled": "yellow"}
_SOURCE = (
    "Folder of gold, project, or exported dataset; JSON or JSON Lines; or a git revision "
    "(git:REV, or REV where there is no such path)."
)


def diff(
    old: Annotated[str, typer.Argument(help=_SOURCE)],
    new: Annotated[str, typer.Argument(help="The same, of the new edition.")],
    benchmark: Annotated[
        Path, typer.Option(help="Folder with stored results/ and predictions/.")
    ] = Path("benchmark"),
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON for a program to read.")
    ] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print bullets for a changelog.")
    ] = False,
    summary: Annotated[bool, typer.Option("--summary", help="Print the counts only.")] = False,
    results: Annotated[
        bool,
        typer.Option("--results/--no-results", help="Say how far each stored result would move."),
    ] = True,
) -> None:
    """Compare two editions of the gold; exit 0 if nothing changed, 1 if something did.

    The JSON is that of `vinee.corpus.diff.Diff.to_json` with one more field, ``results``: a list
    of `vinee.bench.movement.Movement`, or null where none was asked for or nothing is stored.
    """
    from vinee.corpus.diff import compare, editions

    if as_json + markdown + summary > 1:
        raise typer.BadParameter("give one of --json, --markdown and --summary")
    was, is_ = editions.read(old), editions.read(new)
    found = compare(was.documents, is_.documents, names=(was.name, is_.name))
    moved: tuple[Movement, ...] = ()
    if results and not found.is_empty:
        from vinee.bench.movement import movements

        moved = movements(benchmark, was.documents, is_.documents)
    if as_json:
        _print_json(found, moved)
    else:
        _print(_lines(found, moved, as_markdown=markdown, only_counts=summary))
    raise typer.Exit(0 if found.is_empty else 1)


def _lines(
    found: Diff, moved: Sequence[Movement], *, as_markdown: bool, only_counts: bool
) -> Iterator[Line]:
    from vinee.bench.tables import aligned
    from vinee.corpus.diff import render

    if as_markdown:
        yield from map(render.Line, render.markdown(found))
        yield from map(render.Line, _bullets(moved))
        return
    if found.is_empty:
        yield render.Line("no difference")
        return
    if not only_counts:
        yield from render.lines(found)
        yield render.Line("")
    yield from map(render.Line, aligned(render.summary(found)))
    yield from map(render.Line, _table(moved))


def _table(moved: Sequence[Movement]) -> Iterator[str]:
    from vinee.bench.movement import table
    from vinee.bench.tables import aligned
    from vinee.errors import one_line

    if not moved:
        return
    names = 3
    yield ""
    yield "stored predictions, scored against both editions; * is the headline"
    yield from map(one_line, aligned(table(moved), names))
    for each in moved:
        yield from (one_line(f"{each.system}, {each.task}: {note}") for note in each.notes)


def _bullets(moved: Iterable[Movement]) -> Iterator[str]:
    from vinee.bench.movement import table
    from vinee.corpus.diff.render import escaped

    for system, task, metric, was, is_, difference in table(moved)[1:]:
        if metric.endswith("*"):
            name = metric.removesuffix(" *")
            told = f"{system}, {task}: F1 of {name} {was} → {is_} ({difference})"
            yield f"- results: {escaped(told)}"


def _print_json(found: Diff, moved: Sequence[Movement]) -> None:
    import json

    import msgspec

    report = {**found.to_json(), "results": msgspec.to_builtins(moved) if moved else None}
    typer.echo(json.dumps(report, ensure_ascii=False, indent=1))


def _print(shown: Iterable[Line]) -> None:
    if not sys.stdout.isatty():
        for line in shown:
            typer.echo(line.text)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in shown:
        style = _STYLES[line.kind] if line.kind else ""
        console.print(Text(line.text, style=style), soft_wrap=True)
