"""Unicode and spelling forms: a folded copy of a text that knows where each character came from.

Tone marks. Vietnamese is written with the tone mark in one of two places where a glide stands
before the vowel: ``hòa, khỏe, thúy`` (traditional) or ``hoà, khoẻ, thuý``. Article 8 of the
Ministry of Education and Training's Decision 1989/QĐ-BGDĐT (25 May 2018) puts it on the letter
of the main vowel: ``hoà nhạc, quý hoá, thuỷ thủ, mạnh khoẻ``. Folding takes that placement:

- in ``oa``, ``oe`` and ``uy`` the mark moves to the second letter. Before a final (``hoàn``,
  ``xoáy``, ``huỳnh``) both styles have it there already, so the rule needs no look at the
  final and gives the same key when a tool has lost the space after the syllable;
- ``uyê`` is left alone: its mark stands on ``ê``, and ``ủyế`` can only be ``chủ yếu`` run together;
- the letters of the onsets ``qu`` and ``gi`` carry no tone before another vowel, so ``quý``,
  ``quỳ``, ``già`` stay and the slips ``qúy``, ``gìa`` become them.

A folded text is a key for comparison, never something to show.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_QUOTES = str.maketrans(dict.fromkeys("“”„‟", '"') | dict.fromkeys("‘’‚‛", "'"))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))


def _either_case(letters: str) -> str:
    return f"[{letters}{letters.upper()}]"


_TONED_BEFORE_PLAIN = re.compile(
    "(?:"
    + "|".join(
        [
            f"(?<=[qQ]){_either_case('úùủũụ')}{_either_case('aăâeêioôơy')}",
            f"(?<=[gG]){_either_case('íìỉĩị')}{_either_case('aăâeêoôơuư')}",
            f"{_either_case('óòỏõọ')}{_either_case('ae')}",
            f"{_either_case('úùủũụ')}{_either_case('y')}",
        ]
    )
    + f")(?!{_either_case('êếềểễệ')})"
)


def is_mark(char: str) -> bool:
    """Tell whether a code point is a combining mark (Unicode category M)."""
    return unicodedata.category(char)[0] == "M"


def _onto_second(pair: re.Match[str]) -> str:
    toned = unicodedata.normalize("NFD", pair[0][0])
    return toned[0] + unicodedata.normalize("NFC", pair[0][1] + toned[1])


def place_tones(text: str) -> str:
    """Put each tone mark on the main vowel's letter, in text that is in NFC.

    The result has as many code points as ``text``. The rule and its source stand in the
    module's docstring.
    """
    return _TONED_BEFORE_PLAIN.sub(_onto_second, text)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and for each of its code points the stretch of the original it came from.

    Attributes:
        text: The folded text.
        starts: For each folded code point, where its stretch of the original starts.
        ends: The same for the end, exclusive.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Map a non-empty span of ``text`` to the original; letters keep their marks."""
        return self.starts[start], self.ends[end - 1]

    def is_whole(self, start: int, end: int) -> bool:
        """Tell whether a non-empty span of ``text`` cuts through no stretch of the original."""
        return (start == 0 or self.starts[start - 1] != self.starts[start]) and (
            end == len(self.starts) or self.starts[end] != self.starts[end - 1]
        )


def _compose(text: str) -> tuple[str, list[int], list[int]]:
    composed: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and is_mark(text[end]):
            end += 1
        for char in unicodedata.normalize("NFC", text[start:end]):
            composed.append(char)
            starts.append(start)
            ends.append(end)
        start = end
    return "".join(composed), starts, ends


def _is_joiner(char: str) -> bool:
    return char == "_" or char.isspace() or unicodedata.category(char) == "Cf"


def fold(  # noqa: PLR0913  each flag names one difference between two writers of the same text
    text: str,
    *,
    tones: bool = True,
    quotes: bool = False,
    dashes: bool = False,
    joiners: bool = False,
    case: bool = False,
) -> Folded:
    """Fold away differences of form; NFC across each combining sequence is always folded.

    Args:
        text: Any text, NFC, NFD or mixed.
        tones: Place tone marks on the main vowel (``hòa`` becomes ``hoà``).
        quotes: Make typographic quotation marks straight.
        dashes: Make all dashes a hyphen.
        joiners: Drop what joins or separates words: underscores, white space, and invisible
            format characters such as the zero-width space.
        case: Fold case.
    """
    folded, starts, ends = _compose(text)
    if tones:
        folded = place_tones(folded)
    if quotes:
        folded = folded.translate(_QUOTES)
    if dashes:
        folded = folded.translate(_DASHES)
    if case or joiners:
        kept = [
            (char, start, end)
            for whole, start, end in zip(folded, starts, ends, strict=True)
            if not (joiners and _is_joiner(whole))
            for char in (whole.casefold() if case else whole)
        ]
        folded = "".join(char for char, _, _ in kept)
        starts = [start for _, start, _ in kept]
        ends = [end for _, _, end in kept]
    return Folded(folded, tuple(starts), tuple(ends))
