"""``vinee corpus add``: a new article enters the corpus without touching code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.corpus.add import Article
    from vinee.model import Document


def add(
    article: Annotated[Path, typer.Argument(help="The article: plain text in UTF-8.")],
    *,
    root: Annotated[
        Path | None,
        typer.Option(help="Project folder with seeds/ and annotations/. [this checkout]"),
    ] = None,
    doc_id: Annotated[str | None, typer.Option(help="Its id. [the file's name]")] = None,
    published: Annotated[
        str | None, typer.Option(help="Day of publication, YYYY-MM-DD. [unknown]")
    ] = None,
    published_evidence: Annotated[
        list[str] | None,
        typer.Option(help="Phrase of the article that shows the day; may be given again."),
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it. [unknown]")] = None,
    outlet_evidence: Annotated[
        list[str] | None,
        typer.Option(help="Phrase of the article that shows the outlet; may be given again."),
    ] = None,
    preannotate: Annotated[
        str | None,
        typer.Option(help="Extractor whose output goes into the draft: name or module:object."),
    ] = None,
) -> None:
    """Add an article: seed, checksum, provenance and a draft to annotate; all or nothing."""
    from vinee.corpus import add as room
    from vinee.errors import printable

    folder = room.project_folder(root)
    checked = room.check(article, folder, doc_id)
    document = room.layout(checked.doc_id, checked.text)
    known = room.origin(
        document,
        room.Claim(outlet, tuple(outlet_evidence or ())),
        room.Claim(published, tuple(published_evidence or ())),
    )
    extractor = ""
    notes: Sequence[str] = ()
    if preannotate is not None:
        document, extractor, notes = _preannotated(document, preannotate, folder)
    draft = room.draft(document, folder, extractor, notes)
    written = room.write(folder, checked, known, draft)
    for path in written:
        typer.echo(f"wrote {printable(str(path))}")
    for line in (*_remarks(checked, draft.notes), *_next_steps(folder, checked.doc_id)):
        typer.echo(printable(line))


def _preannotated(
    document: Document, name: str, folder: Path
) -> tuple[Document, str, Sequence[str]]:
    """Run an extractor on an article; one that learns is fitted on the project's gold."""
    from pathlib import Path as File
    from tempfile import TemporaryDirectory

    from msgspec.structs import replace

    from vinee.bench.run import run
    from vinee.corpus.gold import documents
    from vinee.extractors import Trainable, registry
    from vinee.extractors.fitted import fit_once

    extractor = registry.resolve(name)
    if isinstance(extractor, Trainable):
        extractor = fit_once(extractor, documents(folder / "annotations" / "gold"))
    with TemporaryDirectory() as scratch:
        ran = run(extractor, [document], File(scratch) / "predictions.jsonl")
    found = ran.predictions.documents[0]
    layers = {
        layer: getattr(found, layer)
        for layer in ("mentions", "entities", "timexes", "events", "chains")
    }
    notes = []
    if extractor.claims.entities and extractor.claims.scheme == "coarse":
        notes.append("The extractor gives coarse entity types; set the fine ones.")
    return replace(document, **layers), f"{ran.system.name} {ran.system.version}", notes


def _remarks(article: Article, notes: Sequence[str]) -> Iterator[str]:
    if article.form != "NFC":
        form = "in NFD" if article.form == "NFD" else "in no one Unicode form"
        yield f"note: the text is {form}, and is kept so; quote it as it is written"
    report = article.overlap
    if report.pairs:
        touched = [share for share in report.ours if share.duplicated]
        where = ", ".join(f"{share.document} ({share.duplicated})" for share in touched)
        share = report.others[0]
        yield (
            f"warning: {share.duplicated} of {share.sentences} sentences stand, nearly the same, "
            f"in {where}; see vinee corpus leakage"
        )
    for note in notes:
        yield f"draft: {note}"


def _next_steps(folder: Path, doc_id: str) -> Iterator[str]:
    from vinee import resources

    passes, gold = folder / "annotations" / "passes", folder / "annotations" / "gold"
    yield "next:"
    yield f" 1. copy {passes / 'draft' / doc_id}.json to {passes}/<your name>/, put your name"
    yield '    into "annotator", and annotate by GUIDELINES.md'
    yield f" 2. vinee corpus resolve {passes}/<your name> --seeds {folder / 'seeds'} --to {gold}"
    yield "    (of two annotators: vinee corpus agreement, then vinee corpus adjudicate)"
    yield f" 3. vinee corpus validate {folder}"
    yield f"    (until there is gold it says that {doc_id} has none: it is not in the corpus yet)"
    if folder == resources.root():
        yield " 4. vinee corpus build"
