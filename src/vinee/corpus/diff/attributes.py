"""Attributes of items and chains, and how they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from vinee.corpus.diff.change import AttributeChange

if TYPE_CHECKING:
    from collections.abc import Iterator


class Attribute(NamedTuple):
    """An attribute: what it is compared by, and what is shown of it."""

    name: str
    key: str | None
    shown: str | None


class Labelled(Protocol):
    """An item or a chain."""

    @property
    def label(self) -> str | None:
        """Type, kind or role."""
        ...

    @property
    def attributes(self) -> tuple[Attribute, ...]:
        """All else that is annotated about it."""
        ...


def differences(old: Labelled, new: Labelled, label: str) -> tuple[AttributeChange, ...]:
    """Name what differs between two that are the same one; ``label`` is what their label is."""
    return tuple(_differences(old, new, label))


def _differences(old: Labelled, new: Labelled, label: str) -> Iterator[AttributeChange]:
    if old.label != new.label:
        yield AttributeChange(label, old.label, new.label)
    ours = {each.name: each for each in old.attributes}
    theirs = {each.name: each for each in new.attributes}
    for name in dict.fromkeys((*ours, *theirs)):
        absent = Attribute(name, None, None)
        one, other = ours.get(name, absent), theirs.get(name, absent)
        if one.key != other.key:
            yield AttributeChange(name, one.shown, other.shown)
