"""Reading the JSON that a model wrote, with every repair and everything left out counted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vinee.extractors.llm.settings import Layer

_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_FENCED = re.compile(r"```[a-zA-Z]*[ \t]*\n(.*?)\n?[ \t]*```", re.DOTALL)
# A string may lack its end, so that none is looked at twice: time is linear.
_STRING_OR_COMMA = re.compile(r'("(?:[^"\\]|\\.)*+"?)|,(?=\s*+[}\]])', re.DOTALL)
_MOST_SAID = 200


class UnreadableError(Exception):
    """What came is not the JSON that was asked for; the message is fit for the model."""


class Mentioned(msgspec.Struct, frozen=True):
    """A mention as a string."""

    text: str
    label: str
    level: str | None = None


class Timed(msgspec.Struct, frozen=True):
    """A time expression as a string."""

    text: str
    type: str | None = None
    value: str | None = None
    mod: str | None = None


class Filled(msgspec.Struct, frozen=True):
    """An argument as a string."""

    role: str
    text: str


class Happened(msgspec.Struct, frozen=True):
    """An event with its trigger and its arguments as strings."""

    trigger: str
    type: str
    polarity: str | None = None
    realis: str | None = None
    modality: str | None = None
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a model found in a stretch of text; layers that were not asked for are empty."""

    mentions: tuple[Mentioned, ...] = ()
    timexes: tuple[Timed, ...] = ()
    events: tuple[tuple[Happened, tuple[Filled, ...]], ...] = ()
    counts: Counter[str] = field(default_factory=Counter)


_Item = TypeVar("_Item", Mentioned, Timed, Happened, Filled)


def read(content: str, layers: Sequence[Layer]) -> Answer:
    """Read an answer.

    Args:
        content: What the model wrote.
        layers: What it was asked for.

    Returns:
        The items that have their shape. ``counts`` says what was repaired (``thought``,
        ``fence``, ``prose``, ``comma``: what stood around the JSON or too much in it), how
        many items were ``malformed``, and which layers were ``absent``.

    Raises:
        UnreadableError: It is no JSON object, or has none of the layers.
    """
    counts: Counter[str] = Counter()
    found = _object(content, counts)
    if not set(layers) & found.keys():
        raise UnreadableError(f"the object has none of the keys {', '.join(layers)}")
    raw = {layer: _list(found, layer, counts) for layer in layers}
    mentions = _items(raw.get("mentions", []), Mentioned, counts)
    timexes = _items(raw.get("timexes", []), Timed, counts)
    events = tuple(
        (event, _items(event.arguments, Filled, counts))
        for event in _items(raw.get("events", []), Happened, counts)
    )
    return Answer(mentions, timexes, events, counts)


def _object(content: str, counts: Counter[str]) -> dict[str, Any]:
    text = content.strip("\ufeff \t\r\n")
    problem = ""
    for repair in _REPAIRS:
        try:
            found = msgspec.json.decode(text)
        except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
            problem = problem or str(error)[:_MOST_SAID]
            text = repair(text, counts)
            continue
        if not isinstance(found, dict):
            raise UnreadableError("it must be one JSON object")
        return found
    counts.clear()
    raise UnreadableError(f"it is not JSON ({problem})" if text else "it was empty")


def _without_thought(text: str, counts: Counter[str]) -> str:
    return _counted("thought", text, _THOUGHT.sub("", text, count=1).strip(), counts)


def _without_fence(text: str, counts: Counter[str]) -> str:
    found = _FENCED.search(text)
    return text if found is None else _counted("fence", text, found[1].strip(), counts)


def _without_prose(text: str, counts: Counter[str]) -> str:
    start, end = text.find("{"), text.rfind("}")
    return _counted("prose", text, text[start : end + 1], counts) if 0 <= start < end else text


def _without_commas(text: str, counts: Counter[str]) -> str:
    return _counted("comma", text, _STRING_OR_COMMA.sub(lambda m: m[1] or "", text), counts)


def _counted(name: str, before: str, after: str, counts: Counter[str]) -> str:
    if after != before:
        counts[name] += 1
    return after


def _as_it_is(text: str, _: Counter[str]) -> str:
    return text


# Tried in turn, each on what the one before left, until what is left can be read.
_REPAIRS: tuple[Callable[[str, Counter[str]], str], ...] = (
    *(_without_thought, _without_fence, _without_prose, _without_commas),
    _as_it_is,
)


def _list(found: dict[str, Any], layer: str, counts: Counter[str]) -> list[Any]:
    given = found.get(layer)
    if given is None:
        counts["absent"] += 1
        return []
    if not isinstance(given, list):
        raise UnreadableError(f"{layer} must be a list")
    return given


def _items(raw: Sequence[Any], kind: type[_Item], counts: Counter[str]) -> tuple[_Item, ...]:
    items = []
    for each in raw:
        try:
            items.append(msgspec.convert(each, kind))
        except msgspec.ValidationError:
            counts["malformed"] += 1
    return tuple(items)
