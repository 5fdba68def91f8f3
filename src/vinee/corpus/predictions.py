"""Reading predictions: nothing wrong goes in unseen, nothing is dropped in silence.

Strict reading stops with every error that the file holds. Lenient reading leaves out the
offending item, or the offending line, and reports each as a finding.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from vinee import ontology
from vinee.corpus import checks
from vinee.corpus.findings import Finding, FindingsError, path_of
from vinee.errors import InputError, Where
from vinee.formats import native

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from vinee.model import Document

    Keys = tuple[str | int, ...]

_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Predictions:
    """Documents that are fit to be scored, and what had to be left out to make them so."""

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...] = ()

    def counted(self) -> dict[str, int]:
        """Count the findings by id, in ascending order of it."""
        return dict(sorted(Counter(finding.id for finding in self.findings).items()))


class PredictionError(FindingsError):
    """A prediction file holds errors; ``findings`` has all of them."""

    remedy = "mend the file, or pass --lenient to leave these out and count them"


def read(path: Path, gold: Sequence[Document], *, lenient: bool = False) -> Predictions:
    """Read predictions, a JSON Lines file or a folder, and check them against the gold texts.

    Raises:
        MalformedError: There is nothing to read.
        PredictionError: Something is wrong and ``lenient`` is false.
    """
    rows: list[tuple[Where, Document]] = []
    findings: list[Finding] = []
    for where, item in native.read_all(path):
        if isinstance(item, InputError):
            findings.append(Finding(item.code, "error", item.where, item.problem))
        else:
            rows.append((where, item))
    checked = _check(rows, gold)
    in_order = sorted((*findings, *checked.findings), key=lambda finding: finding.where.line or 0)
    return _finish(Predictions(checked.documents, tuple(in_order)), lenient=lenient)


def check(
    documents: Iterable[Document | Mapping[str, Any]],
    gold: Sequence[Document],
    *,
    lenient: bool = False,
) -> Predictions:
    """Check documents in memory, or mappings of their shape, as `read` does those of a file."""
    rows: list[tuple[Where, Document]] = []
    findings: list[Finding] = []
    for index, item in enumerate(documents):
        try:
            rows.append((Where(), checked_document(item)))
        except InputError as error:
            where = error.where
            if where.doc_id is None:
                where = Where(file=f"documents[{index}]", path=where.path)
            findings.append(Finding(error.code, "error", where, error.problem))
    checked = _check(rows, gold)
    in_order = sorted((*findings, *checked.findings), key=lambda finding: finding.where.line or 0)
    return _finish(Predictions(checked.documents, tuple(in_order)), lenient=lenient)


def checked_document(document: Document | Mapping[str, Any]) -> Document:
    """Check types and values of a document in memory, on whose fields Python enforces nothing.

    Returns:
        The document as it would be read back from its JSON.

    Raises:
        MalformedError: NaN, infinity, a lone surrogate, or nested too deep.
        SchemaError: Not the shape of a document; the message has the JSON path.
    """
    return native.checked(document, Where())


def _finish(predictions: Predictions, *, lenient: bool) -> Predictions:
    if predictions.findings and not lenient:
        raise PredictionError(predictions.findings)
    return predictions


def _check(rows: Iterable[tuple[Where, Document]], gold: Sequence[Document]) -> Predictions:
    texts = {document.doc_id: document.text or "" for document in gold}
    kept: dict[str, Document] = {}
    findings: list[Finding] = []
    for where, document in rows:
        problem = _whole(document, where, texts, kept)
        if problem is not None:
            findings.append(problem)
            continue
        found = _content(document, texts[document.doc_id], where)
        findings.extend(found)
        kept[document.doc_id] = _without(document, _units(found))
    return Predictions(tuple(kept.values()), tuple(findings))


def _content(document: Document, text: str, where: Where) -> list[Finding]:
    """Check items by themselves, then those that are left against each other."""
    found: list[Finding] = []
    for which in (checks.SINGLE, checks.PAIRED):
        context = checks.Context(document, text, ontology.default(), where, _units(found))
        found += [finding for check in which for finding in check(context)]
    return [*found, *_orphans(document, _units(found), where)]


def _whole(
    document: Document, where: Where, texts: Mapping[str, str], seen: Mapping[str, Document]
) -> Finding | None:
    """Check what concerns a document as a whole."""
    where = Where(where.file, where.line, document.doc_id)
    if document.doc_id not in texts:
        known = ", ".join(sorted(texts)[:_MOST_SHOWN])
        message = f"the gold has no document {document.doc_id!r}; use an id that it has: {known}"
        return Finding("doc-unknown", "error", where, message)
    if document.doc_id in seen:
        message = "the document was predicted before, in another place; keep one of the two"
        return Finding("doc-twice", "error", where, message)
    if document.text is not None and document.text != texts[document.doc_id]:
        place = Where(where.file, where.line, where.doc_id, "$.text")
        message = "the text differs from the gold's, so offsets may be shifted; leave it unchanged"
        return Finding("doc-text", "error", place, message)
    return None


def _without(document: Document, left_out: Collection[Keys]) -> Document:
    """Leave out the items and arguments to which keys lead."""
    if not left_out:
        return document
    kept: dict[str, Any] = {}
    for layer in {str(keys[0]) for keys in left_out}:
        items = enumerate(getattr(document, layer))
        kept[layer] = tuple(item for index, item in items if (layer, index) not in left_out)
    if "events" in kept:
        kept["events"] = tuple(
            replace(
                event,
                arguments=tuple(
                    argument
                    for number, argument in enumerate(event.arguments)
                    if ("events", index, "arguments", number) not in left_out
                ),
            )
            for index, event in enumerate(document.events or ())
            if ("events", index) not in left_out
        )
    return replace(document, **kept)


def _units(findings: Iterable[Finding]) -> frozenset[Keys]:
    """Give the keys of what goes: an argument by itself, anything else with its whole item."""
    return frozenset(
        found.item[:4] if found.item[2:3] == ("arguments",) else found.item[:2]
        for found in findings
    )


def _orphans(document: Document, left_out: Collection[Keys], where: Where) -> Iterator[Finding]:
    """``ref-dropped``: an argument whose mention or time is left out goes with it."""
    ids: dict[bool, set[str | None]] = {False: set(), True: set()}
    for layer in ("mentions", "timexes"):
        for index, item in enumerate(getattr(document, layer) or ()):
            ids[(layer, index) in left_out].add(item.id)
    gone = ids[True] - ids[False]
    for index, event in enumerate(document.events or ()):
        for number, argument in enumerate(event.arguments):
            keys = ("events", index, "arguments", number)
            blamed = keys in left_out or keys[:2] in left_out
            if argument.ref in gone and not blamed:
                place = Where(where.file, where.line, document.doc_id, path_of(keys))
                message = f"it refers to {argument.ref!r}, which is itself left out; mend that"
                yield Finding("ref-dropped", "error", place, message, keys)
