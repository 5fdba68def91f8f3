"""Documents from a ``DocBin``, our own or what a model wrote."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from vinee.errors import InputError, InvalidError, MalformedError, Where
from vinee.formats import native
from vinee.formats.contract import check_spans
from vinee.formats.docbin import spans
from vinee.model import Document, Mention

if TYPE_CHECKING:
    from pathlib import Path

    from vinee.model import Level

_MOST = 1 << 30  # bytes; about ten million tokens
_AT_ONCE = 1 << 20


def documents(file: Path, key: str) -> list[Document]:
    """Read the documents of a file.

    Raises:
        MissingExtraError: spaCy is not installed.
        MalformedError: The file cannot be read, or is no DocBin.
        InvalidError: A span is outside of its text.
    """
    tokens = spans.spacy_tokens()
    where = Where(file=str(file))
    packed = native.read_bytes(file)
    try:
        _check_size(packed, where)
        docs = list(tokens.DocBin().from_bytes(packed).get_docs(spans.vocabulary()))
        names = [file.stem if len(docs) == 1 else f"{file.stem}-{n}" for n in range(len(docs))]
        return [_document(doc, name, key, where) for doc, name in zip(docs, names, strict=True)]
    except InputError:
        raise
    except Exception as error:  # whatever spaCy makes of bytes that nobody wrote with it
        problem = f"is no DocBin that spaCy can read: {error!r}; write it again with to_disk()"
        raise MalformedError("spacy-broken", where, problem) from error


def _check_size(packed: bytes, where: Where) -> None:
    stream = zlib.decompressobj()
    size, rest = 0, packed
    while rest and not stream.eof:
        size += len(stream.decompress(rest, _AT_ONCE))
        rest = stream.unconsumed_tail
        if size > _MOST:
            problem = f"more than {_MOST} bytes come out; split the file"
            raise InvalidError("spacy-size", where, problem)


def _note(doc: Any, default: str, where: Where) -> Document:  # noqa: ANN401 - spaCy's own
    """Give id and meta, as a document without layers."""
    known = doc.user_data
    if isinstance(note := known.get(spans.NOTE), str):
        return native.decode(note.encode(), where)
    for name in ("doc_id", ("._.", "doc_id", None, None)):
        if known.get(name) not in {None, ""}:
            return Document(str(known[name]))
    return Document(default)


def _document(doc: Any, default: str, key: str, where: Where) -> Document:  # noqa: ANN401 - spaCy's own
    note = _note(doc, default, where)
    text = doc.text
    annotated = doc.has_annotation("ENT_IOB")
    mentions: list[Mention] = []
    for level, group in spans.groups(key).items():
        if group in doc.spans:
            annotated = True
            mentions += (_mention(span, text, level) for span in doc.spans[group])
    seen = {(each.start, each.end, each.type) for each in mentions}
    entities = (_mention(span, text, "NAM") for span in doc.ents)
    mentions += (each for each in entities if (each.start, each.end, each.type) not in seen)
    document = Document(
        note.doc_id,
        text,
        mentions=tuple(sorted(mentions, key=lambda m: (m.start, m.end))) if annotated else None,
        meta=note.meta,
    )
    check_spans(document, text, Where(file=where.file, doc_id=document.doc_id))
    return document


def _mention(span: Any, text: str, level: Level) -> Mention:  # noqa: ANN401 - spaCy's own
    start, end = span.start_char, span.end_char
    return Mention(start, end, span.label_, text[start:end], span.id_ or None, level=level)
