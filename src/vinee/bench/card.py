"""The card of a system beside its stored predictions, so that scoring these anew needs no more.

``predictions/<name>.system.json`` says what made ``predictions/<name>.jsonl``. It holds a hash of
that file: predictions that were changed or replaced since are nobody's until somebody says so.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec import structs

from vinee.bench.result import System
from vinee.corpus.foreign import is_own
from vinee.errors import InvalidError, MalformedError, SchemaError, Where, printable
from vinee.extractors import contract
from vinee.formats import atomic

if TYPE_CHECKING:
    from pathlib import Path

    from vinee.corpus.predictions import Predictions
    from vinee.ontology import Ontology

SCHEMA = "vinee.system/1"
_REMEDY = "run the system again, remove the file, or name a system with --system"


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="schema", tag=SCHEMA):
    """What made a file of predictions.

    Attributes:
        predictions: SHA-256 of the file, hexadecimal.
        system: What made it.
        notes: What a label map did before the predictions were stored.
    """

    predictions: str
    system: System
    notes: tuple[str, ...] = ()


class Described(NamedTuple):
    """Predictions that were read, with what made them.

    Attributes:
        system: From the card; where there is none, named like the file and otherwise unknown.
        predictions: As they were read, with the notes of the card.
        card: Where the card is; None if none was used.
    """

    system: System
    predictions: Predictions
    card: Path | None


def place(predictions: Path) -> Path:
    """Return where the card of a file of predictions is."""
    return predictions.with_name(f"{predictions.stem}.system.json")


def write(predictions: Path, system: System, read: Predictions) -> None:
    """Write the card of a file of predictions that was just stored, atomically."""
    notes = () if read.mapped is None else tuple(read.mapped.told())
    card = Card(_digest(predictions), system, notes)
    content = msgspec.json.format(msgspec.json.encode(card, order="sorted"), indent=1)
    atomic.write_bytes(place(predictions), content + b"\n")


def find(predictions: Path) -> Card | None:
    """Return the card of a file of predictions; None if it has none, or one of other bytes.

    Raises:
        MalformedError: The card is not JSON.
        SchemaError: It is not a card of this version.
    """
    path = place(predictions)
    if not (predictions.is_file() and path.is_file()):
        return None
    where = Where(file=str(path))
    try:
        card = msgspec.json.decode(path.read_bytes(), type=Card)
    except msgspec.ValidationError as error:
        raise SchemaError("system-schema", where, f"{error}; {_REMEDY}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedError("not-json", where, f"{error}; {_REMEDY}") from error
    return card if card.predictions == _digest(predictions) else None


def described(
    path: Path, read: Predictions, labels_of: Ontology, name: str | None = None
) -> Described:
    """Say what made the predictions that were read from a path.

    Args:
        path: What was read.
        read: What was found there.
        labels_of: The labels of the gold. Of a gold with labels of its own, and once a label map
            led away from its labels, no system claims any, as when it is run.
        name: Name of the system, whose card is then not asked for.

    Raises:
        InputError: There is a card, and it cannot be read; or the name is not fit to be one.
    """
    card = None if name else find(path)
    if card is None:
        own = path.stem.removesuffix(".tar")
        return Described(System(checked_name(name) if name else printable(own)), read, None)
    system = card.system
    if read.mapped is not None or is_own(labels_of):
        system = structs.replace(system, claims=None)
    return Described(system, replace(read, notes=(*card.notes, *read.notes)), place(path))


def checked_name(name: str) -> str:
    """Check the name that somebody gives to a system, which stands in tables and in files.

    Raises:
        InvalidError: It is empty, or not printable.
    """
    if not contract.is_name(name):
        problem = f"the name of a system must be printable characters (got {name!r}); give another"
        raise InvalidError("system-name", Where(), f"{problem}, with --system or system=")
    return name


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
