"""A shell command as an extractor: JSON Lines over its standard input and output."""

from __future__ import annotations

from vinee.extractors.command.extractor import CommandExtractor

__all__ = ["CommandExtractor"]
