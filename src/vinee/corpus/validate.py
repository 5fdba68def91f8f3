"""The validator: every check on every gold document, and on the folders around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee import ontology
from vinee.corpus import checks, gold, seeds
from vinee.corpus.findings import Finding
from vinee.errors import InputError, IntegrityError, Where
from vinee.formats import native

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from vinee.model import Document


def check_document(
    document: Document,
    text: str,
    which: Iterable[checks.Check] = (*checks.CONTENT, *checks.GOLD),
    where: Where | None = None,
) -> list[Finding]:
    """Run checks on one document whose offsets count in ``text``."""
    context = checks.Context(document, text, ontology.default(), where or Where())
    return [finding for check in which for finding in check(context)]


def check_corpus(
    seeds_folder: Path | None = None, gold_folder: Path | None = None
) -> list[Finding]:
    """Check the seeds, their provenance and every gold document."""
    seeds_folder = seeds_folder or seeds.folder()
    gold_folder = gold_folder or gold.folder()
    return [
        *_seed_findings(seeds_folder),
        *_provenance_findings(seeds_folder),
        *_gold_findings(seeds_folder, gold_folder),
    ]


def _seed_findings(folder: Path) -> Iterator[Finding]:
    """``seed-checksum``: the seeds are byte for byte what ``SHA256SUMS`` says."""
    where = Where(file=str(folder / seeds.CHECKSUMS))
    try:
        problems = seeds.checksum_problems(folder)
    except IntegrityError as error:
        problems = [str(error)]
    for problem in problems:
        yield Finding("seed-checksum", "error", where, problem)


def _provenance_findings(folder: Path) -> Iterator[Finding]:
    """``seed-provenance``: each seed has an entry, and its evidence stands in the article."""
    where = Where(file=str(folder / "seeds.yaml"))
    try:
        known = seeds.provenance(folder)
    except (InputError, OSError) as error:
        yield Finding("seed-provenance", "error", where, str(error))
        return
    for doc_id in seeds.doc_ids(folder):
        if doc_id not in known:
            yield Finding("seed-provenance", "error", where, f"{doc_id} has no entry")
            continue
        text = seeds.text(doc_id, folder)
        for name, fact in (
            ("outlet", known[doc_id].outlet),
            ("published", known[doc_id].published),
        ):
            place = Where(where.file, doc_id=doc_id, path=f"$.{name}")
            if (fact.value is None) != (fact.basis == "unknown"):
                yield Finding(
                    "seed-provenance",
                    "error",
                    place,
                    "a value needs a basis, and only a value does",
                )
            for quote in fact.evidence:
                if quote not in text:
                    yield Finding(
                        "seed-provenance", "error", place, f"{quote!r} is not in the article"
                    )


def _gold_findings(seeds_folder: Path, folder: Path) -> Iterator[Finding]:
    """``gold-missing``, ``gold-unknown``, ``gold-unreadable``, and all checks on documents."""
    expected = set(seeds.doc_ids(seeds_folder))
    present = {path.stem: path for path in sorted(folder.glob("*.json"))}
    for doc_id in sorted(expected - present.keys()):
        where = Where(file=str(folder / f"{doc_id}.json"))
        yield Finding("gold-missing", "error", where, "the seed has no gold document")
    for doc_id, path in present.items():
        where = Where(file=str(path))
        try:
            document = native.read(path)
        except InputError as error:
            yield Finding("gold-unreadable", "error", where, str(error))
            continue
        if doc_id not in expected or document.doc_id != doc_id:
            yield Finding("gold-unknown", "error", where, f"no seed is named {document.doc_id!r}")
            continue
        text = seeds.text(doc_id, seeds_folder)
        yield from check_document(document, text, where=where)
