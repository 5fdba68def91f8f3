"""A pass that has offsets already: a document with a note of who made it, and by which guidelines.

``vinee label-studio pull`` writes such passes; they stand beside quoted ones, and are compared
with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from vinee.corpus import structure
from vinee.errors import InvalidError, Where
from vinee.formats import contract, native
from vinee.model import Section

if TYPE_CHECKING:
    from pathlib import Path

    from vinee.model import Document

# Under this key of a document's ``meta`` stands who made the pass.
KEY = "pass"


class _Shape(msgspec.Struct):
    """What tells a document from a quoted pass."""

    text: str | None = None


@dataclass(frozen=True)
class PulledPass:
    """One annotator's document.

    Attributes:
        doc_id: The article.
        annotator: Who made it.
        guidelines: The edition that was followed.
        document: The document, with sections and sentences.
    """

    doc_id: str
    annotator: str
    guidelines: str
    document: Document


def is_document(path: Path) -> bool:
    """Tell whether a file holds a document, and no quoted pass."""
    try:
        return msgspec.json.decode(native.read_bytes(path), type=_Shape).text is not None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False  # what is wrong is told when it is read


def read(path: Path) -> PulledPass:
    """Read a pass.

    Raises:
        InputError: It cannot be read, is not in the shape of a document, a span lies outside of
            its text, or it does not say who made it by which guidelines.
    """
    document = native.read(path)
    where = Where(file=str(path), doc_id=document.doc_id)
    contract.check_spans(document, document.text or "", where)
    made: Any = (document.meta or {}).get(KEY)
    known = made if isinstance(made, dict) else {}
    annotator, guidelines = known.get("annotator"), known.get("guidelines")
    if not isinstance(annotator, str) or not isinstance(guidelines, str):
        problem = (
            f"a document that is a pass says in meta.{KEY} who made it, annotator, and by which "
            "edition of the guidelines, guidelines; pull it again, or add them"
        )
        raise InvalidError("pass-maker", where, problem)
    return PulledPass(document.doc_id, annotator, guidelines, laid_out(document))


def laid_out(document: Document) -> Document:
    """Give a document sections and sentences, where it has none: its whole text is the body."""
    text = document.text or ""
    sections = document.sections
    if sections is None:
        stripped = text.strip()
        start = text.find(stripped)
        sections = (Section(start, start + len(stripped), "body", stripped),) if stripped else ()
    sentences = document.sentences
    if sentences is None:
        sentences = structure.sentences(text, sections)
    return replace(document, sections=sections, sentences=sentences)


def check_text(pulled: PulledPass, seed: str, where: Where) -> None:
    """Check that the pass was made on the article as it is.

    Raises:
        InvalidError: It was not.
    """
    if pulled.document.text != seed:
        problem = "the text is not that of the seed, code point by code point; annotate it anew"
        raise InvalidError("text-seed", where, problem)
