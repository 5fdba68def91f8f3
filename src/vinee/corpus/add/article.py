"""Whether a file is fit to become an article, and whether the corpus has it already."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vinee import text as segment
from vinee.corpus import leakage, seeds
from vinee.corpus.leakage.syllables import syllables
from vinee.errors import InvalidError, MalformedError, Where
from vinee.formats import native

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Form = Literal["NFC", "NFD", "mixed"]

# Safe on every file system: no accents, which some rewrite, and no separators.
_SAFE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Article:
    """An article that may be added.

    Attributes:
        doc_id: Its id, which becomes the seed's file name.
        content: The bytes of the file, which are kept as they are.
        text: These decoded as UTF-8.
        form: The Unicode form of the text.
        overlap: Its sentences that stand, nearly the same, in articles of the corpus.
    """

    doc_id: str
    content: bytes
    text: str
    form: Form
    overlap: leakage.Report


def check(path: Path, root: Path, doc_id: str | None = None) -> Article:
    """Check a file against the articles of a project.

    Args:
        path: The file, plain text in UTF-8.
        root: The project folder.
        doc_id: Its id; the file's stem if not given.

    Raises:
        MalformedError: It cannot be read, is not UTF-8, or begins with a byte order mark.
        InvalidError: It has no words, its text is in the corpus already, or its id is taken or
            unfit as a file name.
    """
    content, text = native.read_bytes(path), native.read_text(path)
    where = Where(file=str(path))
    if text.startswith(_BOM):
        problem = "begins with a byte order mark; save as UTF-8 without BOM"
        raise MalformedError("bom", where, problem)
    if not syllables(text):
        raise InvalidError("article-empty", where, "the file holds no words; choose another")
    folder = root / "seeds"
    known = {each: seeds.text(each, folder) for each in seeds.doc_ids(folder)}
    _check_text_is_new(text, known, where)
    name = path.stem if doc_id is None else doc_id
    _check_id_is_new(name, root, where)
    ours = (sentence for each in known.items() for sentence in _sentences(*each))
    return Article(name, content, text, _form(text), leakage.between(ours, _sentences(name, text)))


def _sentences(doc_id: str, text: str) -> Iterator[leakage.Sentence]:
    for number, (start, end) in enumerate(segment.sentences(text)):
        yield leakage.Sentence(text[start:end], doc_id, number, Where())


def _check_text_is_new(text: str, known: Mapping[str, str], where: Where) -> None:
    """Compare folded syllables: another Unicode form or layout makes no other article."""
    sequence = syllables(text)
    for doc_id, other in known.items():
        if syllables(other) == sequence:
            problem = f"the corpus has this text already, as {doc_id}; add another article"
            raise InvalidError("article-known", where, problem)


def _check_id_is_new(doc_id: str, root: Path, where: Where) -> None:
    if not _SAFE.fullmatch(doc_id):
        problem = (
            f"{doc_id!r} is not fit as a file name everywhere; give --doc-id up to 100 of "
            "A-Z a-z 0-9 . _ -, beginning with a letter or digit and not ending with a dot"
        )
        raise InvalidError("doc-id-unsafe", where, problem)
    annotations = root / "annotations"
    files = [*(root / "seeds").glob("*.txt"), *annotations.glob("*/*.json")]
    for file in (*files, *annotations.glob("passes/*/*.json")):
        # Some file systems do not tell case apart.
        if file.stem.casefold() == doc_id.casefold():
            problem = f"the id {doc_id!r} is taken by {file}; give another with --doc-id"
            raise InvalidError("doc-id-taken", where, problem)


def _form(text: str) -> Form:
    if unicodedata.is_normalized("NFC", text):
        return "NFC"
    return "NFD" if unicodedata.is_normalized("NFD", text) else "mixed"
