"""A blind annotator's pass as an extractor: what a careful reader reaches against the gold."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from vinee import ontology, resources
from vinee.corpus import gold, quoted
from vinee.errors import ExtractorError
from vinee.extractors.base import Claims, text_of
from vinee.model import Document, Level

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class AnnotatorExtractor:
    """Gives what an annotator handed in for the articles of the corpus; it knows no other text.

    The pass is one that the gold was not made of, so that it stands beside the systems as
    what the guidelines alone make of the articles. ``annotations/edition.yaml`` says which.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Take the pass of a folder, or the one that the edition names."""
        self._folder = folder

    @property
    def name(self) -> str:
        """Name of the annotator."""
        return f"annotator {self._pass.name}"

    @property
    def version(self) -> str:
        """The guidelines that the annotator followed."""
        versions = {handed_in.guidelines for _, handed_in in quoted.passes(self._pass)}
        return f"guidelines {', '.join(sorted(versions))}"

    @property
    def claims(self) -> Claims:
        """All labels."""
        labels = ontology.default()
        return Claims(
            entities=labels.fine_labels,
            timexes=True,
            events=labels.event_labels,
            roles=labels.role_labels,
            levels=get_args(Level),
            chains=True,
            event_chains=True,
        )

    licence = "CC-BY-4.0"
    texts_seen = "yes"

    @property
    def trained_on(self) -> str:
        """Who annotated, in plain words."""
        return gold.edition().ceiling.about

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        """Give the annotator's layers of each document.

        Raises:
            NotAnnotatedError: The annotator had another text under that name, or none.
            InputError: The pass cannot be read.
        """
        known = {document.doc_id: document for document in quoted.resolved(self._pass)}
        return [_of(document, known.get(document.doc_id), self.name) for document in documents]

    @property
    def _pass(self) -> Path:
        if self._folder is not None:
            return self._folder
        return resources.root() / "annotations" / "passes" / gold.edition().ceiling.annotator


class NotAnnotatedError(ExtractorError):
    """The annotator did not annotate an article, or another text under its name."""


def _of(document: Document, handed_in: Document | None, name: str) -> Document:
    if handed_in is None or handed_in.text != text_of(document):
        what = "did not annotate it" if handed_in is None else "annotated another text"
        raise NotAnnotatedError(
            f"{name}: document {document.doc_id!r}: the annotator {what}; "
            "run this one on the articles of the corpus only"
        )
    return Document(
        document.doc_id,
        mentions=handed_in.mentions,
        entities=handed_in.entities,
        timexes=handed_in.timexes,
        events=handed_in.events,
        chains=handed_in.chains,
    )
