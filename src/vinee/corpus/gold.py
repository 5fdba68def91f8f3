"""The gold: its documents, its edition, and the hash that names its content."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import yaml

from vinee import resources
from vinee.errors import InputError, IntegrityError, SchemaError, Where, printable
from vinee.formats import native

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.model import Document


class LayerStatus(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much of a layer an edition annotates, and which attributes."""

    coverage: str
    attributes: tuple[str, ...]


class Ceiling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The blind pass that stands beside systems, by its folder, and who made it."""

    annotator: str
    about: str


class Edition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The edition of the gold."""

    version: str
    canary: str
    ceiling: Ceiling
    layers: dict[str, LayerStatus]
    unused: dict[str, tuple[str, ...]]


def folder() -> Path:
    """Return the folder of the gold documents."""
    return resources.root() / "annotations" / "gold"


@cache
def edition(root: Path | None = None) -> Edition:
    """Read ``annotations/edition.yaml`` of a project, ours if none is given."""
    path = (root or resources.root()) / "annotations" / "edition.yaml"
    try:
        return msgspec.convert(yaml.safe_load(native.read_bytes(path)), Edition)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SchemaError("edition-schema", Where(file=str(path)), str(error)) from error


def documents(source: Path | str | None = None) -> tuple[Document, ...]:
    """Read gold documents in ascending order of ``doc_id``.

    Args:
        source: A folder of ``<doc_id>.json``, one such file, or JSON Lines; ours if not given.

    Raises:
        IntegrityError: One document is there twice, or a file of a folder is not named after
            its document.
        InputError: There is no document, or one cannot be read.
    """
    source = folder() if source is None else Path(source)
    found: dict[str, Document] = {}
    for where, item in native.read_all(source):
        if isinstance(item, InputError):
            raise item
        of_folder = where.file is not None and Path(where.file) != source
        if of_folder and Path(str(where.file)).stem != item.doc_id:
            name = printable(f"{item.doc_id}.json")
            raise IntegrityError(f"{where} holds {item.doc_id!r}; name it {name}")
        if item.doc_id in found:
            raise IntegrityError(
                f"{where}: the document {item.doc_id!r} is there twice; remove one"
            )
        found[item.doc_id] = item
    return tuple(found[doc_id] for doc_id in sorted(found))


def content_hash(gold: Iterable[Document]) -> str:
    """Return the SHA-256 of documents, texts and all layers included, in order of ``doc_id``."""
    digest = hashlib.sha256()
    for document in sorted(gold, key=lambda item: item.doc_id):
        digest.update(native.encode(document) + b"\n")
    return digest.hexdigest()
