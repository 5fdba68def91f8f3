"""The answer that is right for a sentence of the gold, as a model would have to write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from msgspec import UNSET

from vinee.model import Event, Mention, Timex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vinee.extractors.llm.settings import Settings
    from vinee.model import Document, Located

    Sentence = tuple[int, int]

_Item = TypeVar("_Item", Mention, Timex)


class Inside(NamedTuple):
    """What the gold has in a sentence, in the order of the text."""

    mentions: list[Mention]
    timexes: list[Timex]
    events: list[Event]


def inside(document: Document, sentence: Sentence, settings: Settings) -> Inside:
    """Collect what lies in a sentence, mentions only of the levels that are asked for."""
    mentions = [each for each in document.mentions or () if each.level in settings.levels]
    events = [each for each in document.events or () if _lies_in(each.trigger, sentence)]
    return Inside(
        _within(mentions, sentence),
        _within(document.timexes or (), sentence),
        sorted(events, key=lambda event: _place(event.trigger)),
    )


def answer(found: Inside, document: Document, text: str, settings: Settings) -> dict[str, Any]:
    """Write it as the JSON that is asked for."""
    located: dict[str | None, Mention | Timex] = {each.id: each for each in document.mentions or ()}
    located |= {each.id: each for each in document.timexes or ()}
    made: dict[str, list[dict[str, Any]]] = {
        "mentions": [_mention(each, text, settings) for each in found.mentions],
        "timexes": [_timex(each, text) for each in found.timexes],
        "events": [
            _event(each, text, list(_arguments(each, located, text))) for each in found.events
        ],
    }
    return {layer: made[layer] for layer in settings.layers}


def _mention(given: Mention, text: str, settings: Settings) -> dict[str, Any]:
    level = {"level": given.level} if len(settings.levels) > 1 else {}
    return {"text": text[given.start : given.end], "label": given.type, **level}


def _timex(given: Timex, text: str) -> dict[str, Any]:
    covers = text[given.start : given.end]
    return {"text": covers, "type": given.type, "value": given.value, "mod": given.mod}


def _event(given: Event, text: str, arguments: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "trigger": text[given.trigger.start : given.trigger.end],
        "type": given.type,
        "polarity": given.polarity,
        "realis": given.realis,
        "modality": given.modality,
        "arguments": arguments,
    }


def _arguments(
    event: Event, located: dict[str | None, Mention | Timex], text: str
) -> Iterator[dict[str, Any]]:
    for each in event.arguments:
        filler: Located | None = (
            located.get(each.ref) if each.ref is not UNSET else each.span or None
        )
        if filler is not None and not each.implicit:
            yield {"role": each.role, "text": text[filler.start : filler.end]}


def _within(items: Iterable[_Item], sentence: Sentence) -> list[_Item]:
    return sorted((each for each in items if _lies_in(each, sentence)), key=_place)


def _lies_in(item: Located, sentence: Sentence) -> bool:
    return sentence[0] <= item.start and item.end <= sentence[1]


def _place(item: Located) -> tuple[int, int]:
    return item.start, -item.end
