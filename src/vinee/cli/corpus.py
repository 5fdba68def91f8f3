"""``vinee corpus``: build, validate and describe the corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(help="Build, validate and describe the corpus.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


@app.command()
def build(
    out: Annotated[Path, typer.Option(help="Folder of the dataset.")] = Path("corpus"),
) -> None:
    """Write the Hugging Face dataset from the gold; the same gold gives the same bytes."""
    from vinee.corpus.export.build import build as build_corpus

    files = build_corpus(out)
    typer.echo(f"wrote {len(files)} files to {out}")


@app.command()
def validate(
    root: Annotated[
        Path | None,
        typer.Argument(help="Project folder with seeds/, annotations/ and corpus/."),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Check seeds, gold and built corpus; exit 1 if there is an error, 0 if there is none."""
    from vinee.corpus.validate import check_corpus

    findings = check_corpus(root)
    errors = sum(finding.severity == "error" for finding in findings)
    if as_json:
        report = {
            "errors": errors,
            "warnings": len(findings) - errors,
            "findings": [finding.to_json() for finding in findings],
        }
        typer.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            typer.echo(str(finding))
        typer.echo(f"{errors} errors, {len(findings) - errors} warnings")
    raise typer.Exit(1 if errors else 0)


@app.command()
def stats(
    gold: Annotated[Path | None, typer.Option(help="Folder of gold documents.")] = None,
    *,
    as_json: Json = False,
) -> None:
    """Count layers, types and sizes."""
    from vinee.corpus.gold import documents
    from vinee.corpus.statistics import statistics

    counted = statistics(documents(gold))
    if as_json:
        typer.echo(json.dumps(counted, ensure_ascii=False, indent=1))
    else:
        _print(counted)


def _print(counted: dict[str, Any]) -> None:
    from vinee.bench.render import aligned

    sizes = [
        ("document", *counted["total"]),
        *((doc_id, *row.values()) for doc_id, row in counted["documents"].items()),
        ("total", *counted["total"].values()),
    ]
    tables: list[list[tuple[object, ...]]] = [
        sizes,
        *(
            [(name, "count"), *counted[name].items()]
            for name in ("mentions", "timexes", "events", "roles", "sections", "nesting")
        ),
    ]
    for table in tables:
        for line in aligned([[str(cell) for cell in row] for row in table]):
            typer.echo(line)
        typer.echo()
