"""Reading the gold that a command was given, and telling what was found in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vinee.model import Document
    from vinee.ontology import Ontology


def gold_of(
    path: Path | None,
    form: str | None = None,
    label_map: Sequence[str] | None = None,
    splits: Sequence[Path] | None = None,
    *,
    lenient: bool = False,
) -> tuple[tuple[Document, ...], Ontology]:
    """Read the gold, ours if no path was given; what is odd goes to standard error.

    Returns:
        The documents, and the labels that they are scored with.
    """
    from vinee import ontology
    from vinee.corpus import gold, labelmap
    from vinee.corpus.foreign import read_gold

    if path is None:
        return gold.documents(), ontology.default()
    labels = labelmap.parse(label_map) if label_map else None
    found = read_gold(path, form, labels, splits=splits or (), lenient=lenient)
    if found.format != "jsonl" or found.has_own_labels or found.mapped is not None:
        for note in found.notes:
            typer.echo(f"gold: {note}", err=True)
    for finding in found.findings:
        left_out = "left out: " if finding.severity == "error" else ""
        typer.echo(f"gold: {left_out}{finding}", err=True)
    return found.documents, found.labels_of
