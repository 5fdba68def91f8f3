"""``vinee corpus``: build, validate and describe the corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from vinee.cli import (
    corpus_add,
    corpus_diff,
    corpus_export,
    corpus_leakage,
    corpus_passes,
    corpus_release,
    corpus_stats,
)

app = typer.Typer(help="Build, validate and describe the corpus.", no_args_is_help=True)
app.command()(corpus_passes.resolve)
app.command()(corpus_passes.agreement)
app.command()(corpus_passes.adjudicate)
app.command()(corpus_add.add)
app.command()(corpus_release.link)
app.command()(corpus_release.release)
app.command()(corpus_leakage.leakage)
app.command()(corpus_diff.diff)
app.command()(corpus_export.export)
app.command()(corpus_stats.stats)

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
