"""vntk, a toolkit for Node: its named-entity recogniser, a conditional random field over words.

Run it with `make systems`, or beside a folder ``node_modules`` with vntk: ``vinee run
vntk:VntkExtractor``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import node

from vinee.extractors import Claims
from vinee.extractors.base import sentence_spans, text_of
from vinee.extractors.tagged import annotated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.model import Document

MODEL = node.PACKAGES / "vntk" / "lib" / "ner" / "model.bin"


class VntkExtractor:
    """``vntk.ner()``, sentence by sentence; names with the coarse labels."""

    name = "vntk"
    claims = Claims(entities=("PER", "LOC", "ORG", "MISC"), scheme="coarse")
    licence = "MIT"
    texts_seen = "no"  # the model is of 2017
    trained_on = (
        "as underthesea, whose model of 2017 it carries, byte for byte; it makes words and "
        "features in its own way, so that it is this model with another tokenizer"
    )

    @property
    def version(self) -> str:
        """Versions of the package and of the library that reads its models."""
        return f"{node.version('vntk')} (crfsuite for Node {node.version('crfsuite')})"

    def extract(self, documents: Sequence[Document]) -> Iterator[Document]:
        """Annotate documents with mentions of level NAM; starts Node once for each."""
        return map(_annotate, documents)


def _annotate(document: Document) -> Document:
    text = text_of(document)
    sentences = [text[start:end] for start, end in sentence_spans(document)]
    tagged = dict(zip(sentences, node.answer("vntk.js", sentences), strict=True))
    return annotated(document, lambda sentence: tagged[sentence])
