"""Event triggers: the longest entry of the list, outside names, with polarity and realis."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from vinee.extractors.rules.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.extractors.rules.tokens import Sentence, TokenSpan
    from vinee.model import Polarity, Realis

_NEGATORS = frozenset({"không", "chưa", "chẳng", "đừng"})
# What may stand between a negator and what it negates.
_LINKS = frozenset({"hề", "thể", "còn", "muốn", "được", "bị", "phải", "bao", "từng", "có", "sẽ"})
_UNREAL = frozenset({"sẽ", "sắp", "nếu", "muốn", "định", "cần", "nên", "hãy", "để", "nhằm"})
_UNREAL_PAIRS = frozenset(
    {("có", "thể"), ("dự", "kiến"), ("dự", "định"), ("sẵn", "sàng"), ("hy", "vọng")}
)
_REACH = 3


@dataclass(frozen=True)
class Trigger:
    """A trigger: its tokens with the event type as label, and how the event is presented."""

    span: TokenSpan
    polarity: Polarity
    realis: Realis


def find(sentence: Sentence, names: Sequence[TokenSpan]) -> list[Trigger]:
    """Find the triggers of a sentence outside the names given, in the order of the text.

    A negator before the trigger makes it NEGATIVE; that, or a sign of the future, of a wish or
    of a condition within three tokens before it, makes its realis OTHER, else it is ACTUAL.
    """
    found = []
    for span in lexicon("triggers", cased=False).spans(sentence):
        if any(span.overlaps(name) for name in names):
            continue
        negated = _is_negated(sentence.before(span.first, 2))
        unreal = negated or _is_unreal(sentence.before(span.first, _REACH))
        found.append(
            Trigger(span, "NEGATIVE" if negated else "POSITIVE", "OTHER" if unreal else "ACTUAL")
        )
    return found


def _is_negated(before: Sequence[str]) -> bool:
    return bool(before) and (
        before[-1] in _NEGATORS or (before[0] in _NEGATORS and before[-1] in _LINKS)
    )


def _is_unreal(before: Sequence[str]) -> bool:
    pairs = set(pairwise(before))
    return bool(_UNREAL.intersection(before) or _UNREAL_PAIRS & pairs)
