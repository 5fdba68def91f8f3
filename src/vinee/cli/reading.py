"""Reading the gold that a command was given, and telling what was found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from vinee.errors import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vinee.bench.reference import FitGold
    from vinee.corpus.findings import Finding


def gold_of(
    path: Path | None,
    form: str | None = None,
    label_map: Sequence[str] | None = None,
    splits: Sequence[Path] | None = None,
    *,
    lenient: bool = False,
) -> FitGold:
    """Read the gold, ours if no path was given; what is odd goes to standard error."""
    from vinee.bench.reference import fit
    from vinee.corpus import labelmap
    from vinee.corpus.findings import listed
    from vinee.corpus.foreign import read_gold

    if path is None:
        return fit(None)
    labels = labelmap.parse(label_map) if label_map else None
    found = read_gold(path, form, labels, splits=splits or (), lenient=lenient)
    if found.format != "jsonl" or found.has_own_labels or found.mapped is not None:
        for note in found.notes:
            typer.echo(f"gold: {printable(note)}", err=True)
    odd = [each for each in found.findings if each.severity != "error"]
    tell_left_out([each for each in found.findings if each.severity == "error"], "gold: ")
    for line in listed(odd):
        typer.echo(f"gold: {line}", err=True)
    return fit(found)


def tell_left_out(findings: Sequence[Finding], of: str = "") -> None:
    """Tell on standard error what a lenient reader left out."""
    from vinee.corpus.findings import listed

    for line in listed(findings):
        typer.echo(f"{of}left out: {line}", err=True)
