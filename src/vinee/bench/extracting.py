"""One document through an extractor: what it may see, and whether what it gave can be used."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from vinee.bench.judged import checked, fit, place
from vinee.errors import ExtractorError, MissingExtraError
from vinee.extractors import raised
from vinee.extractors.callables import CallableExtractor
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.bench.judged import Labels
    from vinee.extractors import Extractor


def without_gold(document: Document) -> Document:
    """Return what an extractor may see: text and layout, and no layer that is scored."""
    return Document(
        document.doc_id,
        text=document.text,
        sections=document.sections,
        sentences=document.sentences,
    )


def speaking(extractor: Extractor, spoken: Labels) -> Extractor:
    """Let a plain callable use the labels of the gold, and those that a map renames."""
    if isinstance(extractor, CallableExtractor) and (spoken.are_own or spoken.map is not None):
        return extractor.with_labels((*spoken.known.fine_labels, *spoken.sources))
    return extractor


def asked(extractor: Extractor, document: Document) -> list[Document]:
    """Give an extractor one document, and return whatever it gave for it.

    Raises:
        ExtractorError: It failed, or raised anything; the message names the document.
        MissingExtraError: It needs a package that is not installed.
    """
    with blamed(extractor, document):
        return list(extractor.extract([without_gold(document)]))


def annotated(extractor: Extractor, document: Document, spoken: Labels) -> Document:
    """Give what an extractor finds in one document, as a run of it would store that.

    Args:
        extractor: Fitted already, if it learns.
        document: With text, sections and sentences.
        spoken: The labels that there are, and the map that leads to them.

    Raises:
        ExtractorError: It failed, or what it gave breaks the contract.
        MissingExtraError: It needs a package that is not installed.
        InvalidError: The map leads to a label that is not known.
    """
    given = fit(extractor, document, asked(extractor, document), spoken)
    return checked(extractor.name, [given], [document], spoken).documents[0]


@contextmanager
def blamed(extractor: Extractor, document: Document) -> Iterator[None]:
    """Turn whatever is raised inside into an `ExtractorError` that names both."""
    try:
        yield
    except (ExtractorError, MissingExtraError):
        raise
    except raised.ANYTHING as error:
        raise ExtractorError(f"{place(extractor, document)}: {raised.said(error)}") from error
