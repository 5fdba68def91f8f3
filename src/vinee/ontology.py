"""The ontology: every label, its definition, its fillers and its crosswalks.

``annotations/ontology.yaml`` is the only place where a label is defined; this module reads it
into frozen structs, and everything that lists labels asks here.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal

import msgspec
import yaml

from vinee import resources
from vinee.errors import InvalidError, SchemaError, Where

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vinee.model import Mention

Relation = Literal["exact", "broad", "narrow", "related"]
Scheme = Literal["coarse", "fine"]
TIMEX = "TIMEX"
SPAN = "SPAN"


class Counterexample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that does not bear the label, and why."""

    text: str
    why: str


class Gloss(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An attribute value with its Vietnamese name and its definition."""

    vi: str
    definition: str


class Role(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A role of an event; ``fillers`` are entity types, ``TIMEX``, ``SPAN`` or group names."""

    fillers: tuple[str, ...]
    definition: str


class EntityType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fine entity type and the coarse VLSP type that it maps to."""

    name: str
    vi: str
    definition: str
    coarse: str | None
    levels: tuple[str, ...]
    positive: tuple[str, ...]
    negative: tuple[Counterexample, ...]
    gpe_role: bool = False
    coarse_by_role: dict[str, str] = {}


class EventType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event type with its own roles and its counterparts in ACE 2005, Rich ERE and PLOVER."""

    name: str
    vi: str
    definition: str
    roles: dict[str, Role]
    crosswalk: dict[str, tuple[str, Relation] | None]
    positive: tuple[str, ...]
    negative: tuple[Counterexample, ...]


class Ontology(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """All labels of one edition."""

    version: str
    coarse: dict[str, str]
    levels: dict[str, Gloss]
    gpe_roles: dict[str, Gloss]
    polarities: dict[str, Gloss]
    realis: dict[str, Gloss]
    modalities: dict[str, Gloss]
    timexes: dict[str, Gloss]
    timex_mods: dict[str, Gloss]
    filler_groups: dict[str, tuple[str, ...]]
    common_roles: dict[str, Role]
    entities: tuple[EntityType, ...]
    events: tuple[EventType, ...]

    @cached_property
    def entity(self) -> Mapping[str, EntityType]:
        """Entity types by name, in the file's order."""
        return {entity.name: entity for entity in self.entities}

    @cached_property
    def event(self) -> Mapping[str, EventType]:
        """Event types by name, in the file's order."""
        return {event.name: event for event in self.events}

    @property
    def fine_labels(self) -> tuple[str, ...]:
        """Names of the fine entity types."""
        return tuple(self.entity)

    @property
    def coarse_labels(self) -> tuple[str, ...]:
        """Names of the coarse entity types."""
        return tuple(self.coarse)

    @property
    def event_labels(self) -> tuple[str, ...]:
        """Names of the event types."""
        return tuple(self.event)

    @cached_property
    def role_labels(self) -> tuple[str, ...]:
        """Names of all roles, the common ones last, each once."""
        own = (role for event in self.events for role in event.roles)
        return tuple(dict.fromkeys((*own, *self.common_roles)))

    def labels(self, scheme: Scheme) -> tuple[str, ...]:
        """Entity labels of a scheme."""
        return self.coarse_labels if scheme == "coarse" else self.fine_labels

    def fillers(self, event_type: str, role: str) -> frozenset[str] | None:
        """Give what may fill a role: entity types, ``TIMEX``, ``SPAN``; ``None``: no such role."""
        event = self.event.get(event_type)
        if event is None:
            return None
        found = event.roles.get(role) or self.common_roles.get(role)
        if found is None:
            return None
        return frozenset(
            label for filler in found.fillers for label in self.filler_groups.get(filler, (filler,))
        )

    def coarse_of(self, mention: Mention) -> str | None:
        """Map a mention's type onto the coarse scheme; ``None`` if it has no place there.

        A type that is coarse already stays as it is, so that systems with the coarse
        label set need no map.
        """
        entity = self.entity.get(mention.type)
        if entity is None:
            return mention.type if mention.type in self.coarse else None
        if mention.gpe_role in entity.coarse_by_role:
            return entity.coarse_by_role[mention.gpe_role]
        return entity.coarse


def read(path: Path) -> Ontology:
    """Read an ontology and check that it is consistent in itself.

    Raises:
        SchemaError: The file does not have the shape of an ontology.
        InvalidError: A name is defined twice or refers to nothing.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        raw = yaml.load(path.read_bytes(), Loader=loader)  # noqa: S506 - a safe loader, in C where built
        ontology = msgspec.convert(raw, Ontology)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise SchemaError("ontology-schema", Where(file=str(path)), str(error)) from error
    _check(ontology, Where(file=str(path)))
    return ontology


@cache
def default() -> Ontology:
    """Return the ontology of this installation."""
    return read(resources.root() / "annotations" / "ontology.yaml")


def _check(ontology: Ontology, where: Where) -> None:
    _check_names(ontology, where)
    _check_entities(ontology, where)
    _check_fillers(ontology, where)


def _check_names(ontology: Ontology, where: Where) -> None:
    for kind, items in (("entity type", ontology.entities), ("event type", ontology.events)):
        names = [item.name for item in items]
        for name in names:
            if names.count(name) > 1:
                raise InvalidError("ontology-twice", where, f"{kind} {name!r} is defined twice")


def _check_entities(ontology: Ontology, where: Where) -> None:
    for entity in ontology.entities:
        targets = {entity.coarse, *entity.coarse_by_role.values()} - {None}
        unknown = targets - ontology.coarse.keys()
        if unknown:
            raise InvalidError(
                "ontology-coarse",
                where,
                f"{entity.name} maps to {sorted(map(str, unknown))}, which is not coarse",
            )
        if entity.name in ontology.coarse and entity.coarse != entity.name:
            raise InvalidError(
                "ontology-coarse",
                where,
                f"{entity.name} is fine and coarse, so it must map to itself",
            )
        if not set(entity.levels) <= ontology.levels.keys():
            raise InvalidError("ontology-level", where, f"{entity.name} has an unknown level")


def _check_fillers(ontology: Ontology, where: Where) -> None:
    known = {*ontology.entity, TIMEX, SPAN}
    roles = [role for event in ontology.events for role in event.roles.values()]
    for role in (*roles, *ontology.common_roles.values()):
        for filler in role.fillers:
            members = set(ontology.filler_groups.get(filler, (filler,)))
            if not members <= known:
                raise InvalidError(
                    "ontology-filler", where, f"unknown filler {sorted(members - known)}"
                )
