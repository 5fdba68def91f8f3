"""The `rules` baseline: word lists and patterns, written without a look at the corpus."""

from __future__ import annotations

from vinee.extractors.rules.extractor import RulesExtractor

__all__ = ["RulesExtractor"]
