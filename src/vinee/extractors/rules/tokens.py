"""Syllables with the forms that lists and patterns are compared with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from vinee.text import fold, syllables

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Token:
    """A syllable.

    Attributes:
        start: First code point.
        end: One past the last.
        form: Its folded form: NFC, tone mark on the main vowel, plain quotation marks and dashes.
    """

    start: int
    end: int
    form: str

    @cached_property
    def lower(self) -> str:
        """The form in lower case."""
        return self.form.lower()

    @cached_property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.form[:1].isupper()

    @cached_property
    def is_word(self) -> bool:
        """Whether it holds a letter or a digit, and so is no punctuation mark."""
        return any(char.isalnum() for char in self.form)


@dataclass(frozen=True)
class Sentence:
    """A sentence and its syllables; ``start`` and ``end`` are code points of the document."""

    start: int
    end: int
    tokens: tuple[Token, ...]

    @cached_property
    def first_word(self) -> int:
        """Index of the first token that is no punctuation mark; 0 if there is none."""
        return next((index for index, token in enumerate(self.tokens) if token.is_word), 0)

    def before(self, index: int, count: int = 1) -> tuple[str, ...]:
        """Give the lower forms of up to ``count`` tokens before a token, in text order."""
        return tuple(token.lower for token in self.tokens[max(0, index - count) : index])


@dataclass(frozen=True)
class TokenSpan:
    """A labelled run of tokens of one sentence, half-open in token indices."""

    first: int
    last: int
    label: str

    def overlaps(self, other: TokenSpan) -> bool:
        """Tell whether two runs share a token."""
        return self.first < other.last and other.first < self.last

    def is_inside(self, other: TokenSpan) -> bool:
        """Tell whether this run is a proper part of another."""
        return (
            other.first <= self.first
            and self.last <= other.last
            and (self.first, self.last) != (other.first, other.last)
        )


def tokens_of(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Split a stretch of text into syllables with their folded forms."""
    return tuple(
        Token(first, last, fold(text[first:last], quotes=True, dashes=True).text)
        for first, last in syllables(text, start, end)
    )


def sentences_of(text: str, spans: Sequence[tuple[int, int]]) -> list[Sentence]:
    """Make sentences from half-open spans in code points."""
    return [Sentence(start, end, tokens_of(text, start, end)) for start, end in spans]
