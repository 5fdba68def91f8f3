"""The beginning of whatever came, fit to stand in an error: printable, short, on one line."""

from __future__ import annotations

from vinee.errors import printable

_MOST_SHOWN = 200


def excerpt(content: bytes) -> str:
    """Quote the first characters of some bytes, and say how many bytes there are in all."""
    if not content:
        return "nothing"
    # Four bytes are the most that a character takes.
    text = content[: 4 * _MOST_SHOWN].decode("utf-8", "backslashreplace")
    if len(content) <= 4 * _MOST_SHOWN and len(text) <= _MOST_SHOWN:
        return f"'{printable(text)}'"
    return f"'{printable(text[:_MOST_SHOWN])}…', {len(content)} bytes"
