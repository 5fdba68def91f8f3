"""Events whose trigger and arguments are there, and what has to be told of the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vinee.errors import InvalidError, SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.errors import InputError, Where
    from vinee.formats.brat.lines import EventLine, Lines


def sound_events(read: Lines) -> dict[str, EventLine]:
    """Give the events that have a trigger, with those of their arguments that refer to something.

    What they refer to in vain is added to ``read.problems``.
    """
    found = {}
    for key, event in read.events.items():
        if event.trigger in read.bounds:
            found[key] = event
        else:
            read.broken.add(key)
            read.problems.append(dangling(event.trigger, event.where, read.broken))
    return {key: _with_fillers(event, found, read) for key, event in found.items()}


def dangling(target: str, where: Where, broken: Iterable[str]) -> InputError:
    """Make the error of a line that refers to an annotation which is not there, or is broken."""
    if target in broken:
        problem = f"it refers to {target!r}, whose own line is wrong; mend that one"
        return InvalidError("ref-dropped", where, problem)
    problem = f"it refers to {target!r}, which the file does not have; add or remove it"
    return SchemaError("brat-target", where, problem)


def _with_fillers(event: EventLine, events: Iterable[str], read: Lines) -> EventLine:
    kept = []
    for role, target in event.arguments:
        if target in read.bounds or target in events:
            kept.append((role, target))
        else:
            read.problems.append(dangling(target, event.where, read.broken))
    return replace(event, arguments=tuple(kept))
