"""What ``vinee corpus agreement`` and ``vinee label-studio agreement`` share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.bench.agreement import Agreement

To = Annotated[Path | None, typer.Option(help="File to write, agreement.json.")]
Html = Annotated[Path | None, typer.Option(help="Page to write, agreement.html.")]
Seeds = Annotated[Path | None, typer.Option(help="Folder of the articles. [ours]")]
Spots = Annotated[bool, typer.Option("--spots", help="Print each spot of disagreement.")]
AnyGuidelines = Annotated[
    bool,
    typer.Option("--any-guidelines", help="Compare passes of different guidelines all the same."),
]
_FIRST = 5  # spots of a pair that a terminal shows unasked


def measure(
    folders: Sequence[Path], seeds: Path | None = None, *, any_guidelines: bool = False
) -> Agreement:
    """Measure the agreement of the annotators whose passes are in these folders."""
    from vinee.bench import agreement
    from vinee.bench.agreement import given

    annotators = given.gather(folders, seeds, any_guidelines=any_guidelines)
    return agreement.agreement(
        {each.annotator: each.documents for each in annotators},
        {each.annotator: each.guidelines for each in annotators},
    )


def tell(
    measured: Agreement, to: Path | None, html: Path | None, *, as_json: bool, all_spots: bool
) -> None:
    """Write the files that are wanted, and print the rest."""
    import msgspec

    from vinee.bench import agreement
    from vinee.bench.agreement import page, render
    from vinee.formats import atomic

    if to is not None:
        agreement.write(to, measured)
    if html is not None:
        atomic.write_text(html, page.render(measured))
    if as_json:
        typer.echo(msgspec.json.encode(measured).decode())
        return
    typer.echo(render.plain(measured))
    if all_spots or sys.stdout.isatty():
        typer.echo()
        for line in render.spots(measured, None if all_spots else _FIRST):
            typer.echo(line)
    if html is not None:
        typer.echo(f"The page is in {html}", err=True)
