"""One document out, one document back: the JSON that systems outside Python are spoken to in."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace

from vinee.errors import ExtractorError, InputError, Where
from vinee.extractors.base import text_of
from vinee.extractors.command.complete import complete
from vinee.extractors.command.excerpt import excerpt
from vinee.formats import keys, native, short
from vinee.model import Document

_LAYERS = ("mentions", "entities", "timexes", "events", "chains")
_SENT = ("text", "sections", "sentences")
_WANTED = (
    'answer one JSON object: a document, {"spans": [[start, end, label], …]} or '
    '{"strings": [[string, label], …]}'
)


def request(document: Document) -> bytes:
    """Encode what a system is given: ``doc_id``, text, sections and sentences, and no more.

    Raises:
        ExtractorError: The document came without text.
    """
    return native.encode(
        Document(
            document.doc_id,
            text=text_of(document),
            sections=document.sections,
            sentences=document.sentences,
        )
    )


def read(content: bytes, document: Document, where: str) -> Document:
    """Read what a system answered for a document.

    Args:
        content: A document, or one of the short forms; ``doc_id``, ids and texts of spans may
            be left out, and what was sent may be repeated.
        document: What it was given.
        where: Extractor and document, for errors.

    Returns:
        The layers that the system gave, ids and texts of spans filled in, without what only
        repeats what was sent.

    Raises:
        ExtractorError: What came is no answer, or one for another document.
    """
    answer = _object(content, where)
    doc_id = answer.setdefault("doc_id", document.doc_id)
    if doc_id != document.doc_id:
        raise ExtractorError(
            f"{where}: the answer is for another document, {doc_id!r:.80}; "
            "answer each document once, in the order in which they come"
        )
    text = text_of(document)
    try:
        given = native.checked(short.full(answer, lambda: text, Where()), Where())
    except InputError as error:
        raise ExtractorError(
            f"{where}: the answer is no document: {error} (got {excerpt(content)}); {_WANTED}"
        ) from error
    if all(getattr(given, layer) is None for layer in _LAYERS):
        raise ExtractorError(
            f"{where}: the answer has no layer (got {excerpt(content)}); {_WANTED}, "
            'and "mentions": [] where there is none'
        )
    return complete(_without_repeated(given, document, where), text)


def _object(content: bytes, where: str) -> dict[str, Any]:
    if content.startswith(native.BOM):
        raise ExtractorError(
            f"{where}: the answer begins with a byte order mark; write UTF-8 without BOM "
            f"(got {excerpt(content)})"
        )
    try:
        found = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ExtractorError(
            f"{where}: the answer is not JSON: {error} (got {excerpt(content)}); {_WANTED}"
        ) from error
    if not isinstance(found, dict):
        raise ExtractorError(
            f"{where}: the answer must be a JSON object (got {excerpt(content)}); {_WANTED}"
        )
    if twice := keys.find_twice(content, Where()):
        raise ExtractorError(f"{where}: {twice} (got {excerpt(content)})") from twice
    return found


def _without_repeated(given: Document, document: Document, where: str) -> Document:
    if given.text is not None and given.text != document.text:
        raise ExtractorError(
            f"{where}: the text of the answer differs from the one sent, so offsets may be "
            "shifted; leave the text unchanged, or leave it out"
        )
    repeated = {layer: None for layer in _SENT if getattr(given, layer) == getattr(document, layer)}
    return replace(given, **repeated)
