"""From what a model answered, as strings, to annotations with offsets."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, cast, get_args

from vinee import ontology
from vinee.extractors.llm.placing import Placing
from vinee.extractors.llm.units import covered
from vinee.model import (
    Argument,
    Event,
    Level,
    Mention,
    Modality,
    Polarity,
    Realis,
    Span,
    Timex,
    TimexType,
)
from vinee.ontology import TIMEX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.extractors.llm.placing import Place
    from vinee.extractors.llm.reading import Answer, Filled, Happened, Mentioned, Timed
    from vinee.extractors.llm.settings import Settings
    from vinee.extractors.llm.units import Stretch

_Value = TypeVar("_Value")
_TYPES: tuple[TimexType, ...] = get_args(TimexType)
_POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
_REALIS: tuple[Realis, ...] = get_args(Realis)
_MODALITIES: tuple[Modality, ...] = get_args(Modality)


@dataclass
class Annotations:
    """What was found in a document so far, with ids in the order of finding.

    Attributes:
        text: The document's text.
        settings: What was asked for.
        alignment: How strings were brought onto the text.
        dropped: What was left out, by reason: ``unknown_label``, ``unknown_role`` (the type of
            the event has none of that name), ``unasked_level``, ``unknown_value`` (only the
            value of the attribute is left out), ``duplicate``.
    """

    text: str
    settings: Settings
    mentions: list[Mention] = field(default_factory=list)
    timexes: list[Timex] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    alignment: Counter[str] = field(
        default_factory=lambda: Counter(exact=0, repaired=0, ambiguous=0, ungrounded=0)
    )
    dropped: Counter[str] = field(default_factory=Counter)

    def add(self, answer: Answer, stretch: Stretch) -> None:
        """Add the answer for a stretch; no other may overlap it."""
        placing = Placing(self.text, *covered(stretch), self.alignment)
        known = [each for each in answer.mentions if self._is_asked(each)]
        self._add_mentions(known, placing)
        self._add_timexes(answer.timexes, placing)
        events = [each for each in answer.events if self._is_event(each[0])]
        self._add_events(events, placing, stretch)

    def _is_asked(self, given: Mentioned) -> bool:
        if given.label not in ontology.default().entity:
            self.dropped["unknown_label"] += 1
            return False
        if given.level is not None and given.level not in self.settings.levels:
            self.dropped["unasked_level"] += 1
            return False
        return True

    def _is_event(self, given: Happened) -> bool:
        is_known = given.type in ontology.default().event
        self.dropped["unknown_label"] += not is_known
        return is_known

    def _add_mentions(self, given: Sequence[Mentioned], placing: Placing) -> None:
        places = placing.places([(each.text, each.label) for each in given])
        taken: set[tuple[Place, str]] = set()
        for each, place in zip(given, places, strict=True):
            if place is None or self._is_duplicate((place, each.label), taken):
                continue
            level = cast("Level", each.level or self.settings.levels[0])
            name = f"m{len(self.mentions) + 1}"
            covers = self.text[slice(*place)]
            self.mentions.append(Mention(*place, each.label, text=covers, id=name, level=level))

    def _add_timexes(self, given: Sequence[Timed], placing: Placing) -> None:
        places = placing.places([(each.text, TIMEX) for each in given])
        taken: set[tuple[Place, str]] = set()
        for each, place in zip(given, places, strict=True):
            if place is None or self._is_duplicate((place, TIMEX), taken):
                continue
            self.timexes.append(
                Timex(
                    *place,
                    text=self.text[slice(*place)],
                    id=f"t{len(self.timexes) + 1}",
                    type=self._known(each.type, _TYPES),
                    value=each.value or None,
                    mod=self._mod(each.mod),
                )
            )

    def _add_events(
        self,
        given: Sequence[tuple[Happened, tuple[Filled, ...]]],
        placing: Placing,
        stretch: Stretch,
    ) -> None:
        places = placing.places([(event.trigger, event.type) for event, _ in given])
        taken: set[tuple[Place, str]] = set()
        for (event, filled), place in zip(given, places, strict=True):
            if place is None or self._is_duplicate((place, event.type), taken):
                continue
            sentence = _around(place, stretch)
            self.events.append(
                Event(
                    event.type,
                    Span(*place, self.text[slice(*place)]),
                    id=f"ev{len(self.events) + 1}",
                    arguments=tuple(self._arguments(event, filled, place, sentence, placing)),
                    polarity=self._known(event.polarity, _POLARITIES),
                    realis=self._known(event.realis, _REALIS),
                    modality=self._known(event.modality, _MODALITIES),
                )
            )

    def _arguments(
        self,
        event: Happened,
        filled: Sequence[Filled],
        trigger: Place,
        sentence: Place,
        placing: Placing,
    ) -> Iterator[Argument]:
        taken: set[tuple[Place, str]] = set()
        for each in filled:
            allowed = ontology.default().fillers(event.type, each.role)
            if allowed is None:
                self.dropped["unknown_role"] += 1
                continue
            place = placing.near(each.text, trigger, sentence)
            if place is None or self._is_duplicate((place, each.role), taken):
                continue
            name = self._filler(place, allowed)
            if name is None:
                yield Argument(each.role, span=Span(*place, self.text[slice(*place)]))
            else:
                yield Argument(each.role, ref=name)

    def _filler(self, place: Place, allowed: frozenset[str]) -> str | None:
        """Name the mention or time at a place that the role allows; None if there is none."""
        mentions = (each.id for each in self.mentions if _is_at(each, place, each.type, allowed))
        timexes = (each.id for each in self.timexes if _is_at(each, place, TIMEX, allowed))
        return next(mentions, None) or next(timexes, None)

    def _is_duplicate(self, key: tuple[Place, str], taken: set[tuple[Place, str]]) -> bool:
        is_taken = key in taken
        self.dropped["duplicate"] += is_taken
        taken.add(key)
        return is_taken

    def _mod(self, given: str | None) -> str | None:
        is_known = not given or given in ontology.default().timex_mods
        self.dropped["unknown_value"] += not is_known
        return given if given and is_known else None

    def _known(self, given: str | None, values: tuple[_Value, ...]) -> _Value | None:
        found = next((value for value in values if value == given), None)
        self.dropped["unknown_value"] += found is None and given is not None
        return found


def _is_at(each: Mention | Timex, place: Place, kind: str, allowed: frozenset[str]) -> bool:
    return (each.start, each.end) == place and kind in allowed


def _around(place: Place, stretch: Stretch) -> Place:
    """Give the sentence of a stretch in which a place begins."""
    return next((each for each in reversed(stretch) if each[0] <= place[0]), stretch[0])
