"""Reading predictions: nothing wrong goes in unseen, nothing is dropped in silence.

Strict reading stops with every error that the file holds. Lenient reading leaves out the
offending item, or the offending line, and reports each as a finding.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from vinee.corpus import checks
from vinee.corpus.findings import Finding, path_of
from vinee.corpus.validate import check_document
from vinee.errors import InputError, Where
from vinee.formats import native

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from vinee.model import Document

_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Predictions:
    """Documents that are fit to be scored, and what had to be left out to make them so."""

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...] = ()

    def counted(self) -> dict[str, int]:
        """Count the findings by id, in ascending order of it."""
        return dict(sorted(Counter(finding.id for finding in self.findings).items()))


class PredictionError(InputError):
    """A prediction file holds errors; ``findings`` has all of them."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        lines = [str(finding) for finding in self.findings[:_MOST_SHOWN]]
        if len(self.findings) > _MOST_SHOWN:
            lines.append(f"… and {len(self.findings) - _MOST_SHOWN} more")
        lines.append("mend the file, or pass --lenient to leave these out and count them")
        first = self.findings[0]
        super().__init__(first.id, first.where, "\n".join(lines))

    def __str__(self) -> str:
        """Give one line a finding."""
        return self.problem


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
    return _finish(Predictions(checked.documents, (*findings, *checked.findings)), lenient=lenient)


def check(
    documents: Iterable[Document], gold: Sequence[Document], *, lenient: bool = False
) -> Predictions:
    """Check documents in memory as `read` does those of a file."""
    return _finish(_check([(Where(), item) for item in documents], gold), lenient=lenient)


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
        found = check_document(document, texts[document.doc_id], checks.CONTENT, where)
        found.extend(_orphans(document, found, where))
        findings.extend(found)
        kept[document.doc_id] = without(document, found)
    return Predictions(tuple(kept.values()), tuple(findings))


def _whole(
    document: Document, where: Where, texts: Mapping[str, str], seen: Mapping[str, Document]
) -> Finding | None:
    """Check what concerns a document as a whole."""
    where = Where(where.file, where.line, document.doc_id)
    if document.doc_id not in texts:
        known = ", ".join(sorted(texts)[:_MOST_SHOWN])
        message = f"the gold has no document {document.doc_id!r}; it has {known}"
        return Finding("doc-unknown", "error", where, message)
    if document.doc_id in seen:
        return Finding("doc-twice", "error", where, "the document was predicted on an earlier line")
    if document.text is not None and document.text != texts[document.doc_id]:
        place = Where(where.file, where.line, where.doc_id, "$.text")
        message = "the text differs from the gold's, so offsets may be shifted; leave it unchanged"
        return Finding("doc-text", "error", place, message)
    return None


def without(document: Document, findings: Iterable[Finding]) -> Document:
    """Leave out the items that findings point to."""
    bad: dict[str, set[int]] = {}
    bad_arguments: dict[int, set[int]] = {}
    for finding in findings:
        match finding.item:
            case ("events", int(index), "arguments", int(number), *_):
                bad_arguments.setdefault(index, set()).add(number)
            case (str(layer), int(index), *_):
                bad.setdefault(layer, set()).add(index)
    kept: dict[str, Any] = {}
    for layer in {*bad, *(("events",) if bad_arguments else ())}:
        kept[layer] = tuple(
            item
            for index, item in enumerate(getattr(document, layer))
            if index not in bad.get(layer, ())
        )
    if bad_arguments:
        kept["events"] = tuple(
            replace(
                event,
                arguments=tuple(
                    argument
                    for number, argument in enumerate(event.arguments)
                    if number not in bad_arguments.get(index, ())
                ),
            )
            for index, event in enumerate(document.events or ())
            if index not in bad.get("events", ())
        )
    return replace(document, **kept) if kept else document


def _orphans(document: Document, findings: Iterable[Finding], where: Where) -> Iterator[Finding]:
    """``ref-dropped``: an argument whose mention or time is left out goes with it."""
    lost = {f.item[:2] for f in findings if f.item[:1] in {("mentions",), ("timexes",)}}
    gone = {getattr(document, str(layer))[index].id for layer, index in lost} - {None}
    for index, event in enumerate(document.events or ()):
        for number, argument in enumerate(event.arguments):
            if argument.ref in gone:
                keys = ("events", index, "arguments", number)
                place = Where(where.file, where.line, where.doc_id, path_of(keys))
                message = f"it refers to {argument.ref!r}, which is itself left out"
                yield Finding("ref-dropped", "error", place, message, keys)
