"""Extractors: what maps documents to annotations, and how one is found by name.

Every extractor says what it can produce (`Claims`) and what it was trained on. Heavy packages
are imported only when an extractor runs.
"""

from __future__ import annotations

from vinee.extractors.base import Claims, Extractor, Trainable
from vinee.extractors.callables import CallableExtractor
from vinee.extractors.forms import Entry
from vinee.extractors.registry import available, resolve

__all__ = [
    "CallableExtractor",
    "Claims",
    "Entry",
    "Extractor",
    "Trainable",
    "available",
    "resolve",
]
