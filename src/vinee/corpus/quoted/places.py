"""The quote of a span: its sentence, its text, and which of the places where that stands."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from vinee import text as segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.model import Located


class Place(NamedTuple):
    """Sentence (from 0), quote, and which of its places there (from 1) if it has several."""

    sentence: int
    quote: str
    n: int | None


class Places:
    """The places of one article, whose sentences are half-open spans of ``text``."""

    def __init__(self, text: str, sentences: Sequence[Located]) -> None:
        self._text = text
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]

    def of(self, span: Located) -> Place | None:
        """Quote a span; None if it crosses sentences, or its quote would not lead to it."""
        number = self.sentence(span)
        if number is None:
            return None
        text, offset = self._sentence(number)
        found = place_in(text, span.start - offset, span.end - offset)
        return Place(number, *found) if found else None

    def extent(self, extent: Located, bare: Located) -> str | None:
        """Quote an extent, which a pass means as the first such text that holds the bare span.

        None if that is another one. ``bare`` must be inside a sentence.
        """
        text, offset = self._sentence(self.sentence(bare) or 0)
        string = self._text[extent.start : extent.end]
        for start, end in segment.ground(text, string).matches:
            first, last = start + offset, end + offset
            if first <= bare.start and bare.end <= last:
                return string if (first, last) == (extent.start, extent.end) else None
        return None

    def sentence(self, span: Located) -> int | None:
        """Give the number of the sentence that a span lies in."""
        number = bisect_right(self._starts, span.start) - 1
        inside = number >= 0 and span.start < span.end <= self._sentences[number].end
        return number if inside else None

    def beginnings(self) -> Iterator[str]:
        """Give the first words of each sentence, by which an annotator knows it."""
        for sentence in self._sentences:
            first = next(beginnings(self._text, sentence.start, sentence.end, words=3))
            yield self._text[sentence.start : first]

    def _sentence(self, number: int) -> tuple[str, int]:
        sentence = self._sentences[number]
        return self._text[sentence.start : sentence.end], sentence.start


def place_in(text: str, start: int, end: int) -> tuple[str, int | None] | None:
    """Give the quote of a half-open span of ``text``, and which of its places is meant.

    None if the quote, looked up, would not lead to the span: it cuts a syllable, say.
    """
    string = text[start:end]
    matches = segment.ground(text, string).matches
    if (start, end) not in matches:
        return None
    return string, matches.index((start, end)) + 1 if len(matches) > 1 else None


def beginnings(text: str, start: int, end: int, *, words: int) -> Iterator[int]:
    """Give where the first ``words`` words end, then where each further one does.

    Of a stretch with fewer words that is the end of the last one.
    """
    ends = []
    place = start
    for word in text[start:end].split():
        place = text.index(word, place) + len(word)
        ends.append(place)
    yield from ends[words - 1 :] or ends[-1:]
