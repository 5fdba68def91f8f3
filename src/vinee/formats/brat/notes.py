"""The comment lines of an ``.ann`` file: what they say to us, as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from vinee.errors import SchemaError
from vinee.formats.brat import names
from vinee.model import Chain, Entity, SectionKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from vinee.formats.brat.lines import Statement


class Whole(msgspec.Struct, frozen=True):
    """What concerns no single annotation; the fields are explained where they are written."""

    empty: tuple[str, ...] = ()
    ids: dict[str, str | None] = {}
    scores: dict[str, float] = {}
    labels: dict[str, str] = {}
    spans: dict[str, tuple[int, int]] = {}
    sections: tuple[tuple[int, int, SectionKind], ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    entities: tuple[Entity, ...] = ()
    chains: tuple[Chain, ...] = ()
    meta: dict[str, Any] | None = None


def whole(statement: Statement) -> Whole | None:
    """Read the comment about the whole document; None if the statement is something else.

    Raises:
        SchemaError: It does not have that shape.
    """
    if (statement.name, statement.targets) != (names.DOCUMENT_NOTE, (names.DOCUMENT_TARGET,)):
        return None
    try:
        return msgspec.json.decode(statement.value, type=Whole)
    except (ValueError, RecursionError) as error:
        problem = f"{error}; mend the JSON, or remove the line to read the file without it"
        raise SchemaError("brat-note", statement.where, problem) from error


def of_annotation(statement: Statement) -> dict[str, Any] | None:
    """Read the note of one annotation; None if an annotator wrote it in his own words."""
    try:
        note = json.loads(statement.value) if statement.name == names.NOTE else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(note, dict):
        return None
    fits = all(isinstance(item, list if key == "implicit" else str) for key, item in note.items())
    return note if fits else None


def ids(whole: Whole, numbers: Iterable[str], arguments: Collection[str]) -> dict[str, str | None]:
    """Give each annotation its id; a new one if it was added in brat, or is needed and has none.

    Args:
        whole: The comment with the ids as they were.
        numbers: What brat calls the annotations; a new id is that.
        arguments: Those to which an event refers.
    """
    found = dict(whole.ids)
    taken = set(found.values())
    for number in numbers:
        if number not in found or (found[number] is None and number in arguments):
            fresh = number
            while fresh in taken:
                fresh += "_"
            taken.add(fresh)
            found[number] = fresh
    return found
