"""What annotators handed in, from the folders of their passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vinee.corpus import quoted
from vinee.corpus.quoted import pulled
from vinee.errors import InvalidError, Where, printable
from vinee.formats import contract, native

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vinee.model import Document


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
    name = folder.resolve().name
    paths = sorted(folder.glob("*.json"))
    if paths and all(map(_is_gold, paths)):
        return Given(name, None, tuple(_document(path) for path in paths))
    versions = sorted({handed_in.guidelines for _, handed_in in quoted.passes(folder)})
    if len(versions) > 1:
        problem = f"its passes follow different guidelines, {versions}; compare like with like"
        raise InvalidError("agreement", Where(file=str(folder)), problem)
    return Given(name, versions[0], quoted.resolved(folder, seeds))


def _is_gold(path: Path) -> bool:
    """Tell whether a file holds a document that is nobody's pass."""
    if not pulled.is_document(path):
        return False
    return pulled.KEY not in (native.read(path).meta or {})


def _document(path: Path) -> Document:
    document = native.read(path)
    where = Where(file=str(path), doc_id=document.doc_id)
    contract.check_spans(document, document.text or "", where)
    return pulled.laid_out(document)
