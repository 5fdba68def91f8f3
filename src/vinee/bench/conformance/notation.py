"""The short form in which people write documents: phrases of a text with what is said of them.

A part of a text is a phrase that stands in it, ``Putin``; its second place, ``Putin@2``; or
half-open code-point offsets, ``3-8``. What follows is separated by bars:

=========== ================================================================
layer       an item
=========== ================================================================
mentions    ``Putin|PER|entity=e1|level=NOM|extent=ông Putin|id=m1``
links       ``Putin|PER|Q7747``; NIL, or - where nobody knows
timexes     ``Ngày 7/8|DATE|2025-08-07|APPROX``; - where there is none
events      ``gặp|Meet|Entity=Putin|Place~=#m2|realis=ACTUAL``; ~ is implicit, # is a ref
entities    ``e1|PER|wikidata=Q7747|corpus_id=putin``
=========== ================================================================
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from vinee.errors import InvalidError, Where
from vinee.model import Chain, Document, Entity, Event, Mention, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_OFFSETS = re.compile(r"(\d+)-(\d+)")
_PLACE = re.compile(r"(.+)@(\d+)")
_OF_EVENTS = ("id", "realis", "polarity", "modality", "chain")
_NONE = "-"


def document(doc_id: str, text: str, layers: Mapping[str, Iterable[str]]) -> Document:
    """Make a document from its text and the short forms of its items, by layer.

    ``links`` are mentions, each with an entity of its own that has the item.

    Raises:
        InvalidError: A phrase does not stand in the text, or there is no such layer.
        ValidationError: An item has fields that it cannot have.
    """
    made: dict[str, list[dict[str, Any]]] = {}
    for layer, items in layers.items():
        if layer == "links":
            made["mentions"], made["entities"] = _links(text, list(items))
        elif layer in _READ:
            made[layer] = [_READ[layer](text, item) for item in items]
        else:
            raise InvalidError("notation", Where(doc_id=doc_id), f"no layer {layer!r}")
    return msgspec.convert({"doc_id": doc_id, "text": text, **made}, Document)


def lettered(doc_id: str, letters: str, side: str, *, events: bool = False) -> Document:
    """Make a document of chains that are written as words, whose letters are the mentions.

    Args:
        doc_id: Its name.
        letters: All letters that either side uses; they make the text.
        side: The words, ``ab cde``; a word may have a ``corpus_id`` before a colon, ``x:ab``.
        events: Whether the letters are triggers of events, not mentions of entities.
    """
    text = " ".join(letters)
    words = [word.rpartition(":") for word in side.split()]
    named = [(f"c{number}", corpus_id or None) for number, (corpus_id, *_) in enumerate(words)]
    members = [
        (2 * letters.index(letter), name)
        for (name, _), (*_, chain) in zip(named, words, strict=True)
        for letter in chain
    ]
    if events:
        return Document(
            doc_id,
            text=text,
            events=tuple(
                Event("Meet", Span(at, at + 1, text[at]), chain=name) for at, name in members
            ),
            chains=tuple(Chain(name, corpus_id=corpus_id) for name, corpus_id in named),
        )
    return Document(
        doc_id,
        text=text,
        mentions=tuple(Mention(at, at + 1, "PER", text[at], entity=name) for at, name in members),
        entities=tuple(Entity(name, "PER", corpus_id=corpus_id) for name, corpus_id in named),
    )


def tags(written: str) -> tuple[tuple[str, ...], ...]:
    """Read tags that are separated by spaces, sentences by bars."""
    return tuple(tuple(sentence.split()) for sentence in written.split("|"))


def _span(text: str, place: str) -> dict[str, Any]:
    if offsets := _OFFSETS.fullmatch(place):
        start, end = int(offsets[1]), int(offsets[2])
        if not start < end <= len(text):
            raise InvalidError("notation", Where(), f"{place} lies outside of {text!r}")
        return {"start": start, "end": end, "text": text[start:end]}
    phrase, number = (found[1], int(found[2])) if (found := _PLACE.fullmatch(place)) else (place, 1)
    start = -1
    for _ in range(number):
        start = text.find(phrase, start + 1)
        if start < 0:
            raise InvalidError("notation", Where(), f"{place!r} does not stand in {text!r}")
    return {"start": start, "end": start + len(phrase), "text": phrase}


def _mention(text: str, item: str) -> dict[str, Any]:
    place, type_, *others = item.split("|")
    more: dict[str, Any] = dict(each.split("=", 1) for each in others)
    if "extent" in more:
        more["extent"] = _span(text, more["extent"])
    return {**_span(text, place), "type": type_, **more}


def _links(text: str, items: Iterable[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    mentions, entities = [], []
    for number, item in enumerate(items):
        place, type_, target, *others = item.split("|")
        name = f"e{number}"
        mentions.append(_mention(text, "|".join((place, type_, f"entity={name}", *others))))
        known = {} if target == _NONE else {"wikidata": target}
        entities.append({"id": name, "type": type_, **known})
    return mentions, entities


def _timex(text: str, item: str) -> dict[str, Any]:
    place, *values = item.split("|")
    named = zip(("type", "value", "mod"), values, strict=False)
    given = {name: value for name, value in named if value != _NONE}
    return {**_span(text, place), **given}


def _event(text: str, item: str) -> dict[str, Any]:
    place, type_, *others = item.split("|")
    made: dict[str, Any] = {"type": type_, "trigger": _span(text, place), "arguments": []}
    for other in others:
        key, value = other.split("=", 1)
        if key in _OF_EVENTS:
            made[key] = value
            continue
        filler = {"ref": value[1:]} if value.startswith("#") else {"span": _span(text, value)}
        implicit = {"implicit": True} if key.endswith("~") else {}
        made["arguments"].append({"role": key.removesuffix("~"), **filler, **implicit})
    return made


def _entity(_: str, item: str) -> dict[str, Any]:
    name, type_, *others = item.split("|")
    return {"id": name, "type": type_, **dict(each.split("=", 1) for each in others)}


_READ: Mapping[str, Callable[[str, str], dict[str, Any]]] = {
    "mentions": _mention,
    "timexes": _timex,
    "events": _event,
    "entities": _entity,
}
