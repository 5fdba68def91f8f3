"""Syllables: the smallest tokens of Vietnamese, which is written with a space after each."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from vinee.text.forms import is_mark


@cache
def _token_pattern(marks: str) -> re.Pattern[str]:
    # `re` has no class for combining marks, so the pattern is made for those that occur.
    mark = f"[{re.escape(marks)}]" if marks else r"[^\s\S]"
    letters = rf"(?:[^\W_]|{mark})+"
    return re.compile(rf"\d+(?:[.,/:-]\d+)+(?!{letters})|{letters}|\S{mark}*")


def syllables(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Split text into syllable tokens.

    A token is a run of letters, digits and combining marks (``Nga``, ``G20``); or a number with
    separators inside (``7/8``, ``2025-08-07``, ``1.000,5``); or any other single code point
    that is not white space, with its combining marks (``Nga-Mỹ`` is three tokens).
    Joined, the tokens are the text without its white space.

    Args:
        text: Any text, NFC or NFD.
        start: First code point to look at.
        end: One past the last; the text's length if not given.

    Returns:
        Half-open spans in code points of ``text``, ascending and disjoint.
    """
    stop = len(text) if end is None else end
    marks = "".join(sorted(char for char in set(text[start:stop]) if is_mark(char)))
    return [match.span() for match in _token_pattern(marks).finditer(text, start, stop)]


def keeps_syllables_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a non-empty span cuts no token; ``Nga`` in ``Ngay`` does, and ``8`` in ``7/8``.

    Only an edge that is a letter, a digit or a combining mark, or has one, is looked at.
    """
    starts, ends = _boundaries(text)
    return (start in starts or not _is_word_part(text[start])) and (
        end in ends or not (_is_word_part(text[end - 1]) or any(map(is_mark, text[end : end + 1])))
    )


def _is_word_part(char: str) -> bool:
    return char.isalnum() or is_mark(char)


@lru_cache(maxsize=8)
def _boundaries(text: str) -> tuple[frozenset[int], frozenset[int]]:
    spans = syllables(text)
    return frozenset(start for start, _ in spans), frozenset(end for _, end in spans)
