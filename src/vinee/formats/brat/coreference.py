"""Coreference: from sets of annotations to chains with ids."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from msgspec.structs import replace

from vinee.model import Chain, Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Clusters:
    """Sets of annotations that corefer.

    Args:
        prefix: What the ids of chains begin with for which no note gives one.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._members: dict[str, list[str]] = {}  # annotation: the list of its whole set
        self._names: dict[str, str] = {}  # annotation: the id that its note gives
        self._items: dict[str, str] = {}  # annotation: Wikidata's item
        self._keys: dict[str, str] = {}  # annotation: the id of its set
        self._new: dict[str, str] = {}  # id that was not given: the first member
        self._known: Mapping[str, Entity | Chain] = {}

    def join(self, numbers: Iterable[str]) -> None:
        """Say that annotations corefer; sets that share one become one."""
        joined: list[str] = []
        for number in numbers:
            joined += [each for each in self._set(number) if each not in joined]
        for number in joined:
            self._members[number] = joined

    def name(self, number: str, key: str | None) -> None:
        """Give the id of the chain that an annotation belongs to."""
        if key is not None:
            self._names[number] = key
            self._set(number)

    def refer(self, number: str, item: str) -> None:
        """Give the item of the chain that an annotation belongs to."""
        self._items[number] = item
        self._set(number)

    def settle(self, known: Iterable[Entity] | Iterable[Chain]) -> None:
        """Give each set its id, that of a note or else a new one, when all has been said.

        Args:
            known: Entities or chains as they were written; their ids are not given anew.
        """
        self._known = {item.id: item for item in known}
        taken = {*self._known, *self._names.values()}
        for members in self._members.values():
            if members[0] in self._keys:
                continue
            key = next((self._names[each] for each in members if each in self._names), None)
            if key is None:
                key = next(new for n in count(1) if (new := f"{self._prefix}{n}") not in taken)
                taken.add(key)
                self._new[key] = members[0]
            self._keys.update(dict.fromkeys(members, key))

    def of(self, number: str) -> str | None:
        """Return the id of an annotation's set; None if it is in none."""
        return self._keys.get(number)

    def entities(self, types: Mapping[str, str]) -> tuple[Entity, ...]:
        """Give the entities that are known, and one for each new set.

        Args:
            types: Type of each mention; a new entity has that of its first one.
        """
        found = {key: item for key, item in self._known.items() if isinstance(item, Entity)}
        for key, first in self._new.items():
            found[key] = Entity(key, types[first])
        for number, item in self._items.items():
            key = self._keys[number]
            found[key] = replace(found.get(key) or Entity(key, types[number]), wikidata=item)
        return tuple(found.values())

    def chains(self) -> tuple[Chain, ...]:
        """Give the chains of events that are known, and one for each new set."""
        known = (item for item in self._known.values() if isinstance(item, Chain))
        return (*known, *map(Chain, self._new))

    def _set(self, number: str) -> list[str]:
        return self._members.setdefault(number, [number])
