"""What both directions share: spaCy itself, and the span group of each level."""

from __future__ import annotations

from typing import Any, get_args

from vinee.errors import MissingExtraError
from vinee.model import Level

NOTE = "vinee"


def spacy_tokens() -> Any:  # noqa: ANN401 - a module that need not be installed
    """Import ``spacy.tokens``.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import spacy.tokens
    except ModuleNotFoundError as error:
        raise MissingExtraError("spacy", "spacy") from error
    return spacy.tokens


def vocabulary() -> Any:  # noqa: ANN401 - a `spacy.vocab.Vocab`, which is imported here only
    """Make an empty vocabulary: strings, and no language's rules."""
    from spacy.vocab import Vocab

    return Vocab()


def groups(key: str) -> dict[Level, str]:
    """Give the name of the span group of each level."""
    return {level: key if level == "NAM" else f"{key}.{level}" for level in get_args(Level)}
