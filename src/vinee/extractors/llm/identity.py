"""A version that changes with whatever decides the answers, so that no run mixes two prompts."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from vinee.extractors.llm import prompts
from vinee.extractors.llm.cache import canonical
from vinee.extractors.llm.schema import schema
from vinee.extractors.llm.shots import LONGEST

if TYPE_CHECKING:
    from vinee.extractors.llm.settings import Settings

_DIGITS = 12
_EDITION = 1  # raised when the same answers come to be read or placed differently


def version(model: str, weights: str, url: str, system: str, settings: Settings) -> str:
    """Name model and settings, and hash all that decides the answers.

    Args:
        model: Name of the model.
        weights: What the user says of the model's version; may be empty.
        url: Address of the endpoint, as it may be shown.
        system: The instructions.
        settings: How the model is asked.
    """
    decides = {
        "edition": _EDITION,
        "url": url,
        "model": [model, weights],
        "prompt": [system, prompts.text_message(""), prompts.again(settings, "")],
        "schema": schema(settings),
        "settings": settings.plain(),
        "longest shot": LONGEST,
    }
    digest = sha256(canonical(decides)).hexdigest()[:_DIGITS]
    said = f"{model} {weights}" if weights else model
    return f"{said} ({settings}; prompt {digest})"
