"""underthesea's named-entity recogniser as an extractor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.errors import MissingExtraError
from vinee.extractors.base import Claims
from vinee.extractors.installed import package_version
from vinee.extractors.tagged import annotated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.model import Document

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
        return package_version(_PACKAGE, _EXTRA)

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

        def tagger(sentence: str) -> list[tuple[str, str]]:
            return [(token, tag) for token, *_, tag in ner(sentence)]

        return [annotated(document, tagger) for document in documents]
