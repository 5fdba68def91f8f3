"""What two annotators disagree on, each with an id by which a decision can name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.corpus.adjudication.facts import SAID, Fill, Item, Key, facts_of_both, said_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from vinee.corpus.adjudication.naming import Naming
    from vinee.model import Document


@dataclass(frozen=True)
class Disagreement:
    """A fact that the two do not state alike.

    Attributes:
        id: Names the fact within the document, such as ``s3 event gặp@120 realis``, or
            ``entity lao wikidata``.
        key: The item.
        what: ``exists``, an attribute's name, or ``argument``.
        fill: The argument, if it is one.
        first: What the first annotator says; None: nothing.
        second: What the second says.
    """

    id: str
    key: Key
    what: str
    fill: Fill | None
    first: str | None
    second: str | None


def disagreements(
    first: Document, second: Document, naming: tuple[Naming, Naming]
) -> list[Disagreement]:
    """List what two documents on one text disagree on, in order of the text.

    What is said of entities and chains as a whole comes last.

    Raises:
        InvalidError: A document has two items that nobody could tell apart.
    """
    return differences(*facts_of_both(first, second, naming), first)


def differences(
    ours: Mapping[Key, Item], theirs: Mapping[Key, Item], frame: Document
) -> list[Disagreement]:
    """List what differs between two lists of facts on the text of ``frame``, in its order."""
    text = frame.text or ""
    found = []
    for key in sorted(ours.keys() | theirs.keys(), key=_order):
        name = name_of(key, frame)
        one, other = (stated(key, each) for each in (ours, theirs))
        if one is None or other is None:
            found.append(
                Disagreement(
                    f"{name} exists", key, "exists", None, _told(one, text), _told(other, text)
                )
            )
        else:
            found.extend(_differences(name, key, one, other, text))
    return found


def stated(key: Key, items: Mapping[Key, Item]) -> Item | None:
    """Return what facts say of an item; an entity or a chain is there even if nothing is said."""
    return said_of(key, items) if key.layer in SAID else items.get(key)


def _order(key: Key) -> tuple[bool, int, int, str, str]:
    return key.layer in SAID, key.start, key.end, key.layer, key.type


def name_of(key: Key, frame: Document) -> str:
    """Name an item by its sentence, layer, text, offset, and the type of a mention."""
    if key.layer in SAID:
        return f"{key.layer} {key.type}"
    covered = (frame.text or "")[key.start : key.end]
    name = f"s{sentence_of(frame, key.start)} {key.layer} {covered}@{key.start}"
    return f"{name} {key.type}" if key.type else name


def sentence_of(document: Document, offset: int) -> int:
    """Return the number of the sentence that holds an offset."""
    sentences: Sequence[object] = document.sentences or ()
    for number, sentence in enumerate(document.sentences or ()):
        if offset < sentence.end:
            return number
    return len(sentences)


def _differences(name: str, key: Key, one: Item, other: Item, text: str) -> Iterator[Disagreement]:
    for what, value in one.attributes.items():
        if value != other.attributes[what]:
            yield Disagreement(
                f"{name} {what}",
                key,
                what,
                None,
                _shown(what, value, text),
                _shown(what, other.attributes[what], text),
            )
    for fill in sorted(one.fills ^ other.fills):
        mine = fill in one.fills
        told = told_fill(fill, text)
        yield Disagreement(
            f"{name} argument {fill.role} {_place(fill)}",
            key,
            "argument",
            fill,
            told if mine else None,
            None if mine else told,
        )


def _place(fill: Fill) -> str:
    if fill.kind == "entity":
        return f"implicit {fill.name}"
    return f"{fill.kind} {fill.start}:{fill.end}"


def told_fill(fill: Fill, text: str) -> str:
    """Say in words what fills a role."""
    if fill.kind == "entity":
        return f"{fill.role}: (implicit) {fill.name}"
    mark = "" if fill.kind in ("ref", "span") else "(implicit) "
    covered = text[fill.start : fill.end]
    return f"{fill.role}: {mark}{covered if fill.kind == 'ref' else f'“{covered}”'}"


def _shown(what: str, value: str | None, text: str) -> str | None:
    if what == "extent" and value is not None:
        start, end = map(int, value.split(":"))
        return text[start:end]
    return value


def _told(item: Item | None, text: str) -> str | None:
    if item is None:
        return None
    parts = [
        f"{what}={_shown(what, value, text)}"
        for what, value in item.attributes.items()
        if value is not None
    ]
    return "; ".join([*parts, *(told_fill(fill, text) for fill in sorted(item.fills))]) or "yes"
