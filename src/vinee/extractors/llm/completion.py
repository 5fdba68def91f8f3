"""What an endpoint answers: a chat completion, of which only what is needed is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from vinee.errors import printable
from vinee.extractors.command.excerpt import excerpt
from vinee.extractors.http.client import FinalError
from vinee.extractors.llm.usage import Usage, reported

_MOST_SHOWN = 100
LENGTH = "length"
FILTERED = "content_filter"
REFUSED = "refused"
_NOTHING = Usage()
_ENDINGS = frozenset({LENGTH, FILTERED, REFUSED})


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of a model.

    Attributes:
        content: What it wrote; empty if nothing.
        ending: ``length`` if it was cut off, ``content_filter`` if it was held back, ``refused``
            if the model would not; else empty.
        model: What the endpoint calls the model.
        kind: The kind of response format that was asked for.
        taken: Tokens, also where the answer was on the disk.
    """

    content: str
    ending: str = ""
    model: str = ""
    kind: str = ""
    taken: Usage = _NOTHING


def read(content: bytes, kind: str) -> Reply:
    """Read a completion.

    Raises:
        FinalError: It is none.
    """
    try:
        found = msgspec.json.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _none(content, f"no JSON: {error}") from None
    choices = found.get("choices") if isinstance(found, dict) else None
    if not isinstance(choices, list):
        raise _none(content, "no chat completion")
    model = found.get("model")
    shown = printable(model)[:_MOST_SHOWN] if isinstance(model, str) else ""
    text, ending = _said(choices[0]) if choices else ("", "")
    return Reply(text, ending, shown, kind, reported(found.get("usage")))


def _said(choice: object) -> tuple[str, str]:
    if not isinstance(choice, dict):
        return "", ""
    message = choice.get("message")
    message = message if isinstance(message, dict) else {}
    text = _text(message.get("content"))
    reason = choice.get("finish_reason")
    ending = reason if isinstance(reason, str) and reason in _ENDINGS else ""
    if not text and not ending and message.get("refusal"):
        ending = REFUSED
    return text, ending


def _text(content: Any) -> str:  # noqa: ANN401 - whatever came
    """Give the text, which some endpoints give in parts."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    parts = (part.get("text") for part in content if isinstance(part, dict))
    return "".join(part for part in parts if isinstance(part, str))


def _none(content: bytes, what: str) -> FinalError:
    return FinalError(
        f"what it answered is {what} (got {excerpt(content)}); give the address of an "
        "OpenAI-compatible endpoint, such as https://host/v1"
    )
