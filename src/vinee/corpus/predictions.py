"""Reading predictions: nothing wrong goes in unseen, nothing is dropped in silence.

Strict reading stops with every error that the file holds. Lenient reading leaves out the
offending item, or the offending line, and reports each as a finding.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from vinee.corpus.findings import Finding, FindingsError
from vinee.corpus.foreign import fitness, opening
from vinee.corpus.foreign.labels import label_set
from vinee.corpus.labelmap import apply, relocated
from vinee.errors import InputError, Where
from vinee.formats import native, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from vinee.corpus.labelmap import LabelMap, Mapped
    from vinee.model import Document
    from vinee.ontology import Ontology

_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Predictions:
    """Documents that are fit to be scored, and what had to be left out to make them so.

    Attributes:
        documents: The documents.
        findings: What was left out.
        mapped: What a label map did; None if there was none.
        format: Name of the format that they were read in; None of documents in memory.
        how: What the format was known by, in words; None if it was named.
        notes: What the reader of the format found out, in words.
    """

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...] = ()
    mapped: Mapped | None = None
    format: str | None = None
    how: str | None = None
    notes: tuple[str, ...] = ()

    def counted(self) -> dict[str, int]:
        """Count the findings by id, in ascending order of it."""
        return dict(sorted(Counter(finding.id for finding in self.findings).items()))


class PredictionError(FindingsError):
    """A prediction file holds errors; ``findings`` has all of them."""

    remedy = "mend the file, or pass --lenient to leave these out and count them"


def read(  # noqa: PLR0913 - one way in, whose options are those of a command
    path: Path,
    gold: Sequence[Document],
    *,
    lenient: bool = False,
    format: str | None = None,  # noqa: A002 - what the command line calls it
    labels: LabelMap | None = None,
    labels_of: Ontology | None = None,
) -> Predictions:
    """Read predictions in any format, and check them against the gold texts.

    Args:
        path: A file or a folder.
        gold: The gold, in whose texts offsets count.
        lenient: Leave out and count what is wrong, instead of raising.
        format: Name of a format; it is detected if not given.
        labels: Renames and drops labels first.
        labels_of: The labels that predictions may use; if not given ours, or the gold's own if
            it uses others.

    Raises:
        MalformedError: There is nothing to read.
        UnknownNameError: There is no such format.
        InputError: A file that is not our own JSON cannot be read, or the map does not fit.
        PredictionError: Something is wrong and ``lenient`` is false.
    """
    opened = opening.read(path, format, _texts(gold), predicted=True)
    found = _checked(opened.rows, gold, labels, labels_of)
    found = replace(found, format=opened.format, how=opened.how, notes=opened.notes)
    return _finish(found, lenient=lenient)


def check(
    documents: Iterable[Document | Mapping[str, Any]],
    gold: Sequence[Document],
    *,
    lenient: bool = False,
    labels: LabelMap | None = None,
    labels_of: Ontology | None = None,
) -> Predictions:
    """Check documents in memory, or mappings of a shape that `read` takes, as it does a file's."""
    rows: list[tuple[Where, Document | InputError]] = []
    texts = _texts(gold)
    for index, item in enumerate(documents):
        try:
            rows.append((Where(), short.checked(item, Where(), texts)))
        except InputError as error:
            where = error.where
            if where.doc_id is None:
                where = Where(file=f"documents[{index}]", path=where.path)
            rows.append((where, type(error)(error.code, where, error.problem)))
    return _finish(_checked(rows, gold, labels, labels_of), lenient=lenient)


def checked_document(document: Document | Mapping[str, Any]) -> Document:
    """Check types and values of a document in memory, on whose fields Python enforces nothing.

    Returns:
        The document as it would be read back from its JSON.

    Raises:
        MalformedError: NaN, infinity, a lone surrogate, or nested too deep.
        SchemaError: Not the shape of a document.
    """
    return native.checked(document, Where())


def _texts(gold: Iterable[Document]) -> dict[str, str]:
    return {document.doc_id: document.text or "" for document in gold}


def _finish(predictions: Predictions, *, lenient: bool) -> Predictions:
    if predictions.findings and not lenient:
        raise PredictionError(predictions.findings)
    return predictions


def _checked(
    rows: Iterable[tuple[Where, Document | InputError]],
    gold: Sequence[Document],
    label_map: LabelMap | None,
    labels_of: Ontology | None,
) -> Predictions:
    known = label_set(gold) if labels_of is None else labels_of
    texts = _texts(gold)
    findings: list[Finding] = []
    whole: dict[str, tuple[Where, Document]] = {}
    for where, item in rows:
        problem = _whole(item, where, texts, whole)
        if problem is not None:
            findings.append(problem)
        elif not isinstance(item, InputError):
            whole[item.doc_id] = (where, item)
    documents = tuple(document for _, document in whole.values())
    applied = None if label_map is None else apply(label_map, documents, known)
    kept = []
    for index, (where, document) in enumerate(whole.values()):
        changed = document if applied is None else applied.documents[index]
        found = fitness.content(changed, texts[document.doc_id], known, where)
        kept.append(fitness.without(changed, found))
        origins = {} if applied is None else applied.origins[index]
        findings += [relocated(each, origins) for each in found]
    in_order = sorted(findings, key=lambda finding: finding.where.line or 0)
    mapped = None if applied is None else applied.mapped
    return Predictions(tuple(kept), tuple(in_order), mapped)


def _whole(
    item: Document | InputError,
    where: Where,
    texts: Mapping[str, str],
    seen: Mapping[str, object],
) -> Finding | None:
    """Check what concerns a document as a whole."""
    if isinstance(item, InputError):
        return Finding(item.code, "error", item.where, item.problem)
    where = Where(where.file, where.line, item.doc_id)
    if item.doc_id not in texts:
        known = ", ".join(sorted(texts)[:_MOST_SHOWN])
        message = f"the gold has no document {item.doc_id!r}; use an id that it has: {known}"
        return Finding("doc-unknown", "error", where, message)
    if item.doc_id in seen:
        message = "the document was predicted before, in another place; keep one of the two"
        return Finding("doc-twice", "error", where, message)
    if item.text is not None and item.text != texts[item.doc_id]:
        place = Where(where.file, where.line, where.doc_id, "$.text")
        message = "the text differs from the gold's, so offsets may be shifted; leave it unchanged"
        return Finding("doc-text", "error", place, message)
    return None
