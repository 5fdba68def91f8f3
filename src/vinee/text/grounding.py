"""The aligner's other half: it brings bare strings, as language models answer them, onto the text.

A string without offsets may stand at several places. That is said, not hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from vinee.text.forms import Folded, fold
from vinee.text.syllables import keeps_syllables_whole

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Grounding:
    """Where a bare string stands.

    Attributes:
        span: The half-open span chosen, in code points. Of an ambiguous string it is the first
            match: the caller decides whether to take it.
        matches: All matches, ascending and disjoint.
        status: ``exact``: the one match, or the occurrence asked for, is the string itself;
            ``repaired``: it is another writing of it; ``ambiguous``: several matches and no
            occurrence asked for; ``ungrounded``: no match, or no such occurrence.
    """

    span: tuple[int, int] | None
    matches: tuple[tuple[int, int], ...]
    status: Literal["exact", "repaired", "ambiguous", "ungrounded"]


def ground(text: str, string: str, occurrence: int | None = None) -> Grounding:
    """Find a bare string in the text.

    Tried in turn, until one finds something: the string itself; Unicode form, tone placement,
    quotation marks and dashes folded; white space and underscores dropped too; case folded too.
    A string that begins or ends with a letter or digit is found only where a syllable token
    begins or ends: ``Nga`` is not in ``Ngay``, nor ``8`` in ``7/8``.

    Args:
        text: The text.
        string: What a system answered.
        occurrence: Which of the matches is meant, counted from 0.
    """
    matches = _matches(text, string.strip())
    if occurrence is None:
        chosen = matches[0] if matches else None
    else:
        chosen = matches[occurrence] if 0 <= occurrence < len(matches) else None
    if chosen is None:
        return Grounding(None, matches, "ungrounded")
    if occurrence is None and len(matches) > 1:
        return Grounding(chosen, matches, "ambiguous")
    return Grounding(chosen, matches, "exact" if text[slice(*chosen)] == string else "repaired")


def _matches(text: str, string: str) -> tuple[tuple[int, int], ...]:
    for level in range(_LEVELS):
        found = tuple(_find_all(text, _folded(text, level), _fold(string, level).text))
        if found:
            return found
    return ()


_LEVELS = 4


def _fold(text: str, level: int) -> Folded:
    if level == 0:
        return Folded(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))
    return fold(text, quotes=True, dashes=True, joiners=level > 1, case=level > 2)  # noqa: PLR2004  the docstring of `ground` counts the levels


_folded = lru_cache(maxsize=32)(_fold)


def _find_all(text: str, folded: Folded, key: str) -> Iterator[tuple[int, int]]:
    place = folded.text.find(key) if key else -1
    while place >= 0:
        end = place + len(key)
        span = folded.original(place, end)
        if folded.is_whole(place, end) and keeps_syllables_whole(text, *span):
            yield span
            place = folded.text.find(key, end)
        else:
            place = folded.text.find(key, place + 1)
