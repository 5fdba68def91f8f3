"""Documents as columns: a token and a tag for each depth of nesting."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from vinee import text as segment
from vinee.errors import InvalidError, Where
from vinee.formats.columns import cells
from vinee.formats.columns.reading import TAGS_NAME, TOKEN_NAME
from vinee.formats.conll.columns import blocks, check_covers, tag_columns
from vinee.formats.contract import text_of
from vinee.text.tags import chunks, tagged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.model import Document
    from vinee.text.tags import Scheme

    Token = tuple[int, int]

Unit: TypeAlias = Literal["syllable", "token"]
HOLDS = frozenset({"mentions", "mentions.nested", "mentions.crossing", "mentions.repeated"})


class Page:
    """A document with its tokens, and an IOB2 column for each depth of nesting.

    Raises:
        InvalidError: The document has no text, or a mention holds no syllable or has a type that
            cannot stand in a tag.
        MissingExtraError: The unit is the token, and the tool that makes words is not installed.
    """

    def __init__(self, document: Document, unit: Unit) -> None:
        self.document = document
        self.text = text_of(document)
        self.tokens = segment.syllables(self.text)
        mentions = document.mentions or ()
        check_covers(self.tokens, mentions, document.doc_id)
        for mention in mentions:
            _check_type(mention.type, document.doc_id)
        spans = [(mention.start, mention.end, mention.type) for mention in mentions]
        if unit == "token":
            self.tokens = list(_words(self.text, self.tokens, spans))
        self.columns = tag_columns(self.tokens, spans)

    def lines(self, scheme: Scheme, width: int) -> Iterator[str]:
        """Give the lines, with that many columns of tags in a scheme."""
        yield f"# newdoc id = {self.document.doc_id}"
        for block in self._sentences():
            tags = [
                tagged(chunks(column[block.start : block.stop]), len(block), scheme)
                for column in self.columns
            ]
            tags += [["O"] * len(block)] * (width - len(tags))
            for index, *own in zip(block, *tags, strict=True):
                token = "_".join(self.text[slice(*self.tokens[index])].split())
                yield "\t".join((token, *own))
            yield ""

    def _sentences(self) -> Iterator[range]:
        """Give the indices of the tokens of each sentence; none ends inside a mention."""
        starts = [block[0] for block in blocks(self.tokens, self.document, self.text)]
        open_ = [
            start
            for start in starts
            if not any(column[start].startswith("I-") for column in self.columns)
        ]
        for first, last in pairwise([*open_, len(self.tokens)]):
            yield range(first, last)


def render(pages: Sequence[Page], scheme: Scheme, width: int) -> str:
    """Write the content of one file."""
    names = [TOKEN_NAME, TAGS_NAME, *(f"{TAGS_NAME}:{depth}" for depth in range(2, width + 1))]
    head = f"# global.columns = {' '.join(names)}\n"
    return head + "".join(line + "\n" for page in pages for line in page.lines(scheme, width))


def _check_type(kind: str, doc_id: str) -> None:
    tag = f"B-{kind}"
    if not kind or len(kind.split()) != 1 or cells.clean(tag) != tag or len(tag.split()) != 1:
        problem = f"the type {kind!r} cannot stand in a tag; it must be one word that can be seen"
        raise InvalidError("type-form", Where(doc_id=doc_id), problem)


def _words(
    text: str, syllables: Sequence[Token], spans: Sequence[tuple[int, int, str]]
) -> Iterator[Token]:
    """Give the words of a text, cut where a mention begins or ends inside one."""
    starts = [start for start, _ in syllables]
    ends = [end for _, end in syllables]
    cuts = sorted(
        {starts[bisect_right(ends, start)] for start, _, _ in spans}
        | {ends[bisect_left(starts, end) - 1] for _, end, _ in spans}
    )
    for start, end in segment.words(text):
        inside = cuts[bisect_right(cuts, start) : bisect_left(cuts, end)]
        for first, last in pairwise([start, *inside, end]):
            piece = text[first:last]
            left = first + len(piece) - len(piece.lstrip())
            if piece.strip():  # between two mentions there may be the space of a word alone
                yield left, left + len(piece.strip())
