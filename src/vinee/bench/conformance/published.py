"""The published cases: plain JSON, one file for each layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from vinee import resources
from vinee.bench.conformance.case import Case, CaseFile, plain
from vinee.errors import IntegrityError, SchemaError, Where

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def folder() -> Path:
    """Return the folder of this installation that holds ``cases/``, schemas and deviations."""
    return resources.root() / "benchmark" / "conformance"


def files(path: Path | None = None) -> tuple[CaseFile, ...]:
    """Read the files of a folder, ours if none is given, in the order of their names.

    Raises:
        SchemaError: A file does not have the shape of one.
        IntegrityError: There are none, or two cases have one id.
    """
    place = (path or folder()) / "cases"
    found = tuple(_read(each) for each in sorted(place.glob("*.json")))
    if not found:
        raise IntegrityError(f"{place} holds no cases; install the package again")
    seen: set[str] = set()
    for case in (case for each in found for case in each.cases):
        if case.id in seen:
            raise IntegrityError(f"{place}: two cases have the id {case.id!r}")
        seen.add(case.id)
    return found


def cases(path: Path | None = None) -> tuple[Case, ...]:
    """Read all cases of a folder, ours if none is given.

    Raises:
        SchemaError: A file does not have the shape of one.
        IntegrityError: There are none, or two cases have one id.
    """
    return tuple(case for each in files(path) for case in each.cases)


def written(made: CaseFile) -> bytes:
    """Return the bytes of a published file: a case a line, so that a difference can be read."""
    head = {"conformance": made.conformance, "group": made.group, "about": made.about}
    start = msgspec.json.encode(head)[:-1] + b',"cases":[\n'
    lines = [msgspec.json.encode(plain(case)) for case in made.cases]
    return start + b",\n".join(lines) + b"\n]}\n"


def questions(asked: Sequence[Case]) -> bytes:
    """Return what an implementation is sent: JSON Lines, nothing of what is expected in them."""
    return b"".join(msgspec.json.encode(plain(case.question)) + b"\n" for case in asked)


def _read(path: Path) -> CaseFile:
    try:
        return msgspec.json.decode(path.read_bytes(), type=CaseFile)
    except msgspec.DecodeError as error:
        raise SchemaError("conformance-cases", Where(file=str(path)), str(error)) from error
