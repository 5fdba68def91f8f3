"""The validator: every check on every gold document, and on the folders around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee import ontology, resources
from vinee.corpus import checks, gold, links, missed, seeds, unused
from vinee.corpus.findings import Finding
from vinee.errors import InputError, IntegrityError, MalformedError, Where
from vinee.formats import native

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
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
    documents = _documents(root / "annotations" / "gold")
    return [
        *_checksum_findings("seed-checksum", root / "seeds"),
        *_seed_findings(root / "seeds"),
        *_provenance_findings(root / "seeds"),
        *_gold_findings(root / "seeds", root / "annotations" / "gold"),
        *(_link_findings(links.path(root), documents) if documents else ()),
        *(_label_findings(root, documents) if documents else ()),
        *_checksum_findings("corpus-checksum", root / "corpus"),
        *(_stale_findings(root / "corpus", documents) if documents else ()),
    ]


def _documents(folder: Path) -> tuple[Document, ...] | None:
    """Read the gold, once for all that looks at it whole; `_gold_findings` says why it cannot."""
    try:
        return gold.documents(folder)
    except (InputError, IntegrityError):
        return None


def _checksum_findings(check: str, folder: Path) -> Iterator[Finding]:
    """``seed-checksum``, ``corpus-checksum``: the files are what ``SHA256SUMS`` says."""
    where = Where(file=str(folder / seeds.CHECKSUMS))
    try:
        problems = seeds.checksum_problems(folder)
    except IntegrityError as error:
        problems = [str(error)]
    for problem in problems:
        yield Finding(check, "error", where, problem)


def _stale_findings(corpus: Path, documents: Sequence[Document]) -> Iterator[Finding]:
    """``corpus-stale``: the built corpus was made of this gold; its card holds the gold's hash."""
    card = corpus / "README.md"
    digest = gold.content_hash(documents)
    message = "it was built from other gold"
    try:
        if digest in native.read_text(card):
            return
    except MalformedError as error:
        message = error.problem
    message = f"{message}; run: vinee corpus build"
    yield Finding("corpus-stale", "error", Where(file=str(card)), message)


def _link_findings(file: Path, documents: Sequence[Document]) -> Iterator[Finding]:
    """``link``: entities and events across articles are those of ``entities.yaml``, and all are."""
    where = Where(file=str(file))
    used = {entity.corpus_id for document in documents for entity in document.entities or ()}
    used |= {chain.corpus_id for document in documents for chain in document.chains or ()}
    used -= {None}
    if not used and not file.exists():
        return
    try:
        table = links.read(file)
        differing = [d.doc_id for d in documents if links.linked(d, table) != d]
    except InputError as error:
        yield Finding("link", "error", where, f"{error.where}: {error.problem}")
        return
    for corpus_id in sorted({*table.entities, *table.events} - used):
        yield Finding("link", "error", where, f"{corpus_id!r} is in no article; remove it")
    for doc_id in differing:
        message = "its names or items are not those of entities.yaml; resolve the gold again"
        yield Finding("link", "error", Where(where.file, doc_id=doc_id), message)
    for document in documents:
        for entity in document.entities or ():
            known = table.entities.get(entity.corpus_id or "")
            if known is not None and known.type != entity.type:
                message = f"{entity.corpus_id!r} is {known.type}, in this article {entity.type}"
                place = Where(where.file, doc_id=document.doc_id)
                yield Finding("link", "error", place, f"{message}; mend one of the two")


def _label_findings(root: Path, documents: Sequence[Document]) -> Iterator[Finding]:
    """``trigger-missed``, ``label-unused``: see `missed.findings` and `unused.findings`."""
    yield from missed.findings(documents, root / "annotations" / "not_triggers.yaml")
    file = root / "annotations" / "edition.yaml"
    try:
        named = gold.edition(root).unused
    except InputError as error:
        yield Finding("label-unused", "error", error.where, error.problem)
        return
    yield from unused.findings(documents, named, file)


def _seed_findings(folder: Path) -> Iterator[Finding]:
    """``seed-unreadable``: each seed is a file of UTF-8."""
    for doc_id in seeds.doc_ids(folder):
        try:
            seeds.text(doc_id, folder)
        except MalformedError as error:
            where = Where(error.where.file, doc_id=doc_id)
            yield Finding("seed-unreadable", "error", where, error.problem)


def _text(doc_id: str, folder: Path) -> str | None:
    """Read a seed; ``None`` if it cannot be read, which `_seed_findings` tells."""
    try:
        return seeds.text(doc_id, folder)
    except MalformedError:
        return None


def _provenance_findings(folder: Path) -> Iterator[Finding]:
    """``seed-provenance``: each seed has an entry, and its evidence stands in the article."""
    where = Where(file=str(folder / "seeds.yaml"))
    try:
        known = seeds.provenance(folder)
    except InputError as error:
        yield Finding("seed-provenance", "error", where, f"{error.problem}; mend the file")
        return
    for doc_id in seeds.doc_ids(folder):
        if doc_id not in known:
            yield Finding("seed-provenance", "error", where, f"{doc_id} has no entry; add one")
            continue
        text = _text(doc_id, folder)
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
                    "a value needs a basis, and only a value does; mend the one or the other",
                )
            for quote in fact.evidence:
                if text is not None and quote not in text:
                    message = f"{quote!r} is not in the article; quote it exactly"
                    yield Finding("seed-provenance", "error", place, message)


def _gold_findings(seeds_folder: Path, folder: Path) -> Iterator[Finding]:
    """``gold-missing``, ``gold-unknown``, ``gold-unreadable``, and all checks on documents."""
    expected = set(seeds.doc_ids(seeds_folder))
    present = {path.stem: path for path in sorted(folder.glob("*.json"))}
    for doc_id in sorted(expected - present.keys()):
        where = Where(file=str(folder / f"{doc_id}.json"))
        message = "the seed has no gold document; annotate it, or restore the file"
        yield Finding("gold-missing", "error", where, message)
    for doc_id, path in present.items():
        where = Where(file=str(path))
        try:
            document = native.read(path)
        except InputError as error:
            yield Finding("gold-unreadable", "error", error.where, error.problem)
            continue
        if doc_id not in expected or document.doc_id != doc_id:
            message = (
                f"the file is named {doc_id!r} and holds {document.doc_id!r}; "
                "name both after one of the seeds"
            )
            yield Finding("gold-unknown", "error", where, message)
            continue
        text = _text(doc_id, seeds_folder)
        if text is not None:
            yield from check_document(document, text, where=where)
