"""What both kinds of columns share: blocks of tokens, tags, and the lines of a file."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import groupby
from typing import TYPE_CHECKING, get_args

from vinee import text as segment
from vinee.errors import InvalidError, MalformedError, SchemaError, Where
from vinee.model import Level, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from vinee.model import Document

Token = tuple[int, int]
TypedSpan = tuple[int, int, str]

_LEVELS = tuple(f"/{level}" for level in get_args(Level))
_TAG = re.compile(r"O|[BI]-\S+")


def blocks(tokens: Sequence[Token], document: Document, text: str) -> list[list[int]]:
    """Group the indices of tokens into sentences.

    Where the document has no sentences, those that the rules of `vinee.text` find are taken.
    """
    if document.sentences is None:
        spans = segment.sentences(text)
    else:
        spans = [(span.start, span.end) for span in document.sentences]
    edges = sorted({edge for span in spans for edge in span})
    group = [bisect_right(edges, start) for start, _ in tokens]
    return [list(indices) for _, indices in groupby(range(len(tokens)), group.__getitem__)]


def tag_columns(tokens: Sequence[Token], spans: Iterable[TypedSpan]) -> list[list[str]]:
    """Write spans as one column of IOB2 tags for each depth of nesting, the outermost first.

    A span stands one column after all earlier or longer ones that it shares a token with, so
    that spans that cross, or are the same, fit too. Each must cover a token.
    """
    starts = [start for start, _ in tokens]
    ends = [end for _, end in tokens]
    placed = [(bisect_right(ends, s), bisect_left(starts, e), (s, e, kind)) for s, e, kind in spans]
    rows: list[list[TypedSpan]] = []
    reach: list[int] = []
    for first, last, span in sorted(placed, key=lambda item: (item[0], -item[1], item[2])):
        depth = max((at + 1 for at, stop in enumerate(reach) if stop > first), default=0)
        if depth == len(rows):
            rows.append([])
            reach.append(0)
        rows[depth].append(span)
        reach[depth] = last
    return [segment.encode(tokens, row) for row in rows]


def label_of(mention: Mention, doc_id: str) -> str:
    """Give type and level of a mention as one label.

    Raises:
        InvalidError: The type cannot stand in a tag.
    """
    kind = mention.type
    if not kind or len(kind.split()) != 1 or kind != kind.strip() or kind.endswith(_LEVELS):
        raise InvalidError(
            "type-form",
            Where(doc_id=doc_id),
            f"the type {kind!r} cannot stand in a tag; it must be one word that ends in no level",
        )
    return kind if mention.level == "NAM" else f"{kind}/{mention.level}"


def mention(span: TypedSpan, text: str) -> Mention:
    """Make the mention that a typed span stands for."""
    start, end, label = span
    kind, slash, level = label.rpartition("/")
    if slash and kind and level in get_args(Level):
        return Mention(start, end, kind, text[start:end], level=level)  # type: ignore[arg-type]
    return Mention(start, end, label, text[start:end])


def check_covers(tokens: Sequence[Token], mentions: Iterable[Mention], doc_id: str) -> None:
    """Check that each mention covers a token.

    Raises:
        InvalidError: One does not.
    """
    starts = [start for start, _ in tokens]
    ends = [end for _, end in tokens]
    for each in mentions:
        if bisect_right(ends, each.start) >= bisect_left(starts, each.end):
            problem = f"the mention [{each.start}, {each.end}) holds no syllable; leave it out"
            raise InvalidError("span-without-token", Where(doc_id=doc_id), problem)


def lines(content: str, where: Where) -> Iterator[tuple[Where, str]]:
    """Give the lines of a file, each with its place, line ends taken off.

    Raises:
        MalformedError: A carriage return stands inside of a line: that line is several.
    """
    for number, line in enumerate(content.removeprefix("\ufeff").split("\n"), start=1):
        place = Where(where.file, number)
        plain = line.removesuffix("\r")
        if "\r" in plain:
            problem = "a carriage return stands inside of the line; end lines with \\n or \\r\\n"
            raise MalformedError("line-end", place, problem)
        yield place, plain


def check_tag(tag: str, where: Where) -> None:
    """Check the form of an IOB2 tag.

    Raises:
        SchemaError: It is none.
    """
    if not _TAG.fullmatch(tag):
        problem = f"tag {tag!r} must be 'O', 'B-type' or 'I-type'; convert other schemes to IOB2"
        raise SchemaError("tag-form", where, problem)


def known_text(doc_id: str, texts: Mapping[str, str] | None, where: Where) -> str | None:
    """Look up the text of a document; None if no texts were given.

    Raises:
        InvalidError: Texts were given, and this document's is not among them.
    """
    if texts is None:
        return None
    if doc_id not in texts:
        problem = "there is no text of this id among those given; add it, or give none at all"
        raise InvalidError("doc-unknown", Where(where.file, where.line, doc_id), problem)
    return texts[doc_id]
