"""ViNLP's named-entity recogniser: a conditional random field over words, tags and chunks.

Run it with `make systems`, or where ViNLP is installed: ``vinee run vinlp:VinlpExtractor``.
"""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING

from vinee.errors import ExtractorError
from vinee.extractors import Claims
from vinee.extractors.tagged import annotated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.model import Document


class VinlpExtractor:
    """``ViNLP.ner()``, sentence by sentence; names with the coarse labels."""

    name = "ViNLP"
    claims = Claims(entities=("PER", "LOC", "ORG", "MISC"), scheme="coarse")
    licence = "MIT"
    texts_seen = "no"  # the package is of 2021
    trained_on = (
        "VLSP 2013 and VLSP 2016, according to its documentation, which does not say whether the "
        "test parts are in it; the package is of August 2021, so that texts written later are not"
    )

    @property
    def version(self) -> str:
        """Versions of the package and of the library that reads its models."""
        try:
            versions = [metadata.version(name) for name in ("ViNLP", "python-crfsuite")]
        except metadata.PackageNotFoundError as error:
            raise ExtractorError("ViNLP is not installed; `make systems` does it") from error
        return "{} (python-crfsuite {})".format(*versions)

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        """Annotate documents with mentions of level NAM."""
        from ViNLP import ner

        def tagger(sentence: str) -> list[tuple[str, str]]:
            return [(token, tag) for token, *_, tag in ner(sentence)]

        return [annotated(document, tagger) for document in documents]
