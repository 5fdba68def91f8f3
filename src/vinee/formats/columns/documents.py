"""Which documents the rows of files make: by sentence where only sentences have ids, none twice."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from vinee.formats.columns.lines import RawDocument

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from vinee.formats.columns.lines import Layout
    from vinee.formats.columns.report import Problems


def settle(layout: Layout, texts: Container[str] | None, problems: Problems) -> list[RawDocument]:
    """Give the documents to read.

    Where no line begins a document but sentences have ids, each of these is a document of its
    own, unless texts are given and bear none of these ids. The second of two documents with the
    same id is left out and told.
    """
    documents = layout.documents
    if not layout.bounded:
        ids = {part.sent_id for each in documents for part in each.sentences if part.sent_id}
        if ids and (texts is None or any(sent_id in texts for sent_id in ids)):
            documents = list(_by_sentence(documents))
    return list(_once(documents, problems))


def drop_empty_tokens(document: RawDocument, column: int, problems: Problems) -> None:
    """Take the rows without a token out of a document and tell them."""
    for sentence in document.sentences:
        if "" not in map(itemgetter(column), sentence.rows):
            continue
        for row, number in zip(sentence.rows, sentence.numbers, strict=True):
            if not row[column]:
                problem = f"column {column} should hold the token and is empty; fill it in"
                rank = document.file.rank
                problems.schema("token-empty", document.where(number), problem, rank)
        kept = [index for index, row in enumerate(sentence.rows) if row[column]]
        sentence.rows = [sentence.rows[index] for index in kept]
        sentence.numbers = [sentence.numbers[index] for index in kept]
    document.sentences = [sentence for sentence in document.sentences if sentence.rows]


def _by_sentence(documents: list[RawDocument]) -> Iterator[RawDocument]:
    for document in documents:
        current = None
        for sentence in document.sentences:
            if current is None or sentence.sent_id is not None:
                if current is not None:
                    yield current
                name = sentence.sent_id or document.doc_id
                named = sentence.sent_id is not None
                current = RawDocument(document.file, sentence.numbers[0], name, named, [])
            current.sentences.append(sentence)
        if current is not None:
            yield current


def _once(documents: list[RawDocument], problems: Problems) -> Iterator[RawDocument]:
    first: dict[str, RawDocument] = {}
    for document in documents:
        before = first.setdefault(document.doc_id, document)
        if before is document:
            yield document
        else:
            problem = f"a document of this id stands at {before.file.name}:{before.line}; rename it"
            problems.invalid("doc-twice", document.where(), problem, document.file.rank)
