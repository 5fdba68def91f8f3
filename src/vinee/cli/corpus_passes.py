"""``vinee corpus resolve``, ``agreement`` and ``adjudicate``: from annotators' passes to gold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vinee.cli.agreeing import AnyGuidelines, Html, Seeds, Spots, To
from vinee.cli.options import Json

if TYPE_CHECKING:
    from vinee.model import Document


def resolve(
    folder: Annotated[Path, typer.Argument(help="An annotator's passes, <doc_id>.json.")],
    to: Annotated[Path | None, typer.Option(help="Folder for the documents.")] = None,
    links: Annotated[
        Path | None, typer.Option(help="Names and Wikidata items to add, entities.yaml.")
    ] = None,
    seeds: Seeds = None,
) -> None:
    """Find the offsets of an annotator's quotes and check the result; exit 1 if it has errors."""
    from vinee.corpus import links as of_corpus
    from vinee.corpus import quoted
    from vinee.corpus.validate import check_document
    from vinee.errors import Where
    from vinee.formats import native

    errors = 0
    documents = quoted.resolved(folder, seeds)
    if links is not None:
        table = of_corpus.read(links)
        documents = tuple(of_corpus.linked(document, table) for document in documents)
    for document in documents:
        where = Where(str(folder / f"{document.doc_id}.json"))
        for finding in check_document(document, document.text or "", where=where):
            typer.echo(f"{_item(document, finding.item)}: {finding}")
            errors += finding.severity == "error"
        typer.echo(f"{document.doc_id}: {_sizes(document)}")
    if to is not None:
        for document in documents:
            native.write(to / f"{document.doc_id}.json", document)
    raise typer.Exit(1 if errors else 0)


def agreement(
    folders: Annotated[list[Path], typer.Argument(help="The passes of two annotators or more.")],
    to: To = None,
    html: Html = None,
    seeds: Seeds = None,
    *,
    spots: Spots = False,
    any_guidelines: AnyGuidelines = False,
    as_json: Json = False,
) -> None:
    """Measure how far annotators agree, layer by layer, by the matchers that score systems."""
    from vinee.cli import agreeing

    measured = agreeing.measure(folders, seeds, any_guidelines=any_guidelines)
    agreeing.tell(measured, to, html, as_json=as_json, all_spots=spots)


def adjudicate(
    first: Annotated[Path, typer.Argument(help="Passes of one annotator.")],
    second: Annotated[Path, typer.Argument(help="Passes of the other, on the same articles.")],
    log: Annotated[Path, typer.Option(help="Folder of the logs, <doc_id>.json.")],
    to: Annotated[Path | None, typer.Option(help="Folder for the decided documents.")] = None,
    seeds: Seeds = None,
) -> None:
    """List disagreements in a log to be decided there; make documents once all are decided.

    Changes that the log has beside the decisions are made too. Exit 1 as long as something is
    undecided. What was decided is kept.
    """
    from vinee.corpus import adjudication, quoted
    from vinee.formats import native

    paired = adjudication.articles(
        quoted.resolved(first, seeds), quoted.resolved(second, seeds), (first.name, second.name)
    )
    open_ = 0
    decided = []
    for article in paired:
        kept = adjudication.log_of(article, log)
        adjudication.write_log(log / f"{article.doc_id}.json", kept)
        undecided = sum(each.take is None for each in kept.decisions)
        typer.echo(f"{article.doc_id}: {len(kept.decisions)} disagreements, {undecided} undecided")
        open_ += undecided
        if not open_:
            decided.append(
                adjudication.adjudicate(
                    article.first, article.second, article.naming, kept.decided(), kept.sweep
                )
            )
    if open_:
        raise typer.Exit(1)
    if to is not None:
        for document in decided:
            native.write(to / f"{document.doc_id}.json", document)


def _item(document: Document, keys: tuple[str | int, ...]) -> str:
    if len(keys) > 1 and isinstance(keys[1], int):
        return str(getattr(document, str(keys[0]))[keys[1]].id)
    return document.doc_id


def _sizes(document: Document) -> str:
    sizes = {
        "mentions": len(document.mentions or ()),
        "entities": len(document.entities or ()),
        "times": len(document.timexes or ()),
        "events": len(document.events or ()),
        "arguments": sum(len(event.arguments) for event in document.events or ()),
    }
    return ", ".join(f"{number} {name}" for name, number in sizes.items())
