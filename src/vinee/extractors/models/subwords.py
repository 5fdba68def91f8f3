"""Sub-words of a sentence, and where in the text each syllable or word begins among them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vinee.text import syllables

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

# How tokenizers write a blank; some make a piece of nothing else.
_BLANKS = ("▁", "Ġ")


@dataclass(frozen=True, slots=True)
class Subwords:
    """A sentence as a model reads it.

    Attributes:
        ids: Sub-words, without special ones.
        spans: Syllables or words, half-open in code points of the document.
        firsts: Index of the first sub-word of each; None where the tokenizer made none.
    """

    ids: list[int]
    spans: list[tuple[int, int]]
    firsts: list[int | None]


def of_text(
    tokenizer: Any,  # noqa: ANN401 - transformers may not be there
    text: str,
    start: int,
    end: int,
    counts: Counter[str],
) -> Subwords:
    """Read a sentence at once, and find syllables by the offsets that a fast tokenizer gives."""
    encoded = tokenizer(
        text[start:end],
        add_special_tokens=False,
        return_offsets_mapping=True,
        truncation=False,
        verbose=False,
    )
    ids: list[int] = encoded["input_ids"]
    pieces = tokenizer.convert_ids_to_tokens(ids)
    offsets = [(start + first, start + last) for first, last in encoded["offset_mapping"]]
    spans = syllables(text, start, end)
    firsts: list[int | None] = []
    index = 0
    for first, last in spans:
        while index < len(ids) and offsets[index][1] <= first:
            index += 1
        found = index if index < len(ids) and offsets[index][0] < last else None
        # The blank before a word is its first sub-word, as it was when the model learned.
        if found and pieces[found - 1] in _BLANKS and offsets[found][0] <= first:
            found -= 1
        firsts.append(found)
        counts["exact"] += found is not None
    return Subwords(ids, spans, firsts)


def of_units(
    tokenizer: Any,  # noqa: ANN401 - transformers may not be there
    text: str,
    spans: Sequence[tuple[int, int]],
    counts: Counter[str],
) -> Subwords:
    """Read syllables or words one by one, composed and with underscores for blanks."""
    ids: list[int] = []
    firsts: list[int | None] = []
    for start, end in spans:
        written = text[start:end]
        composed = unicodedata.normalize("NFC", written)
        pieces = tokenizer.encode("_".join(composed.split()), add_special_tokens=False)
        firsts.append(len(ids) if pieces else None)
        ids += pieces
        if pieces:
            counts["exact" if composed == written else "repaired"] += 1
    return Subwords(ids, list(spans), firsts)
