"""``vinee metrics`` and ``extractors``: what can be scored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from vinee.cli import output
from vinee.cli.options import Format, Json

if TYPE_CHECKING:
    from vinee.bench.tables import Table
    from vinee.metrics.naming import Family


def metrics(
    name: Annotated[
        str | None, typer.Argument(help="Show the parameters of this metric. [list all]")
    ] = None,
    form: Format = "text",
    *,
    as_json: Json = False,
) -> None:
    """List the metrics, or the parameters of one; a name is what --metric takes."""
    from vinee.bench.tables import render
    from vinee.metrics import naming, registry

    families = registry.families()
    if name is None:
        table = _all(families)
    else:
        canonical = registry.canonical(name)
        wanted = naming.parse(canonical).family
        table = _one(next(each for each in families if each.name == wanted), canonical)
    typer.echo(render([table], "json" if as_json else form), nl=False)


def extractors(*, as_json: Json = False) -> None:
    """List what can be run here, by name and by form, and what each needs."""
    import json

    from vinee.extractors import registry
    from vinee.extractors.forms import forms

    with output.kept_apart():
        entries = (*registry.available(), *forms())
    if as_json:
        listed = [
            {
                "name": entry.name,
                "target": entry.target,
                "ready": entry.ready,
                "missing": list(entry.missing),
                "problem": entry.problem,
            }
            for entry in entries
        ]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    for entry in entries:
        state = "ready" if entry.ready else entry.problem or f"needs {', '.join(entry.missing)}"
        typer.echo(f"{entry.name:<18} {state:<25} {entry.target}")


def _all(families: tuple[Family, ...]) -> Table:
    from vinee.bench.tables import Table

    return Table(
        title=f"{len(families)} metrics",
        header=("metric", "parameters"),
        rows=tuple((each.name, ", ".join(each.parameters) or "none") for each in families),
        names=2,
    )


def _one(family: Family, canonical: str) -> Table:
    from vinee.bench.tables import Table

    return Table(
        title=canonical,
        header=("parameter", "default", "values", "meaning"),
        rows=tuple(
            (key, each.default, ", ".join(each.values) or "any that can be read", each.meaning)
            for key, each in family.parameters.items()
        ),
        names=4,
    )
