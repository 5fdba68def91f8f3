"""Text cut at the bounds of spans, so that spans that nest or cross become well-formed markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Note = TypeVar("Note")


@dataclass(frozen=True, slots=True)
class Marked(Generic[Note]):
    """A half-open span in code points, and whatever is to be said of it."""

    start: int
    end: int
    note: Note


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of text that no bound cuts."""

    text: str
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Open(Generic[Note]):
    """A piece of a span begins; ``first`` if the span does."""

    note: Note
    first: bool
    kind: Literal["open"] = "open"


@dataclass(frozen=True, slots=True)
class Close(Generic[Note]):
    """The piece that was opened last ends; ``last`` if its span does."""

    note: Note
    last: bool
    kind: Literal["close"] = "close"


def segments(text: str, spans: Sequence[Marked[Note]]) -> Iterator[Text | Open[Note] | Close[Note]]:
    """Cut text at the bounds of spans.

    Pieces nest: each `Close` belongs to the last `Open` that is not closed. Of spans that begin
    at the same place the longest is outermost, and of equal ones the first given. One that
    crosses another is cut in pieces where the other ends, so no span is lost. The texts together
    are the text.

    Raises:
        InvalidError: A span is empty or reaches outside the text.
    """
    for span in spans:
        if not 0 <= span.start < span.end <= len(text):
            raise InvalidError(
                "span-outside",
                Where(),
                f"span [{span.start}, {span.end}) must lie in a text of {len(text)} code points "
                "and must not be empty",
            )
    waiting = sorted(spans, key=lambda span: (span.start, -span.end))[::-1]
    stack: list[Marked[Note]] = []
    bounds = sorted({bound for span in spans for bound in (span.start, span.end)})
    position = 0
    for bound in (*bounds, len(text)):
        if position < bound:
            yield Text(text[position:bound])
            position = bound
        yield from _close(stack, bound)
        while waiting and waiting[-1].start == bound:
            span = waiting.pop()
            stack.append(span)
            yield Open(span.note, first=True)


def _close(stack: list[Marked[Note]], bound: int) -> Iterator[Open[Note] | Close[Note]]:
    """End the spans that end here; those above them are cut, and begin anew."""
    ending = [place for place, span in enumerate(stack) if span.end == bound]
    if not ending:
        return
    above = stack[ending[0] :]
    del stack[ending[0] :]
    for span in reversed(above):
        yield Close(span.note, last=span.end == bound)
    for span in above:
        if span.end > bound:
            stack.append(span)
            yield Open(span.note, first=False)
