"""``vinee convert``: documents from one format into another."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from vinee.corpus.foreign.converting import Conversion
    from vinee.formats.contract import Loss

LOST = 1
"""Exit code where ``--strict`` kept something from being lost."""


def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="File or folder to read.")],
    target: Annotated[Path, typer.Argument(metavar="OUT", help="File or folder to write.")],
    *,
    read_as: Annotated[
        str | None, typer.Option("--from", metavar="FORMAT", help="Format of IN. [detected]")
    ] = None,
    write_as: Annotated[
        str | None, typer.Option("--to", metavar="FORMAT", help="Format of OUT. [its suffix's]")
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option(
            help="Documents, in any format, that have the texts which IN lacks. "
            "[the gold shipped, if every document is one of its]"
        ),
    ] = None,
    label_map: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="OLD=NEW",
            help="Rename a label; OLD= drops it. Or a YAML or JSON file of such pairs. "
            "May be given again.",
        ),
    ] = None,
    lenient: Annotated[
        bool, typer.Option("--lenient", help="Leave out and count what is wrong in IN.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing, and exit 1, if something is lost.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace what is at OUT.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON for a program to read.")
    ] = False,
) -> None:
    """Convert documents between formats, and say what the new format does not hold."""
    from vinee.corpus import labelmap
    from vinee.corpus.foreign import converting

    done = converting.convert(
        source,
        target,
        read_as=read_as,
        write_as=write_as,
        texts=texts,
        labels=labelmap.parse(label_map) if label_map else None,
        lenient=lenient,
        strict=strict,
        force=force,
    )
    if as_json:
        _print_json(done, source, target)
    else:
        _print(done, source, target)
    raise typer.Exit(0 if done.written else LOST)


def _print(done: Conversion, source: Path, target: Path) -> None:
    from vinee.cli.reading import tell_left_out
    from vinee.errors import printable

    read_as = f"detected as {done.how}" if done.how else f"as {done.read_as}"
    number = "1 document" if done.documents == 1 else f"{done.documents} documents"
    typer.echo(f"read {number} from {source}, {read_as}")
    for note in (*done.notes, *(done.mapped.lines() if done.mapped else ())):
        typer.echo(printable(note))
    tell_left_out(done.findings)
    if done.left_alone:
        typer.echo(f"warning: {target} also holds other files: {len(done.left_alone)}", err=True)
    if done.losses:
        from vinee.bench.tables import aligned

        typer.echo(f"{done.written_as} does not hold:")
        header = ["feature", "items", "documents"]
        rows = [[feature, str(n), str(m)] for feature, n, m in _summed(done.losses)]
        for line in aligned([header, *rows]):
            typer.echo(f"  {line}")
    if done.written:
        typer.echo(f"wrote {done.documents} documents to {target} as {done.written_as}")
    else:
        typer.echo("nothing was written; without --strict the rest would be", err=True)


def _print_json(done: Conversion, source: Path, target: Path) -> None:
    import json

    summary: dict[str, Any] = {
        "in": str(source),
        "from": done.read_as,
        "detected": done.how,
        "out": str(target),
        "to": done.written_as,
        "documents": done.documents,
        "written": done.written,
        "losses": [
            {"feature": feature, "items": items, "documents": documents}
            for feature, items, documents in _summed(done.losses)
        ],
        "left_out": [finding.to_json() for finding in done.findings],
        "map": None if done.mapped is None else done.mapped.to_json(),
        "notes": list(done.notes),
        "left_alone": [str(file) for file in done.left_alone],
    }
    typer.echo(json.dumps(summary, ensure_ascii=False, indent=1))


def _summed(losses: tuple[Loss, ...]) -> list[tuple[str, int, int]]:
    """Sum losses by feature: items and documents, in the order of all features."""
    from vinee.formats.contract import FEATURES

    items: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for loss in losses:
        items[loss.feature] += loss.count
        documents[loss.feature] += 1
    return [(each, items[each], documents[each]) for each in FEATURES if each in items]
