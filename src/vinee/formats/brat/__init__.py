"""brat stand-off: a text, and beside it a file with one annotation a line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from vinee.errors import InputError, MalformedError, Where
from vinee.formats import folder, native
from vinee.formats.brat import configuration, writing
from vinee.formats.brat.reading import document_of
from vinee.formats.contract import FEATURES, strictly, text_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from vinee.model import Document

__all__ = ["ANNOTATIONS", "Brat"]

ANNOTATIONS = (".ann", ".a1", ".a2")
"""Suffixes of what stands beside a ``.txt``; the last two are BioNLP's: given, and to be found."""


class Brat:
    """A folder with ``<doc_id>.txt`` and ``<doc_id>.ann`` for each document, for the brat tool.

    Everything survives. The text is kept byte for byte; offsets count code points, as ours do.

    ====================  ==================================================================
    ours                  brat's
    ====================  ==================================================================
    mention               ``T`` of the mention's type over the bare span
    extent                ``T`` of type ``EXTENT``, and the relation ``ExtentOf``
    level, gpe_role       attributes ``Level`` (NAM is left unsaid) and ``GpeRole``
    time                  ``T`` of type ``TIMEX``, attributes ``TimexType`` and ``TimexMod``
    value of a time       ``AnnotatorNotes`` with JSON: ``{"value": "2025-08-07"}``
    event                 ``T`` for the trigger, and ``E``; repeated roles are numbered
    span filler           ``T`` of type ``SPAN``
    implicit argument     ``AnnotatorNotes`` of the event: ``{"implicit": ["Place"]}``
    polarity and so on    attributes ``Polarity``, ``Realis``, ``Modality`` of the event
    coreference           ``* Coref T1 T2``, ``* EventCoref E1 E2``; the id of the chain is a
                          note of its first member
    Wikidata item         ``N Reference T1 Wikidata:Q7747`` on the chain's first mention
    ====================  ==================================================================

    What has no place in brat goes, as JSON, into one comment line for the whole document: ids,
    scores, meta, sections, sentences, the entities and chains themselves, empty layers, and
    labels with characters that brat does not allow (``Contact.Meet`` is ``Contact-Meet`` there).
    ``annotation.conf`` has the ontology, and what the documents use beyond it.

    Folders that others made can be read too. Their types stay as they are; a layer of which there
    is no annotation counts as not annotated; an argument that is itself an event becomes the span
    of that event's trigger; and lines that mean nothing to us are kept in ``meta["brat"]``. Beside
    a text may also stand ``.a1`` and ``.a2``, as in BioNLP's shared tasks: they are read as one.
    """

    name: ClassVar[str] = "brat"
    description: ClassVar[str] = "stand-off .txt and .ann with annotation.conf, for the brat tool"
    holds: ClassVar[frozenset[str]] = frozenset(FEATURES)

    def write(self, documents: Iterable[Document], path: Path) -> None:
        """Write documents to a folder.

        Raises:
            InvalidError: A document has no text, an id that cannot name a file, an argument whose
                mention or time is missing, or a span with nothing but line breaks.
        """
        by_stem = folder.stems(documents)
        files = {}
        for stem, document in by_stem.items():
            files[f"{stem}.txt"] = text_of(document)
            files[f"{stem}.ann"] = writing.render(document)
        files["annotation.conf"] = configuration.render(by_stem.values())
        folder.write(path, files)

    def read(self, path: Path, texts: Mapping[str, str] | None = None) -> tuple[Document, ...]:
        """Read documents from a folder; a text without annotations is a document without layers.

        Raises:
            InputError: The first line that cannot be read, refers to nothing, or contradicts the
                text; or annotations have no text beside them.
        """
        return strictly(self.read_rows(path, texts))

    def read_rows(
        self,
        path: Path,
        texts: Mapping[str, str] | None = None,  # noqa: ARG002 - part of the contract; the texts are in the folder
    ) -> Iterator[tuple[Where, Document | InputError]]:
        """Read a folder to its end: each wrong line is an error in its place, and is left out."""
        known = set()
        for file in folder.files(path, ".txt"):
            known.add(file.stem)
            beside = [each for suffix in ANNOTATIONS if (each := file.with_suffix(suffix)).exists()]
            where = Where(str(beside[0] if beside else file.with_suffix(".ann")), None, file.stem)
            try:
                contents = [(replace(where, file=str(b)), native.read_text(b)) for b in beside]
                document, problems = document_of(native.read_text(file), contents, where)
            except InputError as error:
                yield where, error
                continue
            for problem in problems:
                yield problem.where, problem
            if document is not None:
                yield replace(where, doc_id=None), document
        yield from _without_text(path, known)


def _without_text(path: Path, known: Container[str]) -> Iterator[tuple[Where, InputError]]:
    """Find annotations without a text, which would be passed over in silence."""
    for file in folder.visible(path):
        if file.suffix in ANNOTATIONS and file.stem not in known:
            where = Where(file=str(file), doc_id=file.stem)
            problem = f"there is no {file.stem}.txt beside it; add the text, or remove this file"
            yield where, MalformedError("brat-text", where, problem)
