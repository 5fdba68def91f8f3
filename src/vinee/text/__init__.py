"""The text: Unicode forms, syllables, words, sentences, and the one aligner.

Every function here takes and gives half-open spans in Unicode code points of the text as it
is, never of a normalised copy.
"""

from __future__ import annotations

from vinee.text.align import Alignment, align_tokens, uncovered
from vinee.text.forms import Folded, fold, is_mark, place_tones
from vinee.text.grounding import Grounding, ground
from vinee.text.sentences import paragraphs, sentences
from vinee.text.syllables import keeps_syllables_whole, syllables
from vinee.text.tags import decode, encode
from vinee.text.words import word_tool, words

__all__ = [
    "Alignment",
    "Folded",
    "Grounding",
    "align_tokens",
    "decode",
    "encode",
    "fold",
    "ground",
    "is_mark",
    "keeps_syllables_whole",
    "paragraphs",
    "place_tones",
    "sentences",
    "syllables",
    "uncovered",
    "word_tool",
    "words",
]
