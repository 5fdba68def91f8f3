"""``vinee corpus link`` and ``release``: from decided gold to an edition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Root = Annotated[
    Path | None, typer.Option(help="Project folder with seeds/ and annotations/. [this checkout]")
]


def link(root: Root = None) -> None:
    """Describe new entities and events in entities.yaml, and write names and items into the gold.

    Wikidata items come from the annotations; what has none stays unknown, and is listed. Where
    entities.yaml has an entity already, it holds; items of the gold that differ are listed.
    """
    from vinee.corpus import links, release
    from vinee.corpus.add import project_folder
    from vinee.errors import printable

    folder = project_folder(root)
    done = release.link(folder)
    for corpus_id, entity in done.described.entities.items():
        item = entity.wikidata or "no item: find one, with its evidence, or say NIL"
        typer.echo(printable(f"new entity {corpus_id} ({entity.type} {entity.name}): {item}"))
    for corpus_id in done.described.events:
        typer.echo(printable(f"new event {corpus_id}"))
    for each in done.differing:
        said = f"{each.doc_id}: {each.corpus_id} is {each.gold} in the gold"
        kept = each.table or "unknown"
        typer.echo(printable(f"{said}, but {kept} in entities.yaml, which holds; compare them"))
    new = f"{len(done.described.entities)} entities and {len(done.described.events)} events"
    typer.echo(printable(f"{new} described in {links.path(folder)}"))
    typer.echo(f"{len(done.changed)} of {done.documents} documents changed")


def release(
    version: Annotated[str, typer.Argument(help="Version of the new edition, such as 1.1.0.")],
    root: Root = None,
) -> None:
    """Make a new edition: nothing undecided, all valid, version raised, dataset built.

    Exit 1, and all is as it was, if anything is undecided or invalid.
    """
    from vinee import resources
    from vinee.corpus import release as room
    from vinee.corpus.add import project_folder
    from vinee.corpus.export.build import build
    from vinee.corpus.findings import listed

    folder = project_folder(root)
    if findings := room.release(folder, version):
        for line in listed(findings):
            typer.echo(line)
        typer.echo(f"{version} is not released: {len(findings)} errors; nothing was changed")
        raise typer.Exit(1)
    typer.echo(f"the edition is {version}")
    if folder.resolve() == resources.root().resolve():
        typer.echo(f"wrote {len(build(folder / 'corpus'))} files to {folder / 'corpus'}")
        typer.echo("next: vinee bench, since scores have moved, and a line in changelog.d/")
    else:
        typer.echo("next: vinee corpus build and vinee bench, from that checkout")
