"""Models of other libraries as extractors: spaCy, stanza, transformers, GLiNER.

Each is named ``LIBRARY:MODEL`` and needs the extra of its library's name; the libraries are
imported when a model is loaded.
"""

from __future__ import annotations

from vinee.extractors.models.gliner_models import GlinerExtractor
from vinee.extractors.models.spacy_models import SpacyExtractor
from vinee.extractors.models.stanza_models import StanzaExtractor
from vinee.extractors.models.transformers_models import TransformersExtractor

__all__ = ["GlinerExtractor", "SpacyExtractor", "StanzaExtractor", "TransformersExtractor"]
