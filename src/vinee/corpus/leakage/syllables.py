"""What is compared: the syllables of a sentence, folded, without punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from vinee.text import place_tones

Syllables = tuple[str, ...]

_SYLLABLE = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


def syllables(text: str) -> Syllables:
    """Give the folded syllables and numbers of a text, punctuation and underscores left out.

    The folding is that of `vinee.text.fold` with ``tones`` and ``case``, without its offsets,
    which take ten times as long and are not needed here.
    """
    composed = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return tuple(map(_folded, _SYLLABLE.findall(composed)))


@lru_cache(maxsize=1 << 16)
def _folded(syllable: str) -> str:
    return place_tones(syllable).casefold()


def shingles(sequence: Syllables) -> frozenset[tuple[str, str]]:
    """Give the pairs of neighbouring syllables; none of fewer than two syllables."""
    return frozenset(pairwise(sequence))
