"""Columns with offsets: what they hold comes back where it was."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

import msgspec
from msgspec.structs import replace

from vinee import text as segment
from vinee.errors import InputError, InvalidError, SchemaError, Where
from vinee.formats.conll import columns
from vinee.formats.contract import check_spans, text_of
from vinee.model import LAYERS, Document, Section, SectionKind, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vinee.formats.conll.columns import Token
    from vinee.model import Located, Mention

HOLDS = frozenset(
    {"meta", "layers.empty", "sections", "sentences"}
    | {"mentions", "mentions.level"}
    | {"mentions.nested", "mentions.crossing", "mentions.repeated"}
)
_NOT_ANNOTATED = "_"
_FIXED = 3  # token, start, end
_OFFSET = re.compile(r"[0-9]{1,9}")
_LONGEST_GAP = 100_000  # a wrong number must not make a text that fills the memory


@dataclass
class _Raw:
    """A document while its lines are read."""

    doc_id: str
    where: Where
    text: str | None
    tokens: list[Token] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    tags: list[list[str]] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    sections: list[Section] = field(default_factory=list)
    sentences: list[Span] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    meta: dict[str, Any] | None = None

    def layout(self) -> list[Located]:
        return [*self.sections, *self.sentences]


def render(documents: Sequence[Document]) -> str:
    """Write documents as the content of one file."""
    parts = [(document, *_tokens_and_tags(document)) for document in documents]
    width = max((len(tags) for _, _, tags in parts), default=0) or 1
    return "".join(
        line + "\n"
        for document, tokens, tags in parts
        for line in _document(document, tokens, tags, width)
    )


def parse(content: str, where: Where, texts: Mapping[str, str] | None) -> list[Document]:
    """Read the documents of one file.

    Raises:
        InputError: A line is not in this format, or contradicts the text.
    """
    found: list[_Raw] = []
    width = 0
    for place, line in columns.lines(content, where):
        if line.startswith("# doc_id = "):
            doc_id = line.removeprefix("# doc_id = ")
            found.append(_Raw(doc_id, place, columns.known_text(doc_id, texts, place)))
        elif line.startswith("# "):
            if found:
                _read_comment(found[-1], line, place)
        elif line and not found:
            problem = "a token outside any document; put a line '# doc_id = …' above it"
            raise SchemaError("conll-doc-id", place, problem)
        elif line:
            cells = line.split("\t")
            width = width or len(cells)
            _read_token(found[-1], cells, width, place)
        elif found:
            found[-1].breaks.add(len(found[-1].tokens))
    if not found:
        problem = "the file holds no document; each begins with a line '# doc_id = …'"
        raise SchemaError("no-documents", where, problem)
    return [_finish(raw) for raw in found]


def _tokens_and_tags(document: Document) -> tuple[list[Token], list[list[str]]]:
    tokens = segment.syllables(text_of(document))
    mentions = document.mentions or ()
    columns.check_covers(tokens, mentions, document.doc_id)
    labelled = [(m.start, m.end, columns.label_of(m, document.doc_id)) for m in mentions]
    return tokens, columns.tag_columns(tokens, labelled)


def _document(
    document: Document, tokens: Sequence[Token], tags: list[list[str]], width: int
) -> Iterator[str]:
    text = text_of(document)
    blank = _NOT_ANNOTATED if document.mentions is None else "O"
    yield f"# doc_id = {document.doc_id}"
    if empty := [layer for layer in LAYERS if getattr(document, layer) == ()]:
        yield f"# empty = {' '.join(empty)}"
    if document.meta is not None:
        yield f"# meta = {msgspec.json.encode(document.meta).decode()}"
    layout = _layout(document)
    for block in columns.blocks(tokens, document, text):
        while layout and layout[0][0] < tokens[block[0]][1]:
            yield layout.pop(0)[1]
        for index in block:
            start, end = tokens[index]
            own = [column[index] for column in tags]
            cells = [text[start:end], start, end, *own, *[blank] * (width - len(own))]
            yield "\t".join(map(str, cells))
        yield ""
    yield from (line for _, line in layout)


def _layout(document: Document) -> list[tuple[int, str]]:
    sections = [
        (part.start, f"# section = {part.kind} {part.start} {part.end}")
        for part in document.sections or ()
    ]
    sentences = [
        (part.start, f"# sentence = {part.start} {part.end}") for part in document.sentences or ()
    ]
    return sorted([*sections, *sentences], key=lambda item: item[0])


def _read_comment(raw: _Raw, line: str, where: Where) -> None:
    key, _, value = line.removeprefix("# ").partition(" = ")
    parts = value.split(" ")
    try:
        if key == "section":
            kind, start, end = parts
            section = {"kind": kind, "start": int(start), "end": int(end)}
            raw.sections.append(msgspec.convert(section, Section))
        elif key == "sentence":
            start, end = parts
            raw.sentences.append(Span(int(start), int(end)))
        elif key == "empty":
            raw.empty = [layer for layer in LAYERS if layer in parts]
        elif key == "meta":
            raw.meta = msgspec.json.decode(value, type=dict[str, Any])
    except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
        expected = {
            "section": f"kind, start and end, the kind one of {', '.join(get_args(SectionKind))}",
            "sentence": "start and end",
        }.get(key, "a JSON object")
        problem = f"'# {key} =' must give {expected} (got {value!r}); mend the line"
        raise SchemaError("conll-comment", where, problem) from error


def _read_token(raw: _Raw, cells: list[str], width: int, where: Where) -> None:
    if len(cells) != width or width <= _FIXED:
        problem = (
            f"{len(cells)} columns, separated by tabs; each line must have the same number: "
            "token, start, end, and one or more tags"
        )
        raise SchemaError("conll-columns", where, problem)
    token, first, last, *tags = cells
    previous = raw.tokens[-1][1] if raw.tokens else 0
    if not (_OFFSET.fullmatch(first) and _OFFSET.fullmatch(last)) or not (
        previous <= int(first) <= previous + _LONGEST_GAP
        and int(last) - int(first) == len(token) > 0
    ):
        problem = (
            f"offsets {first!r} and {last!r} must be whole numbers, {previous} or a little more, "
            f"and {len(token)} apart, as {token!r} is long; mend them"
        )
        raise SchemaError("conll-offsets", where, problem)
    span = (int(first), int(last))
    if raw.text is not None and raw.text[slice(*span)] != token:
        problem = (
            f"the text has {raw.text[slice(*span)]!r} at [{first}, {last}), not {token!r}; "
            "give the text that the file was made from"
        )
        raise InvalidError("span-text", Where(where.file, where.line, raw.doc_id), problem)
    if set(tags) != {_NOT_ANNOTATED}:
        for tag in tags:
            columns.check_tag(tag, where)
    raw.tokens.append(span)
    raw.written.append(token)
    raw.tags.append(tags)


def _finish(raw: _Raw) -> Document:
    text = _rebuilt(raw) if raw.text is None else raw.text
    layers: dict[str, tuple[Any, ...]] = dict.fromkeys(raw.empty, ())
    if raw.sections:
        layers["sections"] = tuple(replace(s, text=text[s.start : s.end]) for s in raw.sections)
    if raw.sentences:
        layers["sentences"] = tuple(replace(s, text=text[s.start : s.end]) for s in raw.sentences)
    if raw.tags and raw.tags[0][0] != _NOT_ANNOTATED:
        layers["mentions"] = tuple(_mentions(raw, text))
    document = Document(raw.doc_id, text, meta=raw.meta, **layers)
    check_spans(document, text, Where(raw.where.file, raw.where.line, raw.doc_id))
    return document


def _mentions(raw: _Raw, text: str) -> list[Mention]:
    try:
        spans: Iterable[columns.TypedSpan] = [
            span
            for column in zip(*raw.tags, strict=True)
            for span in segment.decode(raw.tokens, column)
        ]
    except InputError as error:
        where = Where(raw.where.file, raw.where.line, raw.doc_id)
        problem = f"'{_NOT_ANNOTATED}' must stand in all rows of a document or in none"
        raise SchemaError("tag-form", where, problem) from error
    ordered = sorted(spans, key=lambda span: (span[0], -span[1], span[2]))
    return [columns.mention(span, text) for span in ordered]


def _rebuilt(raw: _Raw) -> str:
    """Put the tokens where they stood, line breaks between sentences and spaces elsewhere."""
    parts: list[str] = []
    position = 0
    for index, ((start, end), token) in enumerate(zip(raw.tokens, raw.written, strict=True)):
        gap = "\n" if index in raw.breaks else " "
        parts.append(gap * (start - position) + token)
        position = end
    length = max((part.end for part in raw.layout()), default=0)
    return "".join(parts) + " " * min(length - position, _LONGEST_GAP)
