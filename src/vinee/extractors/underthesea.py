"""underthesea's named-entity recogniser as an extractor."""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING

from vinee.errors import MissingExtraError
from vinee.extractors.base import Claims, named_mentions, sentence_spans, text_of
from vinee.model import Document
from vinee.text import align_tokens, decode

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Sequence

    Tagger = Callable[[str], list[tuple[str, str, str, str]]]

_PACKAGE = "underthesea"
_EXTRA = "baselines"


class UndertheseaExtractor:
    """``underthesea.ner()``, a conditional random field over words, sentence by sentence.

    It gives names only, with the coarse labels, and tokens without offsets; the aligner brings
    these onto the text, and what it had to repair or could not ground is counted in
    ``meta["alignment"]``.

    Needs the extra ``baselines``.
    """

    name = "underthesea"
    claims = Claims(entities=("PER", "LOC", "ORG", "MISC"), scheme="coarse")
    requires = (_PACKAGE,)
    licence = "Apache-2.0"
    texts_seen = "no"
    # Its maintainer's words of 2018; the package itself documents no training data.
    trained_on = (
        "VLSP 2016 NER, training and test part, according to its maintainer "
        "(undertheseanlp/underthesea, issues 207 and 208); its model files are dated 2017 "
        "(tagger, chunker, recogniser) and July 2023 (word segmenter), so that texts "
        "written later are not in it"
    )

    @property
    def version(self) -> str:
        """Version of the installed package.

        Raises:
            MissingExtraError: It is not installed.
        """
        try:
            return metadata.version(_PACKAGE)
        except metadata.PackageNotFoundError as error:
            raise MissingExtraError(_PACKAGE, _EXTRA) from error

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        """Annotate documents with mentions of level NAM.

        Raises:
            MissingExtraError: underthesea is not installed.
            ExtractorError: A document has no text.
        """
        try:
            from underthesea import ner
        except ModuleNotFoundError as error:
            raise MissingExtraError(_PACKAGE, _EXTRA) from error
        return [_annotate(document, ner) for document in documents]


def _annotate(document: Document, ner: Tagger) -> Document:
    from collections import Counter

    text = text_of(document)
    counts: Counter[str] = Counter(exact=0, repaired=0, ungrounded=0)
    spans: list[tuple[int, int, str]] = []
    for start, end in sentence_spans(document):
        spans += [
            (start + first, start + last, label)
            for first, last, label in _tag(text[start:end], ner, counts)
        ]
    return Document(
        document.doc_id,
        mentions=named_mentions(text, spans),
        meta={"alignment": dict(counts)},
    )


def _tag(sentence: str, ner: Tagger, counts: Counter[str]) -> list[tuple[int, int, str]]:
    tagged = ner(sentence) if sentence.strip() else []
    alignment = align_tokens(sentence, [token for token, *_ in tagged])
    counts["exact"] += alignment.exact
    counts["repaired"] += alignment.repaired
    counts["ungrounded"] += alignment.ungrounded
    grounded = [
        (span, tag)
        for span, (*_, tag) in zip(alignment.spans, tagged, strict=True)
        if span is not None
    ]
    return decode([span for span, _ in grounded], [tag for _, tag in grounded])
