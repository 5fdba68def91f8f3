"""The `rules` baseline: word lists and patterns.

Their author saw neither articles nor gold, but did see the ontology with its examples. Those
were chosen by someone who had read the articles, and so the lists profit from them indirectly.
"""

from __future__ import annotations

from vinee.extractors.rules.extractor import RulesExtractor

__all__ = ["RulesExtractor"]
