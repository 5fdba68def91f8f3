"""An HTTP endpoint as an extractor: one document is posted, one comes back."""

from __future__ import annotations

from vinee.extractors.http.extractor import HttpExtractor

__all__ = ["HttpExtractor"]
