"""The text of an article cut at the bounds of its marks, with room for lines above and below."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from vinee.bench.markup import Close, Marked, Open, Text, segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.bench.report.marks import Mark

    Piece: TypeAlias = Text | Open[Mark] | Close[Mark]

_HIGHEST = 5  # levels of lines that a line of text has room for


@dataclass(frozen=True, slots=True)
class Track:
    """A text with its marks.

    Attributes:
        pieces: The text, cut; pieces of marks nest.
        above: Of each mark, by its id, how many gold lines stand between it and the text.
        below: The same of predicted lines.
    """

    pieces: tuple[Piece, ...]
    above: dict[str, int]
    below: dict[str, int]


def lay_out(text: str, marks: Sequence[Mark]) -> Track:
    """Cut a text at the bounds of its marks.

    Raises:
        InvalidError: A mark is empty or reaches outside the text.
    """
    pieces = tuple(segments(text, [Marked(each.start, each.end, each) for each in marks]))
    above: Counter[str] = Counter()
    below: Counter[str] = Counter()
    stack: list[Mark] = []
    for piece in pieces:
        if piece.kind == "open":
            stack.append(piece.note)
        elif piece.kind == "close":
            inner = stack.pop()
            if stack:
                outer = stack[-1].id
                above[outer] = max(above[outer], above[inner.id] + (inner.gold is not None))
                below[outer] = max(below[outer], below[inner.id] + (inner.predicted is not None))
    ids = [each.id for each in marks]
    return Track(
        pieces,
        {id_: min(above[id_], _HIGHEST) for id_ in ids},
        {id_: min(below[id_], _HIGHEST) for id_ in ids},
    )
