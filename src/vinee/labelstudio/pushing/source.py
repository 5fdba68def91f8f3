"""The documents of a push: gold, a folder, a file in any format, or plain articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.corpus import gold, seeds
from vinee.corpus.add import layout
from vinee.corpus.findings import Finding
from vinee.corpus.foreign import opening
from vinee.errors import InputError, MalformedError, Where
from vinee.formats import native
from vinee.labelstudio.pushing.refusing import PushError

if TYPE_CHECKING:
    from pathlib import Path

    from vinee.model import Document

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Source:
    """What was read.

    Attributes:
        documents: The documents, each with a text; articles have sections and sentences by rule.
        notes: How they were read, in words.
    """

    documents: tuple[Document, ...]
    notes: tuple[str, ...] = ()


def read(path: Path | None, form: str | None = None) -> Source:
    """Read documents in any format; ours if no path is given.

    Raises:
        UnknownNameError: There is no such format.
        PushError: A document cannot be read, or has no text.
    """
    if path is None:
        return Source(gold.documents())
    opened = opening.read(path, form)
    findings = [
        Finding(item.code, "error", item.where, item.problem)
        for _, item in opened.rows
        if isinstance(item, InputError)
    ]
    findings += [
        Finding("no-text", "error", Where(where.file, where.line, item.doc_id), message)
        for where, item in opened.rows
        if not isinstance(item, InputError) and item.text is None
        for message in ["the document has no text, which annotators are to see; add it"]
    ]
    if findings:
        raise PushError(findings)
    how = () if opened.how is None else (f"detected as {opened.how}",)
    return Source(opened.whole, (*how, *opened.notes))


def articles(path: Path | None) -> Source:
    """Read plain texts, one a file, named after its document; the seeds if no path is given.

    Args:
        path: A ``.txt`` file, or a folder of such files.

    Raises:
        PushError: One is not UTF-8 or begins with a byte order mark.
        MalformedError: There is none.
    """
    folder = seeds.folder() if path is None else path
    files = [folder] if folder.is_file() else sorted(folder.glob("*.txt"))
    if not files:
        problem = "there is no article here; give a .txt file or a folder of such files"
        raise MalformedError("no-documents", Where(file=str(folder)), problem)
    documents: list[Document] = []
    findings: list[Finding] = []
    for file in files:
        where = Where(file=str(file))
        try:
            text = native.read_text(file)
        except InputError as error:
            findings.append(Finding(error.code, "error", where, error.problem))
            continue
        if text.startswith(_BOM):
            message = "begins with a byte order mark; save as UTF-8 without it"
            findings.append(Finding("bom", "error", where, message))
        elif not text.strip():
            message = "holds no words; leave it out"
            findings.append(Finding("no-text", "error", where, message))
        else:
            documents.append(layout(file.stem, text))
    if findings:
        raise PushError(findings)
    return Source(tuple(documents))
