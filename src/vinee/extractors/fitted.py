"""Extractors that learn, fitted once and then used as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.errors import ExtractorError
from vinee.extractors.base import UNKNOWN, Extractor, Trainable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.extractors.base import Seen
    from vinee.model import Document


class Fitted:
    """An extractor that has learnt already, and is not to be fitted again."""

    def __init__(self, extractor: Extractor) -> None:
        self.name = extractor.name
        self.version = extractor.version
        self.claims = extractor.claims
        self.trained_on = extractor.trained_on
        self.licence: str = getattr(extractor, "licence", UNKNOWN)
        self.texts_seen: Seen = getattr(extractor, "texts_seen", "unknown")
        self.extract = extractor.extract


def fit(extractor: Trainable, documents: Sequence[Document]) -> Extractor:
    """Fit an extractor, and check that it stayed as it was.

    Raises:
        ExtractorError: There is nothing to learn from, or it did not give a new extractor.
    """
    fitted: object = extractor.fit(documents)
    if fitted is extractor or not isinstance(fitted, Extractor):
        # One that learns in itself would carry what it saw into the next fold.
        raise ExtractorError(
            f"extractor {extractor.name!r}: fit must return a new extractor and leave this one as "
            f"it was (got {'itself' if fitted is extractor else repr(fitted)})"
        )
    return fitted


def fit_once(extractor: Trainable, documents: Sequence[Document]) -> Fitted:
    """Fit an extractor on all documents, for texts that are none of them.

    Raises:
        ExtractorError: As of `fit`.
    """
    return Fitted(fit(extractor, documents))
