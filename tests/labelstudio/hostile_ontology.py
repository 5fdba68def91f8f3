"""An ontology whose names try to break out of wherever they are written."""

from __future__ import annotations

from msgspec.structs import replace

from vinee.ontology import EntityType, Gloss, Ontology, default

ENTITY = "<b>\"'&amp;]]>"
EVENT = "Evil.</Style><script>alert(1)</script>"
VI = '<img src=x onerror="alert(1)">'
DEFINITION = "</td></table><script>alert(2)</script> & {{ 7 * 7 }}"
ROLE = '"/><Choice value="x'


def hostile() -> Ontology:
    known = default()
    entity = EntityType(ENTITY, VI, DEFINITION, "PER", ("NAM",), (), (), gpe_role=True)
    event = replace(known.events[0], name=EVENT, vi=VI, definition=DEFINITION)
    role = {ROLE: next(iter(known.events[0].roles.values()))}
    return replace(
        known,
        entities=(entity, *known.entities),
        events=(replace(event, roles=role), *known.events),
        realis={**known.realis, "<i>": Gloss(VI, DEFINITION)},
    )


def with_entity(name: str) -> Ontology:
    known = default()
    return replace(known, entities=(*known.entities, replace(known.entities[0], name=name)))


def with_role(name: str) -> Ontology:
    known = default()
    role = next(iter(known.events[0].roles.values()))
    return replace(known, events=(replace(known.events[0], roles={name: role}),))
