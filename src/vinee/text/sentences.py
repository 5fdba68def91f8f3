"""Paragraphs and sentences, by rule: the same text gives the same sentences everywhere.

A paragraph is a line. Inside it a sentence ends at ``.``, ``?``, ``!``, ``…`` or a run of them,
with the closing quotation marks and brackets that follow, if white space comes next. It does
not end

- before a lower-case letter (``"Wow!" ông nói``);
- after an abbreviation (``TP.``, ``PGS.TS.``) or a single capital (``J. D. Vance``, ``Q. 1``);
- after a number that opens the sentence (``1. Mở đầu``);
- before or inside a parenthesis that closes the paragraph: the credit in ``Yury Ushakov. (Ảnh:
  RT)`` belongs to its caption;
- before anything without a letter or digit (``Hay quá! 😀``).

Quotations do not hold sentences together: two sentences inside one pair of quotation marks are
two sentences. A missing space after the full stop is not repaired, for ``7.8``, ``vnexpress.net``
and ``Th.S`` look the same.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_STOPS = re.escape(".?!…")
_CLOSERS = re.escape("\"'”’»)]}")
# What lies between two letters or digits; each stretch is looked at once, so time is linear.
_GAP = re.compile(r"[\W_]+")
_ENDING = re.compile(rf".*[{_STOPS}][{_CLOSERS}]*(?=\s)", re.DOTALL)
_SPACE = re.compile(r"\s*")
_FINAL_PARENTHESIS = re.compile(r"\([^()]*\)[.…]*\Z")
_WORD_AND_STOP = re.compile(r"(?<![^\W_])([^\W\d_]+)\.\Z")
_LOOK_BACK = 12

# Titles, administrative units, and short forms of family names, casefolded.
_ABBREVIATIONS = frozenset(
    {"bs", "cn", "dr", "gs", "ks", "ls", "mr", "mrs", "ms", "ng", "nxb", "ph", "pgs", "prof"}
    | {"st", "tp", "tr", "ts", "ths", "tt", "tx", "vs"}
)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Find the non-empty lines, trimmed.

    Returns:
        Half-open spans in code points, ascending; together they cover all but white space.
    """
    spans = []
    offset = 0
    for line in text.splitlines(keepends=True):
        if trimmed := line.strip():
            start = offset + line.index(trimmed)
            spans.append((start, start + len(trimmed)))
        offset += len(line)
    return spans


def sentences(text: str) -> list[tuple[int, int]]:
    """Split text into sentences, paragraph by paragraph, by the rules in the module's docstring.

    Returns:
        Half-open trimmed spans in code points, ascending; together they cover all but white
        space.
    """
    return [
        (offset + start, offset + end)
        for offset, stop in paragraphs(text)
        for start, end in _split(text[offset:stop])
    ]


def _split(paragraph: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _GAP.finditer(paragraph, 0, _scan_limit(paragraph)):
        if gap.start() == 0 or gap.end() == len(paragraph) or paragraph[gap.end()].islower():
            continue
        ending = _ENDING.match(paragraph, gap.start(), gap.end())
        if ending is None:
            continue
        end = ending.end()
        if _is_numbering(paragraph, start, end) or _is_abbreviation(paragraph, end):
            continue
        yield start, end
        start = _end_of_space(paragraph, end)
    yield start, len(paragraph)


def _scan_limit(paragraph: str) -> int:
    final = _FINAL_PARENTHESIS.search(paragraph)
    if final is None or final.start() == 0:
        return len(paragraph)
    return len(paragraph[: final.start()].rstrip())


def _end_of_space(paragraph: str, start: int) -> int:
    space = _SPACE.match(paragraph, start)
    return start if space is None else space.end()


def _is_numbering(paragraph: str, start: int, end: int) -> bool:
    return end - start <= _LOOK_BACK and re.fullmatch(r"\d+\.", paragraph[start:end]) is not None


def _is_abbreviation(paragraph: str, end: int) -> bool:
    before = unicodedata.normalize("NFC", paragraph[max(0, end - _LOOK_BACK) : end])
    found = _WORD_AND_STOP.search(before)
    if found is None:
        return False
    word = found[1]
    return word.casefold() in _ABBREVIATIONS or (len(word) == 1 and word.isupper())
