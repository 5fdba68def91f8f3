"""The ontology as brat's ``annotation.conf``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee import ontology
from vinee.formats.brat import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vinee.model import Document
    from vinee.ontology import Ontology, Role


def render(documents: Iterable[Document]) -> str:
    """Write the configuration: all of the ontology, and what the documents use beyond it."""
    labels = ontology.default()
    entities = {names.brat_name(label): None for label in labels.fine_labels}
    events: dict[str, dict[str, str]] = {
        names.brat_name(kind.name): _roles({**kind.roles, **labels.common_roles}, labels)
        for kind in labels.events
    }
    for document in documents:
        for mention in document.mentions or ():
            entities[names.brat_name(mention.type)] = None
        for event in document.events or ():
            roles = events.setdefault(names.brat_name(event.type), {})
            for argument in event.arguments:
                roles.setdefault(names.brat_name(argument.role, role=True), "<ANY>")
    mentions = "|".join(entities)
    lines = [
        "[entities]",
        *entities,
        *names.RESERVED,
        "",
        "[relations]",
        f"{names.EXTENT_OF}\tArg1:{names.EXTENT}, Arg2:{mentions}",
        f"{names.COREF}\tArg1:{mentions}, Arg2:{mentions}, <REL-TYPE>:symmetric-transitive",
        f"{names.EVENT_COREF}\tArg1:<EVENT>, Arg2:<EVENT>, <REL-TYPE>:symmetric-transitive",
        "<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>",
        "",
        "[events]",
        *(
            f"{name}\t{', '.join(f'{role}*:{fillers}' for role, fillers in roles.items())}".strip()
            for name, roles in events.items()
        ),
        "",
        "[attributes]",
        *_attributes(names.MENTION_ATTRIBUTES, mentions),
        *_attributes(names.TIMEX_ATTRIBUTES, names.TIMEX),
        *_attributes(names.EVENT_ATTRIBUTES, "<EVENT>"),
    ]
    return "\n".join(lines) + "\n"


def _roles(roles: Mapping[str, Role], labels: Ontology) -> dict[str, str]:
    return {
        names.brat_name(name, role=True): "|".join(
            dict.fromkeys(
                member if member in names.RESERVED else names.brat_name(member)
                for filler in role.fillers
                for member in labels.filler_groups.get(filler, (filler,))
            )
        )
        for name, role in roles.items()
    }


def _attributes(attributes: names.Attributes, target: str) -> list[str]:
    return [
        f"{name}\tArg:{target}, Value:{'|'.join(values)}"
        for name, (_, values) in attributes.items()
    ]
