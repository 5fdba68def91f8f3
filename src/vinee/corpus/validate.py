"""The validator: every check on every gold document, and on the folders around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee import ontology, resources
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


def check_corpus(root: Path | None = None) -> list[Finding]:
    """Check a project folder: seeds, their provenance, every gold document, the built corpus."""
    root = root or resources.root()
    return [
        *_checksum_findings("seed-checksum", root / "seeds"),
        *_provenance_findings(root / "seeds"),
        *_gold_findings(root / "seeds", root / "annotations" / "gold"),
        *_checksum_findings("corpus-checksum", root / "corpus"),
        *_stale_findings(root / "corpus", root / "annotations" / "gold"),
    ]


def _checksum_findings(check: str, folder: Path) -> Iterator[Finding]:
    """``seed-checksum``, ``corpus-checksum``: the files are what ``SHA256SUMS`` says."""
    where = Where(file=str(folder / seeds.CHECKSUMS))
    try:
        problems = seeds.checksum_problems(folder)
    except IntegrityError as error:
        problems = [str(error)]
    for problem in problems:
        yield Finding(check, "error", where, problem)


def _stale_findings(corpus: Path, gold_folder: Path) -> Iterator[Finding]:
    """``corpus-stale``: the built corpus was made of this gold; its card holds the gold's hash."""
    card = corpus / "README.md"
    try:
        digest = gold.content_hash(gold.documents(gold_folder))
    except (InputError, IntegrityError):
        return  # the gold's own findings say why
    if not card.is_file() or digest not in card.read_text(encoding="utf-8"):
        message = "it was built from other gold; run: vinee corpus build"
        yield Finding("corpus-stale", "error", Where(file=str(card)), message)


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
