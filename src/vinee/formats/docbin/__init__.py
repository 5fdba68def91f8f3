"""spaCy's ``DocBin``: annotated documents in one ``.spacy`` file, as ``spacy train`` takes them.

Tokens are our syllables, and runs of white space but for the single blank after a token, as in
spaCy's own tokenisers; so the text is kept to the last character. Names are in the span group
``sc``, however they nest or cross, nominal mentions in ``sc.NOM`` and pronouns in ``sc.PRO``;
``Span.label_`` is the type and ``Span.id_`` the id. ``doc.ents``, which must be flat, has the
outermost names (of crossing ones the longest). A mention that cuts a syllable is widened to it.
``doc.user_data["vinee"]`` is JSON with the id of the document and meta. Sentences begin where
ours do, as far as they begin with a token; they are not read back, for a spaCy sentence has no
white space between it and the next.

Read is what models write too: entities and span groups together, each mention once, and the id of
a document from ``user_data["doc_id"]`` or ``Doc._.doc_id``, else after the file and the place in
it. Offsets are code points, as ours are.

A file is zlib over msgpack; nothing in it is unpickled or run, user data included, and it is
not unpacked beyond a limit. Needs the extra ``spacy``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from vinee.formats import atomic, folder
from vinee.formats.docbin import reading, writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from vinee.model import Document

__all__ = ["SpacyDocBin"]

_SUFFIX = ".spacy"


@dataclass(frozen=True)
class SpacyDocBin:
    """Mentions as entities and span groups in a file for spaCy.

    Attributes:
        key: The span group of nested names, ``sc`` in spaCy's own components.
    """

    key: str = "sc"
    name: ClassVar[str] = "spacy"
    description: ClassVar[str] = "spaCy's DocBin: entities, and nested mentions as span groups"
    holds: ClassVar[frozenset[str]] = frozenset(
        {"text", "meta", "ids", "mentions", "mentions.level"}
        | {"mentions.nested", "mentions.crossing", "mentions.repeated"}
    )

    def write(self, documents: Iterable[Document], path: Path) -> None:
        """Write documents to a file; the same documents always give the same bytes.

        Raises:
            MissingExtraError: spaCy is not installed.
            InvalidError: A document has no text, or a mention that holds no syllable.
        """
        atomic.write_bytes(path, writing.content(documents, self.key))

    def read(self, path: Path, texts: Mapping[str, str] | None = None) -> tuple[Document, ...]:  # noqa: ARG002 - part of the contract; the texts are in the file
        """Read a file, or the ``*.spacy`` files of a folder.

        Raises:
            MissingExtraError: spaCy is not installed.
            MalformedError: A file cannot be read, or is no DocBin.
            InvalidError: A span is outside of its text.
        """
        files = folder.files(path, _SUFFIX) if path.is_dir() else [path]
        return tuple(document for file in files for document in reading.documents(file, self.key))
