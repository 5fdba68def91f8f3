"""``vinee corpus export``: the gold in the formats that other tools read."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.formats.contract import Loss
    from vinee.model import Document


def export(
    name: Annotated[str | None, typer.Argument(metavar="FORMAT", help="See --list.")] = None,
    out: Annotated[Path | None, typer.Argument(help="File or folder to write.")] = None,
    gold: Annotated[
        Path | None, typer.Option(help="Folder of documents, or JSON Lines. [the gold shipped]")
    ] = None,
    doc: Annotated[
        list[str] | None, typer.Option(help="Document to export; may be given again. [all]")
    ] = None,
    *,
    list_formats: Annotated[
        bool, typer.Option("--list", help="Show the formats and what they hold.")
    ] = False,
    force: Annotated[bool, typer.Option(help="Replace files that are there and differ.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")] = (
        False
    ),
) -> None:
    """Write documents in another format, and say what that format loses."""
    if list_formats:
        _list(as_json=as_json)
        return
    if name is None or out is None:
        raise typer.BadParameter("give a FORMAT and where to write it, or --list")
    from vinee.formats import registry
    from vinee.formats.contract import losses
    from vinee.formats.exporting import export as export_documents

    format_ = registry.get(name)
    documents = _chosen(gold, doc)
    left = export_documents(format_, documents, out, force=force)
    lost = losses(format_, documents)
    for line in _warnings(name, lost, len(documents)):
        typer.echo(line, err=True)
    if left:
        typer.echo(f"warning: {out} also holds other files, left alone: {len(left)}", err=True)
    if as_json:
        summary = {
            "format": name,
            "out": str(out),
            "documents": [document.doc_id for document in documents],
            "losses": [
                {"doc_id": loss.doc_id, "feature": loss.feature, "count": loss.count}
                for loss in lost
            ],
            "left_alone": [str(file) for file in left],
        }
        typer.echo(json.dumps(summary, ensure_ascii=False, indent=1))
    else:
        typer.echo(f"wrote {len(documents)} documents to {out}")


def _chosen(source: Path | None, wanted: Sequence[str] | None) -> list[Document]:
    from vinee.corpus import gold
    from vinee.errors import UnknownNameError

    documents = {document.doc_id: document for document in gold.documents(source)}
    for doc_id in wanted or ():
        if doc_id not in documents:
            raise UnknownNameError("document", doc_id, documents)
    return [document for key, document in documents.items() if key in (wanted or documents)]


def _warnings(name: str, lost: Sequence[Loss], total: int) -> list[str]:
    items: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for loss in lost:
        items[loss.feature] += loss.count
        documents[loss.feature] += 1
    return [
        f"warning: {name} does not hold {feature}: "
        f"{count} in {documents[feature]} of {total} documents"
        for feature, count in items.items()
    ]


def _list(*, as_json: bool) -> None:
    from vinee.bench.tables import aligned
    from vinee.formats import registry
    from vinee.formats.contract import FEATURES

    formats = [registry.get(name) for name in registry.names()]
    if as_json:
        listed: dict[str, Any] = {
            each.name: {
                "description": each.description,
                "holds": [feature for feature in FEATURES if feature in each.holds],
            }
            for each in formats
        }
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    described = [[each.name, each.description] for each in formats]
    rows = [["holds", *(each.name for each in formats)]] + [
        [feature, *("yes" if feature in each.holds else "-" for each in formats)]
        for feature in FEATURES
    ]
    for line in (*aligned(described, names=2), "", *aligned(rows)):
        typer.echo(line)
