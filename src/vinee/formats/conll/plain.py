"""Two columns without offsets, as most tools read and write them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vinee import text as segment
from vinee.errors import InvalidError, SchemaError, Where
from vinee.formats.conll import columns
from vinee.formats.contract import text_of
from vinee.model import Document, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vinee.formats.conll.columns import Token, TypedSpan

HOLDS = frozenset({"mentions"})
_START = "-DOCSTART-"
_FEWEST = 2  # token, tag


@dataclass
class _Raw:
    """A document while its lines are read; each sentence a list of rows."""

    doc_id: str
    sentences: list[list[tuple[Where, str, str]]] = field(default_factory=lambda: [[]])


def render(documents: Sequence[Document]) -> str:
    """Write documents as the content of one file."""
    return "".join(line + "\n" for document in documents for line in _document(document))


def parse(content: str, where: Where, texts: Mapping[str, str] | None) -> list[Document]:
    """Read the documents of one file; without a ``-DOCSTART-`` line it is one, named after it.

    Raises:
        InputError: A line is not in this format, or a mention is not in its text.
    """
    stem = Path(where.file or "").stem
    found: list[_Raw] = []
    width = 0
    for place, line in columns.lines(content, where):
        if line.startswith(_START):
            found.append(_Raw(_doc_id(line) or f"{stem}-{len(found) + 1}"))
        elif not line.strip() or (line.startswith("# ") and "\t" not in line):
            if found and found[-1].sentences[-1]:
                found[-1].sentences.append([])
        else:
            if not found:
                found.append(_Raw(stem))
            cells = line.split("\t") if "\t" in line else line.split()
            width = width or len(cells)
            if len(cells) != width or width < _FEWEST:
                problem = f"{len(cells)} columns; each line must have the same number, two or more"
                raise SchemaError("conll-columns", place, problem)
            columns.check_tag(cells[-1], place)
            if not cells[0].strip():
                problem = "the first column should hold the token and is empty; fill it in"
                raise SchemaError("token-empty", place, problem)
            found[-1].sentences[-1].append((place, cells[0], cells[-1]))
    if not found:
        raise SchemaError("no-documents", where, "the file holds no token; check the path")
    return [_finish(raw, columns.known_text(raw.doc_id, texts, where)) for raw in found]


def _document(document: Document) -> Iterator[str]:
    text = text_of(document)
    tokens = segment.syllables(text)
    names = [mention for mention in document.mentions or () if mention.level == "NAM"]
    columns.check_covers(tokens, names, document.doc_id)
    spans = [(name.start, name.end, columns.label_of(name, document.doc_id)) for name in names]
    tags = segment.encode(tokens, _outermost(spans, tokens))
    yield f"{_START} ({document.doc_id})\tO"
    yield ""
    for block in columns.blocks(tokens, document, text):
        for index in block:
            yield f"{text[slice(*tokens[index])]}\t{tags[index]}"
        yield ""


def _outermost(spans: Iterable[TypedSpan], tokens: Sequence[Token]) -> list[TypedSpan]:
    """Keep the spans that share no token with a kept one, longer ones first, then earlier ones."""
    kept: list[TypedSpan] = []
    taken: set[Token] = set()
    for start, end, label in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        own = {token for token in tokens if token[0] < end and start < token[1]}
        if not own & taken:
            kept.append((start, end, label))
            taken |= own
    return kept


def _doc_id(line: str) -> str | None:
    name = line.partition("\t")[0].removeprefix(_START).strip()
    return name[1:-1] if name.startswith("(") and name.endswith(")") else None


def _finish(raw: _Raw, text: str | None) -> Document:
    sentences = [rows for rows in raw.sentences if rows]
    if text is None:
        text = "\n".join(" ".join(token for _, token, _ in rows) for rows in sentences)
    written = [token for rows in sentences for _, token, _ in rows]
    found = segment.align_tokens(text, written).spans
    bare = segment.uncovered(text, found)
    placed = iter(found)
    mentions: list[TypedSpan] = []
    parts: list[Span] = []
    for rows in sentences:
        tokens: list[Token] = []
        tags: list[str] = []
        for where, token, tag in rows:
            span = next(placed)
            if span is not None:
                tokens.append(span)
                tags.append(tag)
            elif tag != "O":
                problem = f"{token!r} is not where it should be in the text; give the file's own"
                raise InvalidError("ungrounded", Where(where.file, where.line, raw.doc_id), problem)
        mentions += segment.decode(tokens, tags)
        if tokens:
            start, end = tokens[0][0], tokens[-1][1]
            parts.append(Span(start, end, text[start:end]))
    return Document(
        raw.doc_id,
        text,
        sentences=tuple(parts),
        mentions=tuple(columns.mention(span, text) for span in mentions),
        meta={"alignment": {"uncovered": len(bare)}} if bare else None,
    )
