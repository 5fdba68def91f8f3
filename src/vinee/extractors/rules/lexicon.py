"""The word lists and how they are looked up: the longest entry on syllable boundaries wins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from vinee.extractors.rules.tokens import Sentence, TokenSpan, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vinee.extractors.rules.tokens import Token

NONE = "none"
_HEADING = re.compile(r"\[([^\[\]]+)\]")
_INITIAL_BARRED = re.compile(r"\s+\?$")


@dataclass(frozen=True)
class Line:
    """One entry of a list.

    Attributes:
        label: The heading that it stands under.
        forms: Its folded syllables.
        inner: The part that is marked, half-open in syllables; all of it where nothing is marked.
        initial: Whether it is taken at the start of a sentence too.
    """

    label: str
    forms: tuple[str, ...]
    inner: tuple[int, int]
    initial: bool


def read(name: str) -> Iterator[Line]:
    """Read a list: headings ``[label]``, one entry a line, ``#`` comments.

    An entry that ends in ``?`` is not taken at the start of a sentence. Of an entry with
    brackets, the bracketed part alone is marked.
    """
    label = ""
    content = (files(__package__) / "lists" / f"{name}.txt").read_text(encoding="utf-8")
    for raw in content.splitlines():
        line = raw.partition("#")[0].strip()
        if heading := _HEADING.fullmatch(line):
            label = heading[1]
        elif line:
            yield _parsed(label, line)


def _parsed(label: str, line: str) -> Line:
    entry = _INITIAL_BARRED.sub("", line)
    outer = [token.form for token in tokens_of(entry)]
    inner = (0, len(outer))
    if "[" in outer:
        opening, closing = outer.index("["), outer.index("]")
        inner = (opening, closing - 1)
        outer = [form for form in outer if form not in {"[", "]"}]
    return Line(label, tuple(outer), inner, initial=entry == line)


@dataclass
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    line: Line | None = None


class Lexicon:
    """Entries of a list, found in a sentence.

    Args:
        lines: The entries.
        cased: Whether capitals count. Where they do, an entry is also found in capitals only.
    """

    def __init__(self, lines: Iterable[Line], *, cased: bool) -> None:
        self._cased = cased
        self._root = _Node()
        for line in lines:
            self._add(line.forms if cased else tuple(form.lower() for form in line.forms), line)
            if cased:
                self._add(tuple(form.upper() for form in line.forms), line)

    def _add(self, forms: tuple[str, ...], line: Line) -> None:
        node = self._root
        for form in forms:
            node = node.children.setdefault(form, _Node())
        # The first entry of a form stays, so that the order of a list decides.
        node.line = node.line or line

    def at(self, sentence: Sentence, index: int) -> tuple[int, Line] | None:
        """Find the longest entry that starts at a token.

        Returns:
            The index one past its last token, and the entry.
        """
        node = self._root
        found: tuple[int, Line] | None = None
        for position in range(index, len(sentence.tokens)):
            following = node.children.get(self._key(sentence.tokens[position]))
            if following is None:
                break
            node = following
            if node.line is not None and (node.line.initial or index != sentence.first_word):
                found = position + 1, node.line
        return found

    def _key(self, token: Token) -> str:
        return token.form if self._cased else token.lower

    def spans(self, sentence: Sentence) -> list[TokenSpan]:
        """Find entries from left to right, the longest at each token, none overlapping.

        Entries under the heading ``none`` hide what they cover.
        """
        found = []
        index = 0
        while index < len(sentence.tokens):
            match = self.at(sentence, index)
            if match is None:
                index += 1
                continue
            end, line = match
            first, last = line.inner
            if line.label != NONE:
                found.append(TokenSpan(index + first, index + last, line.label))
            # What follows the marked part may be an entry itself: `[chấm dứt] chiến tranh`.
            index = end if line.label == NONE else index + last
        return found


@cache
def lexicon(*names: str, cased: bool) -> Lexicon:
    """Return the lexicon made of whole lists, each label as its heading says."""
    return Lexicon((line for name in names for line in read(name)), cased=cased)


@cache
def section(name: str, label: str, *, cased: bool) -> Lexicon:
    """Return the lexicon made of one heading of a list."""
    return Lexicon((line for line in read(name) if line.label == label), cased=cased)


@cache
def labels(name: str) -> tuple[str, ...]:
    """Return the headings of a list in its order, without ``none``."""
    return tuple(dict.fromkeys(line.label for line in read(name) if line.label != NONE))
