"""The JSON of a ``kb`` row, as far as it is read; all other keys are passed over."""

from __future__ import annotations

from msgspec import Struct


class Passage(Struct):
    """A part of the text, in one piece."""

    text: tuple[str]
    offsets: tuple[tuple[int, int]]


class Trigger(Struct):
    """The trigger of an event."""

    text: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]


class Link(Struct):
    """An entry of a knowledge base."""

    db_name: str
    db_id: str


class Links(Struct):
    """Several entries, as ``Sequence({...})`` of old releases of `datasets` writes them."""

    db_name: tuple[str, ...]
    db_id: tuple[str, ...]


class KbEntity(Struct):
    """A mention, a time or a span."""

    id: str
    type: str
    text: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]
    normalized: tuple[Link, ...] | Links = ()

    def links(self) -> list[tuple[str, str]]:
        """Give the entries as ``(db_name, db_id)``."""
        if isinstance(self.normalized, Links):
            return list(zip(self.normalized.db_name, self.normalized.db_id, strict=False))
        return [(link.db_name, link.db_id) for link in self.normalized]


class KbArgument(Struct):
    """An argument of an event."""

    role: str
    ref_id: str


class KbArguments(Struct):
    """Several arguments, as ``Sequence({...})`` of old releases of `datasets` writes them."""

    role: tuple[str, ...]
    ref_id: tuple[str, ...]


class KbEvent(Struct):
    """An event."""

    id: str
    type: str
    trigger: Trigger
    arguments: tuple[KbArgument, ...] | KbArguments = ()

    def pairs(self) -> list[tuple[str, str]]:
        """Give the arguments as ``(role, ref_id)``."""
        if isinstance(self.arguments, KbArguments):
            return list(zip(self.arguments.role, self.arguments.ref_id, strict=False))
        return [(argument.role, argument.ref_id) for argument in self.arguments]


class Coreference(Struct):
    """Mentions of one entity."""

    id: str
    entity_ids: tuple[str, ...]


class Attribute(Struct):
    """Something that the schema has no place for; ``ref_id`` says of what."""

    ref_id: str
    name: str
    value: str


class Row(Struct):
    """A document; SEACrowd's schema has no ``document_id``."""

    id: str
    passages: tuple[Passage, ...]
    document_id: str | None = None
    entities: tuple[KbEntity, ...] = ()
    events: tuple[KbEvent, ...] = ()
    coreferences: tuple[Coreference, ...] = ()
    vinee_attributes: tuple[Attribute, ...] | None = None
