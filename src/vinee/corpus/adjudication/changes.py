"""What was changed after the decisions, told so that it can be done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from vinee.corpus.adjudication.disagreements import name_of, stated
from vinee.corpus.adjudication.facts import SAID, Fill, Item, Key, whole
from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vinee.corpus.adjudication.disagreements import Disagreement
    from vinee.model import Document

_IMPLICIT = "implicit"


class Stated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole item that was not there before."""

    attributes: dict[str, str | None]
    fills: tuple[Fill, ...] = ()

    def item(self) -> Item:
        """Return it as facts."""
        return Item(dict(self.attributes), frozenset(self.fills))


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a change makes so.

    Attributes:
        key: The item: layer, half-open span in code points, type of a mention.
        what: ``exists``, an attribute's name, or ``argument``.
        value: The attribute's value; an extent as ``start:end``.
        fill: The argument: role, kind, half-open span, name of the entity.
        item: The item, if it is new.
    """

    key: Key
    what: str
    value: str | None = None
    fill: Fill | None = None
    item: Stated | None = None


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a consistency sweep or an adjudicator changed afterwards, and why.

    ``before`` and ``after`` are for people. ``fact`` is for doing it again; a change without
    one is done by its id, which names every fact but a new item and an extent.
    """

    id: str
    before: str | None
    after: str | None
    why: str
    fact: Fact | None = None


def change_of(found: Disagreement, after: Mapping[Key, Item], why: str) -> Change:
    """Make a change of a difference between two lists of facts, the latter being ``after``."""
    item = after.get(found.key)
    value = stated = None
    if found.what == "exists" and item is not None:
        stated = Stated(item.attributes, tuple(sorted(item.fills)))
    elif found.fill is None and item is not None:
        value = item.attributes[found.what]
    fact = Fact(found.key, found.what, value, found.fill, stated)
    return Change(found.id, found.first, found.second, why, fact)


def changed(items: Mapping[Key, Item], sweep: Iterable[Change], frame: Document) -> dict[Key, Item]:
    """Make changes to facts.

    Raises:
        InvalidError: A change is on an item that is not there, or has no ``fact`` and its id
            does not say what is to be done.
    """
    made = {key: Item(dict(item.attributes), item.fills) for key, item in items.items()}
    for change in sweep:
        fact = change.fact or fact_of(change, made, frame)
        if fact.what == "exists":
            _exist(made, fact, change, frame)
            continue
        item = stated(fact.key, made)
        if item is None or (fact.fill is None and fact.what not in item.attributes):
            raise _misfit(change, frame, "is on an item that is not there; remove the change")
        if fact.fill is None:
            item.attributes[fact.what] = fact.value
            made[fact.key] = item
        else:
            fills = item.fills - {fact.fill} if change.after is None else item.fills | {fact.fill}
            made[fact.key] = Item(item.attributes, fills)
    return made


def _exist(made: dict[Key, Item], fact: Fact, change: Change, frame: Document) -> None:
    if change.after is None:
        made.pop(fact.key, None)
    elif fact.item is None:
        raise _misfit(change, frame, "adds an item, but has no fact that tells which; add it")
    else:
        made[fact.key] = fact.item.item()


def fact_of(change: Change, items: Mapping[Key, Item], frame: Document) -> Fact:
    """Read from a change's id what it makes so.

    Raises:
        InvalidError: The id names nothing here, or not enough.
    """
    layer, _, rest = change.id.partition(" ")
    name, _, what = rest.rpartition(" ")
    if name and what in SAID.get(layer, ()):
        return Fact(whole(layer, name), what, change.after)
    for key in items:
        name = f"{name_of(key, frame)} "
        if change.id.startswith(name):
            return _fact(change, key, change.id.removeprefix(name).split(" "), frame)
    raise _misfit(change, frame, "is on an item that is not there; remove the change")


def _fact(change: Change, key: Key, said: Sequence[str], frame: Document) -> Fact:
    match said:
        case ["argument", role, kind, *rest] if rest:
            place = " ".join(rest)
            if kind == _IMPLICIT:
                return Fact(key, "argument", fill=Fill(role, "entity", -1, -1, place))
            start, _, end = place.partition(":")
            if start.isdecimal() and end.isdecimal():
                return Fact(key, "argument", fill=Fill(role, kind, int(start), int(end), ""))
        case ["exists"] if change.after is None:
            return Fact(key, "exists")
        case [what] if what not in ("extent", "exists"):
            return Fact(key, what, change.after)
    raise _misfit(change, frame, "does not say what is to be done; give the change its fact")


def _misfit(change: Change, frame: Document, problem: str) -> InvalidError:
    return InvalidError("adjudication", Where(doc_id=frame.doc_id), f"{change.id!r} {problem}")
