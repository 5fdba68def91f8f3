"""Text of documents, predictions and labels, so that HTML shows it and never obeys it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

LONGEST = 48  # code points of a label or a name where it is shown; no real one is longer
# Controls, and what Unicode calls format characters: direction marks, zero widths, soft hyphens.
_HIDDEN = frozenset({"Cc", "Cf"})
_LAYOUT = frozenset("\n\r\t")


def visible(text: str) -> Markup:
    """Escape text for HTML, and show the characters that have no width, or turn it round."""
    from markupsafe import Markup, escape

    if text.isprintable():
        return escape(text)
    parts = []
    for character in text:
        if is_hidden(character):
            code = f"U+{ord(character):04X}"
            name = unicodedata.name(character, "control character")
            parts.append(
                Markup('<span class="hidden-character" lang="en" title="{}">{}</span>').format(
                    name, code
                )
            )
        else:
            parts.append(escape(character))
    return Markup().join(parts)


def is_hidden(character: str) -> bool:
    """Tell whether a character has no width, or turns text round."""
    return unicodedata.category(character) in _HIDDEN and character not in _LAYOUT


def plain(text: str) -> str:
    """Write hidden characters out, for where no markup can stand."""
    if text.isprintable():
        return text
    return "".join(f"U+{ord(each):04X}" if is_hidden(each) else each for each in text)


def shortened(text: str, longest: int = LONGEST) -> str:
    """Cut text that nobody would read to its end, and say how long it was."""
    if len(text) <= longest:
        return text
    return f"{text[:longest]}… ({len(text):,} characters)"


def snippet(text: str) -> str:
    """Give a stretch of an article on one line."""
    joined = " ".join(text.split())
    return joined if len(joined) <= LONGEST else f"{joined[:LONGEST]}…"
