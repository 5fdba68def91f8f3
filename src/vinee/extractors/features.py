"""What the conditional random field sees of a syllable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vinee.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_WINDOW = 2
_AFFIX = 3
_EDGE = "<edge>"
_LETTER = re.compile(r"[^\W\d_]")
_DIGITS = re.compile(r"\d")
_RUN = re.compile(r"(.)\1+")


def features(text: str, tokens: Sequence[tuple[int, int]]) -> list[list[str]]:
    """Describe each syllable of a sentence by itself and by its neighbours.

    Args:
        text: The document's text.
        tokens: Half-open spans of one sentence's syllables, in code points.

    Returns:
        For each token its features, each a string ``name=value``. Forms are folded (NFC, one
        place for the tone mark), so that an NFD text has the same features.
    """
    forms = [fold(text[start:end]).text for start, end in tokens]
    return [_of(forms, index) for index in range(len(forms))]


def _of(forms: Sequence[str], index: int) -> list[str]:
    form = forms[index]
    found = ["bias", f"prefix={form[:_AFFIX]}", f"suffix={form[-_AFFIX:]}"]
    if index == 0:
        found.append("first")
    if _DIGITS.search(form):
        found.append("digit")
    for offset in range(-_WINDOW, _WINDOW + 1):
        near = _at(forms, index + offset)
        found.append(f"lower[{offset}]={near.casefold()}")
        found.append(f"shape[{offset}]={shape(near)}")
    found.append(f"form={form}")
    for offset in range(-_WINDOW, _WINDOW):
        pair = (_at(forms, index + offset), _at(forms, index + offset + 1))
        found.append(f"pair[{offset}]={'_'.join(pair).casefold()}")
        found.append(f"shapes[{offset}]={'_'.join(map(shape, pair))}")
    return found


def _at(forms: Sequence[str], index: int) -> str:
    return forms[index] if 0 <= index < len(forms) else _EDGE


def shape(form: str) -> str:
    """Give a form's shape, runs shortened: ``Mỹ`` is ``Xx``, ``F`` is ``X``, ``2025`` is ``0``."""
    if form == _EDGE:
        return form
    letters = _LETTER.sub(lambda match: "X" if match[0].isupper() else "x", form)
    return _RUN.sub(r"\1", _DIGITS.sub("0", letters))
