"""Arguments within the sentence, by position.

- The nearest mention to the left whose type may fill it takes the left role of ``SIDES``, the
  nearest to the right, up to the next trigger, the right role. After `bị` or `được` the mention
  to the left takes the right role and nobody the left one. Where both roles are the same, a
  mention joined by `và` or `với` counts too.
- A place right after a title or right before a person belongs to these and takes part in
  nothing: `Tổng thống [Pháp] A`.
- A place after `tại` or `ở` is the Place of the nearest trigger; so is a time expression its
  Time. Of two that are as near, the trigger to the left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee import ontology
from vinee.extractors.rules.roles import LEAVING, PLACE, SIDES, TIME, Sides

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.extractors.rules.tokens import Sentence, TokenSpan
    from vinee.extractors.rules.triggers import Trigger

_LOCATIVE = frozenset({"tại", "ở"})
_PASSIVE = frozenset({"bị", "được"})
_JOINED = frozenset({"và", "với", "cùng"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_TIMEX = ontology.TIMEX
_TWO_SIDES = 2


@dataclass(frozen=True)
class Link:
    """An argument: trigger and filler by their positions in the lists given."""

    trigger: int
    role: str
    filler: TokenSpan


def find(
    sentence: Sentence,
    triggers: Sequence[Trigger],
    mentions: Sequence[TokenSpan],
    timexes: Sequence[TokenSpan],
) -> list[Link]:
    """Find the arguments of a sentence's triggers, each once.

    Args:
        sentence: The sentence.
        triggers: Its triggers in the order of the text.
        mentions: Its mentions in the order of the text.
        timexes: Its time expressions in tokens, labelled ``TIMEX``.
    """
    if not triggers:
        return []
    outer = [span for span in mentions if not any(span.is_inside(other) for other in mentions)]
    places = [span for span in outer if _is_locative(sentence, span)]
    actors = [span for span in outer if span not in places and not _is_modifier(span, outer)]
    links = [Link(_nearest(triggers, span), PLACE, span) for span in places]
    links += [Link(_nearest(triggers, span), TIME, span) for span in timexes]
    for index in range(len(triggers)):
        links += _sides(sentence, triggers, index, actors)
    return list(dict.fromkeys(links))


def _is_locative(sentence: Sentence, span: TokenSpan) -> bool:
    return span.label in _PLACES and bool(_LOCATIVE.intersection(sentence.before(span.first)))


def _is_modifier(span: TokenSpan, mentions: Sequence[TokenSpan]) -> bool:
    return span.label == "GPE" and any(
        (other.label == "TITLE" and other.last == span.first)
        or (other.label == "PER" and other.first == span.last)
        for other in mentions
    )


def _nearest(triggers: Sequence[Trigger], span: TokenSpan) -> int:
    def distance(index: int) -> tuple[int, int]:
        trigger = triggers[index].span
        return max(span.first - trigger.last, trigger.first - span.last), index

    return min(range(len(triggers)), key=distance)


def _sides(
    sentence: Sentence, triggers: Sequence[Trigger], index: int, actors: Sequence[TokenSpan]
) -> Iterator[Link]:
    trigger = triggers[index].span
    left, right = _roles(sentence, trigger)
    stop = triggers[index + 1].span.first if index + 1 < len(triggers) else len(sentence.tokens)
    before = [span for span in reversed(actors) if span.last <= trigger.first]
    after = [span for span in actors if trigger.last <= span.first and span.last <= stop]
    for role, candidates in ((left, before), (right, after)):
        fitting = _fitting(trigger.label, role, candidates)
        for filler in fitting[:1]:
            yield Link(index, str(role), filler)
        if left == right and _are_joined(sentence, fitting[:2]):
            yield Link(index, str(role), fitting[1])


def _roles(sentence: Sentence, trigger: TokenSpan) -> Sides:
    sides = SIDES[trigger.label]
    words = " ".join(token.lower for token in sentence.tokens[trigger.first : trigger.last])
    if words in LEAVING:
        sides = Sides(sides.left, "Origin")
    if _PASSIVE.intersection(sentence.before(trigger.first)) and sides.right is not None:
        return Sides(sides.right)
    return sides


def _fitting(event_type: str, role: str | None, candidates: Sequence[TokenSpan]) -> list[TokenSpan]:
    if role is None:
        return []
    allowed = ontology.default().fillers(event_type, role) or frozenset()
    return [span for span in candidates if span.label in allowed]


def _are_joined(sentence: Sentence, pair: Sequence[TokenSpan]) -> bool:
    if len(pair) < _TWO_SIDES:
        return False
    first, second = sorted(pair, key=lambda span: span.first)
    between = sentence.tokens[first.last : second.first]
    return bool(between) and between[0].lower in _JOINED
