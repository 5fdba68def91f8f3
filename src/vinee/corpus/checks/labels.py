"""Checks on labels: all come from the ontology, and fillers fit their roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

from vinee.model import Mention
from vinee.ontology import SPAN, TIMEX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vinee.corpus.checks.context import Context
    from vinee.corpus.findings import Finding
    from vinee.model import Argument


def entity_labels_are_known(context: Context) -> Iterator[Finding]:
    """``label-entity``: a mention's or entity's type is a fine or a coarse type."""
    known = {*context.ontology.fine_labels, *context.ontology.coarse_labels}
    for layer in ("mentions", "entities"):
        for index, item in enumerate(getattr(context.document, layer) or ()):
            if item.type not in known:
                yield context.finding(
                    "label-entity",
                    (layer, index),
                    f"{item.type!r} is no entity type; use one of {_listed(known)}",
                )


def entity_labels_are_fine(context: Context) -> Iterator[Finding]:
    """``label-coarse``: gold uses fine types only."""
    only_coarse = {*context.ontology.coarse_labels} - {*context.ontology.fine_labels}
    for index, mention in enumerate(context.document.mentions or ()):
        if mention.type in only_coarse:
            yield context.finding(
                "label-coarse",
                ("mentions", index),
                f"{mention.type!r} is coarse and gold is fine; use one of "
                f"{_listed(context.ontology.fine_labels)}",
            )


def levels_fit_types(context: Context) -> Iterator[Finding]:
    """``label-level``: the level is one that the type allows."""
    for index, mention in enumerate(context.document.mentions or ()):
        entity = context.ontology.entity.get(mention.type)
        if entity and mention.level not in entity.levels:
            yield context.finding(
                "label-level",
                ("mentions", index),
                f"{mention.type} is never {mention.level}; use one of {_listed(entity.levels)}",
            )


def gpe_roles_fit_types(context: Context) -> Iterator[Finding]:
    """``label-gpe-role``: only types that may stand for something near them have a gpe_role."""
    for index, mention in enumerate(context.document.mentions or ()):
        entity = context.ontology.entity.get(mention.type)
        if entity and mention.gpe_role is not None and not entity.gpe_role:
            yield context.finding(
                "label-gpe-role",
                ("mentions", index),
                f"{mention.type} has no gpe_role; leave it out",
            )


def timexes_have_types(context: Context) -> Iterator[Finding]:
    """``timex-type``: every time expression of the gold has its TIMEX3 type."""
    for index, timex in enumerate(context.document.timexes or ()):
        if timex.type is None:
            yield context.finding(
                "timex-type",
                ("timexes", index),
                f"the time has no type; give it one of {_listed(context.ontology.timexes)}",
            )


def event_labels_are_known(context: Context) -> Iterator[Finding]:
    """``label-event``: an event's type is in the ontology."""
    for index, event in enumerate(context.document.events or ()):
        if event.type not in context.ontology.event:
            yield context.finding(
                "label-event",
                ("events", index),
                f"{event.type!r} is no event type; "
                f"use one of {_listed(context.ontology.event_labels)}",
            )


def roles_fit_events(context: Context) -> Iterator[Finding]:
    """``label-role``: the event's type has the role."""
    for index, event in enumerate(context.document.events or ()):
        found = context.ontology.event.get(event.type)
        for number, argument in enumerate(event.arguments):
            if found and context.ontology.fillers(event.type, argument.role) is None:
                allowed = (*found.roles, *context.ontology.common_roles)
                yield context.finding(
                    "label-role",
                    ("events", index, "arguments", number),
                    f"{event.type} has no role {argument.role!r}; use one of {_listed(allowed)}",
                )


def fillers_fit_roles(context: Context) -> Iterator[Finding]:
    """``label-filler``: the filler's type is one that the role allows."""
    for index, event in enumerate(context.document.events or ()):
        for number, argument in enumerate(event.arguments):
            allowed = context.ontology.fillers(event.type, argument.role)
            kind = _kind(context, argument)
            if allowed is not None and kind is not None and kind not in allowed:
                yield context.finding(
                    "label-filler",
                    ("events", index, "arguments", number),
                    f"{argument.role} of {event.type} is filled by {kind}; "
                    f"give one of {_listed(allowed)}, or another role",
                )


def _kind(context: Context, argument: Argument) -> str | None:
    if argument.ref is UNSET:
        return None if argument.span is UNSET else SPAN
    filler = context.fillers.get(argument.ref)
    if filler is None:
        return None
    return filler.type if isinstance(filler, Mention) else TIMEX


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
