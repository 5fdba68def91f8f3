"""A language model behind an OpenAI-compatible endpoint as an extractor."""

from __future__ import annotations

from vinee.extractors.llm.extractor import FewShotLlmExtractor, LlmExtractor
from vinee.extractors.llm.usage import Price, Usage

__all__ = ["FewShotLlmExtractor", "LlmExtractor", "Price", "Usage"]
