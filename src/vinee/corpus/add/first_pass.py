"""The first pass of a new article: its layout, and what an extractor found if one was run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from vinee.corpus import structure
from vinee.corpus.add.sections import guess_sections
from vinee.corpus.quoted import Pass, resolve
from vinee.corpus.quoted.quote import quote
from vinee.errors import MalformedError
from vinee.formats import native
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_EDITION = re.compile(r"^#.*\bedition (\d\S*)\s*$", re.MULTILINE)
_SECTIONS_NOTE = "Sections were guessed by rule; check them before anything else."


def layout(doc_id: str, text: str) -> Document:
    """Give an article with sections guessed by rule, and sentences: what an extractor sees."""
    sections = structure.sections(text, guess_sections(text))
    sentences = structure.sentences(text, sections)
    return Document(doc_id, text=text, sections=sections, sentences=sentences)


def draft(document: Document, root: Path, extractor: str = "", notes: Iterable[str] = ()) -> Pass:
    """Make the pass that an annotator begins with.

    Args:
        document: The article with its layout, and with an extractor's layers if one was run.
        root: The project folder, whose guidelines are to be followed.
        extractor: Name and version of the extractor, if one was run.
        notes: What else is to be said.

    Raises:
        InvalidError: The document cannot be made a pass.
    """
    unreviewed = (
        f"Unreviewed output of the extractor {extractor}: a machine's guess, not gold, and not "
        "to be called gold before a person has gone through every sentence."
    )
    return quote(
        document,
        annotator=f"draft:{extractor}" if extractor else "draft",
        guidelines=_guidelines(root),
        notes=(*([unreviewed] if extractor else []), _SECTIONS_NOTE, *notes),
    )


def encode(text: str, handed_in: Pass) -> bytes:
    """Write a pass as indented JSON without what is not said; it is read and resolved again.

    Raises:
        InvalidError: A quote does not lead to its place in ``text``.
    """
    said = msgspec.json.encode(_said(msgspec.to_builtins(handed_in)))
    content = msgspec.json.format(said, indent=1)
    resolve(text, msgspec.json.decode(content, type=Pass))
    return content + b"\n"


def _said(value: Any) -> Any:  # noqa: ANN401 - any part of a pass
    """Leave out what is None or an empty mapping; empty lists stay, to be filled."""
    if isinstance(value, dict):
        return {key: _said(part) for key, part in value.items() if part is not None and part != {}}
    return [_said(part) for part in value] if isinstance(value, list | tuple) else value


def _guidelines(root: Path) -> str:
    """Read the edition of the guidelines from their title."""
    try:
        found = _EDITION.search(native.read_text(root / "annotations" / "GUIDELINES.md"))
    except MalformedError:
        return "unknown"  # a project of somebody's own may have none
    return found[1] if found else "unknown"
