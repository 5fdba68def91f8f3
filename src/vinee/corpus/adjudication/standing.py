"""What is said of entities and chains: where a text had it, and what was left of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vinee.corpus.adjudication.facts import SAID, Item, Key, Value, holder, nothing_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Standing(NamedTuple):
    """What is said of an entity or a chain in a text that an adjudicator gets.

    A task keeps these: later the log has more changes than the task began with.

    Attributes:
        key: The entity or chain.
        place: The member that it is written at; None: no member is set in the text.
        attributes: What is said.
    """

    key: Key
    place: Key | None
    attributes: dict[str, Value]


def standing(items: Mapping[Key, Item]) -> list[Standing]:
    """Tell what is said in a text in which these items are set, and where."""
    return [
        Standing(key, holder(key, items.items()), item.attributes)
        for key, item in items.items()
        if key.layer in SAID
    ]


def with_standing(rows: Iterable[Standing], left: Mapping[Key, Item]) -> dict[Key, Item]:
    """Add what stood in a text and is not in it as it was left, but for what was taken away.

    That is if the member that it stood at is still there. Where the member is gone, or now of
    another entity or chain, nothing was said.
    """
    found = dict(left)
    for key, place, attributes in rows:
        there = left.get(place) if place is not None else None
        own = found.setdefault(key, nothing_said(key)).attributes
        if there is None or there.attributes[key.layer] != key.type:
            found[key] = Item({what: own[what] or value for what, value in attributes.items()})
    return found
