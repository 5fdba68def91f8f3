"""The one aligner: it brings a tool's tokens onto the text that they were made from.

Tools rewrite what they read: ``hoà`` becomes ``hòa``, NFD becomes NFC, ``@abc`` becomes ``@ abc``,
``Tổng thống`` becomes ``Tổng_thống``, a quotation mark becomes two backticks. Here such a rewriting
is repaired and counted as repaired, and what cannot be found is counted as ungrounded. Bare
strings, which come in no order, are :mod:`vinee.text.grounding`'s.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from vinee.text.forms import Folded, fold, is_mark
from vinee.text.syllables import keeps_syllables_whole, syllables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ANCHOR = 8  # folded code points, two to three syllables: less is found anywhere
_LONGEST_ANCHOR = 32  # about ten syllables
_REACH = 256  # how far a lone token is looked for between two anchors
_TRIES = 64  # places of one anchor that are looked at; keeps repetitive text linear
_PENN_QUOTES = {"``": '"', "''": '"'}


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where each token stands.

    Attributes:
        spans: For each token its half-open span in code points of the text, or ``None``;
            ascending and disjoint.
        exact: How many spans cover exactly their token.
        repaired: How many spans cover a different writing of their token.
        ungrounded: How many tokens have no span.
    """

    spans: tuple[tuple[int, int] | None, ...]
    exact: int
    repaired: int
    ungrounded: int


def align_tokens(text: str, tokens: Sequence[str]) -> Alignment:
    """Find the span of each token, given in the order of the text.

    A token that the tool invented gets no span; text that it dropped is skipped. After either,
    the walk goes on at the nearest place where eight or more folded characters agree, and the
    tokens in between are looked for one by one in the gap. No span parts a letter from its
    combining marks. The time taken grows linearly with the text.
    """
    spans = tuple(_Walk(text, tokens).spans())
    exact = sum(
        span is not None and text[slice(*span)] == token
        for span, token in zip(spans, tokens, strict=True)
    )
    ungrounded = spans.count(None)
    return Alignment(spans, exact, len(spans) - exact - ungrounded, ungrounded)


def uncovered(text: str, spans: Iterable[tuple[int, int] | None]) -> list[tuple[int, int]]:
    """Find the syllables, numbers and marks of a text that no token's span touches.

    Args:
        text: The text.
        spans: Of tokens, ascending and disjoint, as `Alignment` has them.
    """
    known = [span for span in spans if span is not None]
    at, bare = 0, []
    for start, end in syllables(text):
        while at < len(known) and known[at][1] <= start:
            at += 1
        if at == len(known) or known[at][0] >= end:
            bare.append((start, end))
    return bare


@lru_cache(maxsize=8)
def _fold_text(text: str, *, tones: bool) -> Folded:
    return fold(text, tones=tones, quotes=True, dashes=True, joiners=True, case=True)


@lru_cache(maxsize=8192)
def _key(token: str, *, tones: bool) -> str:
    plain = _PENN_QUOTES.get(token, token)
    return fold(plain, tones=tones, quotes=True, dashes=True, joiners=True, case=True).text


def _agreement_needed(skipped: int) -> int:
    # News repeats itself ("Tổng thống Nga Vladimir Putin"), so far away a short agreement says
    # nothing, while near by a long one is too much to ask of a tool that invents many tokens.
    return min(_LONGEST_ANCHOR, max(_ANCHOR + skipped // 8, skipped // 2))


class _Walk:
    """One pass over text and tokens; offsets named ``place`` are in the folded text."""

    def __init__(self, text: str, tokens: Sequence[str]) -> None:
        self.text = text
        self.tokens = tokens
        self.folded = _fold_text(text, tones=True)

    def spans(self) -> Iterator[tuple[int, int] | None]:
        position = 0
        index = 0
        while index < len(self.tokens):
            span = self._verbatim(index, position)
            if span is None:
                span = self._at(index, self._place(position))
            if span is not None:
                yield span
                position = span[1]
                index += 1
                continue
            place = self._place(position)
            following, resumed = self._resume(index, place)
            yield from self._between(range(index, following), place, resumed)
            index = following
            position = self._position(resumed)

    def _place(self, position: int) -> int:
        return bisect_left(self.folded.starts, position)

    def _position(self, place: int) -> int:
        starts = self.folded.starts
        return starts[place] if place < len(starts) else len(self.text)

    def _verbatim(self, index: int, position: int) -> tuple[int, int] | None:
        token = self.tokens[index].strip()
        while position < len(self.text) and self.text[position].isspace():
            position += 1
        end = position + len(token)
        if not token or not self.text.startswith(token, position):
            return None
        return None if end < len(self.text) and is_mark(self.text[end]) else (position, end)

    def _at(self, index: int, place: int) -> tuple[int, int] | None:
        # Without placing tones a second time: in "có ai" run together, "óa" is no diphthong.
        for tones in (True, False):
            key = _key(self.tokens[index], tones=tones)
            folded = self.folded if tones else _fold_text(self.text, tones=False)
            end = place + len(key)
            if key and folded.text.startswith(key, place) and folded.is_whole(place, end):
                return folded.original(place, end)
        return None

    @cached_property
    def _stream(self) -> tuple[str, list[int]]:
        """All tokens run together, and where each starts; the end is an anchor of its own."""
        keys = [_key(token, tones=True) for token in self.tokens]
        return "".join(keys) + "\0" * _ANCHOR, list(accumulate(map(len, keys), initial=0))

    @cached_property
    def _padded(self) -> str:
        return self.folded.text + "\0" * _ANCHOR

    @cached_property
    def _anchors(self) -> dict[str, list[int]]:
        anchors: dict[str, list[int]] = {}
        for place in range(len(self.folded.text)):
            anchors.setdefault(self._padded[place : place + _ANCHOR], []).append(place)
        return anchors

    def _resume(self, index: int, place: int) -> tuple[int, int]:
        """Find the nearest token and place, from ``index`` and ``place`` on, that agree again.

        The more is skipped, the longer the agreement must be.
        """
        stream, offsets = self._stream
        best = len(self.tokens), len(self.folded.text)
        least = max(offsets[-1] - offsets[index], best[1] - place), sum(best)
        for following in range(index, len(self.tokens)):
            offset = offsets[following]
            left_out = offset - offsets[index]
            if left_out > least[0]:
                break
            places = self._anchors.get(stream[offset : offset + _ANCHOR], [])
            first = bisect_left(places, place)
            for resumed in islice(places, first, first + _TRIES):
                cost = max(left_out, resumed - place), left_out + resumed - place
                if cost >= least:
                    break
                anchor = stream[offset : offset + _agreement_needed(cost[0])]
                if self._padded.startswith(anchor, resumed) and self._at(following, resumed):
                    least, best = cost, (following, resumed)
                    break
        return best

    def _between(self, indices: range, place: int, stop: int) -> Iterator[tuple[int, int] | None]:
        """Look for each token in order in a stretch of folded text, at syllable boundaries."""
        for index in indices:
            found = None
            key = _key(self.tokens[index], tones=True)
            limit = min(stop, place + _REACH)
            candidate = self.folded.text.find(key, place, limit) if key else -1
            while candidate >= 0 and found is None:
                span = self._at(index, candidate)
                if span is not None and keeps_syllables_whole(self.text, *span):
                    found, place = span, candidate + len(key)
                else:
                    candidate = self.folded.text.find(key, candidate + 1, limit)
            yield found
