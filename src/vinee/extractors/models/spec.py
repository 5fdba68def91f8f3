"""``LIBRARY:MODEL``: a model of another library by its name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from vinee.extractors.models.base import ModelExtractor

LIBRARIES = {
    "gliner": "GlinerExtractor",
    "spacy": "SpacyExtractor",
    "stanza": "StanzaExtractor",
    "transformers": "TransformersExtractor",
}
"""The extractor for each library that a specification may name."""


def made(spec: str) -> ModelExtractor:
    """Make the extractor for ``LIBRARY:MODEL``; the model is loaded when it is asked.

    Raises:
        ExtractorError: No model is named.
    """
    library, _, model = spec.partition(":")
    module = import_module(f"vinee.extractors.models.{library}_models")
    return cast("ModelExtractor", getattr(module, LIBRARIES[library])(model.strip()))
