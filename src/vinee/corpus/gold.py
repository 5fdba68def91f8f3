"""The gold: its documents, its edition, and the hash that names its content."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

import msgspec
import yaml

from vinee import resources
from vinee.errors import IntegrityError, SchemaError, Where
from vinee.formats import native

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from vinee.model import Document


class LayerStatus(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much of a layer an edition annotates, and which attributes."""

    coverage: str
    attributes: tuple[str, ...]


class Edition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The edition of the gold."""

    version: str
    canary: str
    layers: dict[str, LayerStatus]


def folder() -> Path:
    """Return the folder of the gold documents."""
    return resources.root() / "annotations" / "gold"


@cache
def edition() -> Edition:
    """Read ``annotations/edition.yaml``."""
    path = resources.root() / "annotations" / "edition.yaml"
    try:
        return msgspec.convert(yaml.safe_load(path.read_bytes()), Edition)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise SchemaError("edition-schema", Where(file=str(path)), str(error)) from error


def documents(directory: Path | None = None) -> tuple[Document, ...]:
    """Read the gold documents in ascending order of ``doc_id``.

    Raises:
        IntegrityError: The folder holds none, or a file is not named after its document.
        InputError: A file cannot be read as a document.
    """
    directory = directory or folder()
    found = []
    for path in sorted(directory.glob("*.json")):
        document = native.read(path)
        if document.doc_id != path.stem:
            raise IntegrityError(
                f"{path} holds {document.doc_id!r}; name it {document.doc_id}.json"
            )
        found.append(document)
    if not found:
        raise IntegrityError(f"there is no gold document in {directory}")
    return tuple(found)


def content_hash(gold: Iterable[Document]) -> str:
    """Return the SHA-256 of documents, texts and all layers included, in order of ``doc_id``."""
    digest = hashlib.sha256()
    for document in sorted(gold, key=lambda item: item.doc_id):
        digest.update(native.encode(document) + b"\n")
    return digest.hexdigest()
