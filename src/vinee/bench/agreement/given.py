"""What annotators handed in, from the folders of their passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from vinee.corpus import quoted
from vinee.errors import InvalidError, MalformedError, Where, printable
from vinee.formats import native

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from vinee.model import Document

_GUIDELINES = "guidelines"


class Given(NamedTuple):
    """An annotator's documents, with their text.

    Attributes:
        annotator: The name of the folder.
        guidelines: The version that was followed; None where it is not known, as of a gold.
        documents: In order of their files' names.
    """

    annotator: str
    guidelines: str | None
    documents: tuple[Document, ...]


def gather(
    folders: Sequence[Path], seeds: Path | None = None, *, any_guidelines: bool = False
) -> tuple[Given, ...]:
    """Read the passes of each annotator.

    Args:
        folders: One an annotator, of passes as they are handed in, or of documents such as a
            gold or what was pulled from a server.
        seeds: Folder of the articles of quoted passes, ours if none is given.
        any_guidelines: Whether the versions of the guidelines may differ.

    Raises:
        InputError: A folder has no pass, or one cannot be read.
        InvalidError: Two folders have one name, or the guidelines differ.
    """
    found = tuple(_read(folder, seeds) for folder in folders)
    names = [each.annotator for each in found]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        problem = f"two folders are named {printable(repeated[0])!r}, as the annotator; rename one"
        raise InvalidError("agreement", Where(), problem)
    versions = {each.annotator: each.guidelines for each in found if each.guidelines is not None}
    if len(set(versions.values())) > 1 and not any_guidelines:
        followed = ", ".join(f"{name}: {version}" for name, version in versions.items())
        problem = (
            f"the passes follow different guidelines ({printable(followed)}); compare like with "
            "like, or say --any-guidelines"
        )
        raise InvalidError("agreement", Where(), problem)
    return found


def _read(folder: Path, seeds: Path | None) -> Given:
    paths = sorted(folder.glob("*.json"))
    if not paths:
        problem = "there is no pass, <doc_id>.json, in this folder; check the path"
        raise MalformedError("no-documents", Where(file=str(folder)), problem)
    if _holds_a_document(paths[0]):
        documents = tuple(native.read(path) for path in paths)
        meta: list[dict[str, Any]] = [document.meta or {} for document in documents]
        versions = (each.get(_GUIDELINES) for each in meta)
    else:
        documents = quoted.resolved(folder, seeds)
        versions = (handed_in.guidelines for _, handed_in in quoted.passes(folder))
    return Given(folder.resolve().name, _version(folder, versions), documents)


def _version(folder: Path, versions: Iterable[object]) -> str | None:
    found = sorted({str(version) for version in versions if version is not None})
    if len(found) > 1:
        problem = f"its passes follow different guidelines, {found}; compare like with like"
        raise InvalidError("agreement", Where(file=str(folder)), problem)
    return found[0] if found else None


def _holds_a_document(path: Path) -> bool:
    """Tell whether a file has a text, which a quoted pass has not."""
    try:
        held = msgspec.json.decode(native.read_bytes(path))
    except (msgspec.DecodeError, RecursionError):
        return False  # whoever reads it says what is wrong
    return isinstance(held, dict) and "text" in held
