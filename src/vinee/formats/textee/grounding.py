"""Where the tokens of TextEE's lines stand in the text of their document."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from vinee import text as segment
from vinee.errors import InvalidError, Where
from vinee.formats.textee.writing import covering
from vinee.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.formats.textee.shapes import Line
    from vinee.model import Located

    Spans = Sequence[tuple[int, int] | None]


class GroundedLine:
    """A line with the places of its tokens.

    ``shift`` leads from the offsets in our notes to those of the text; None where the notes are
    about another text, or there are none.
    """

    def __init__(self, where: Where, line: Line, spans: Spans, shift: int | None) -> None:
        self.where = Where(where.file, where.line, line.doc_id)
        self.line = line
        self.spans = spans
        self.shift = shift

    def span(self, item: Located, note: Located | None) -> Span:
        """Give the span of an item: from our note if it agrees with the tokens, else from these.

        Raises:
            InvalidError: There are no such tokens, or they are not in the text.
        """
        start, end = item.start, item.end
        if not 0 <= start < end <= len(self.spans):
            problem = (
                f"the token offsets [{start}, {end}) must be 0 <= start < end <= "
                f"{len(self.spans)}, the number of tokens; correct them"
            )
            raise InvalidError("token-outside", self.where, problem)
        first, last = self.spans[start], self.spans[end - 1]
        if first is None or last is None:
            token = self.line.tokens[start if first is None else end - 1]
            problem = f"the token {token!r} is not in the text of the document; check the text"
            raise InvalidError("token-ungrounded", self.where, problem)
        if note is not None and self.shift is not None:
            exact = note.start + self.shift, note.end + self.shift
            if covering(self._known(), exact) == (start, end):
                return Span(*exact)
        return Span(first[0], last[1])

    def sentences(self) -> list[Span]:
        """Give the sentences: those in our note, or the whole line where there is none."""
        note, known = self.line.note, self._known()
        if note is None or (note.sentences and self.shift is None):
            return [Span(known[0][0], known[-1][1])] if known else []
        return [
            Span(start + (self.shift or 0), end + (self.shift or 0))
            for start, end in note.sentences or ()
        ]

    def _known(self) -> list[tuple[int, int]]:
        return [span for span in self.spans if span is not None]


def ground(
    lines: Sequence[tuple[Where, Line]], given: str | None
) -> tuple[str, list[GroundedLine]]:
    """Find the text of a document, and the places of all tokens in it.

    The text is the one given; else what our notes make whole; else the lines, one below the
    other.
    """
    each = [_tokens(line) for _, line in lines]
    whole = _whole([line for _, line in lines], [text for text, _ in each])
    if given is not None and given != whole:
        tokens = [token for _, line in lines for token in line.tokens]
        found = iter(segment.align_tokens(given, tokens).spans)
        return given, [
            GroundedLine(where, line, list(islice(found, len(line.tokens))), None)
            for where, line in lines
        ]
    grounded = []
    place = 0
    for (where, line), (text, own) in zip(lines, each, strict=True):
        if whole is not None and line.note is not None:
            place = line.note.start
        about = line.note if text == line.text else None
        shift = None if about is None else place - about.start
        spans = [(place + start, place + end) for start, end in own]
        grounded.append(GroundedLine(where, line, spans, shift))
        place += len(text) + 1
    return "\n".join(text for text, _ in each) if whole is None else whole, grounded


def _whole(lines: Sequence[Line], texts: Sequence[str]) -> str | None:
    """Put the text together from our notes; None if a line or a note is missing."""
    whole = after = ""
    for line, text in zip(lines, texts, strict=True):
        note = line.note
        if note is None or text != line.text or after or len(whole + note.before) != note.start:
            return None
        whole, after = whole + note.before + text, note.after
    return whole + after


def _tokens(line: Line) -> tuple[str, list[tuple[int, int]]]:
    """Give the text of a line and its tokens' places in it: its own text, or tokens and blanks."""
    if line.text is not None:
        found = segment.align_tokens(line.text, line.tokens)
        spans = [span for span in found.spans if span is not None]
        if not found.ungrounded:
            return line.text, spans
    place = 0
    spans = []
    for token in line.tokens:
        spans.append((place, place + len(token)))
        place += len(token) + 1
    return " ".join(line.tokens), spans
