"""Keys that stand twice in one JSON object, of which decoders keep the last in silence.

Each pair of an object has one colon outside of strings. If there are as many colons in what was
decoded and encoded again as there were before, no pair was lost. Only where the numbers differ is
the JSON read again with all its pairs.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from vinee.errors import MalformedError, Where
from vinee.formats import diagnosis

if TYPE_CHECKING:
    from collections.abc import Iterator

ESCAPED_COLON = b"\\u003"
"""What a colon that is written as an escape begins with; it is one more after encoding."""


class _Pairs(list[tuple[str, object]]):
    """All pairs of an object, in order."""


def find_twice(content: bytes, where: Where) -> MalformedError | None:
    """Find the first key that stands twice in an object.

    Args:
        content: JSON that can be decoded; of any other nothing is said.
        where: The place of the JSON.
    """
    if _loses_nothing(content):
        return None
    try:
        value = json.loads(content, object_pairs_hook=_Pairs, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return None
    found = next(_twice(value), None)
    if found is None:
        return None
    path, key = found
    where = diagnosis.named(dict(value) if isinstance(value, _Pairs) else value, where)
    return MalformedError(
        "key-twice",
        Where(where.file, where.line, where.doc_id, f"{path}.{key}"),
        f"the key {key!r} stands twice in one object, where the last would hide what comes "
        "before it; keep one of them, or put what they hold together",
    )


def _loses_nothing(content: bytes) -> bool:
    """Tell whether decoding keeps all pairs; if not true, nothing follows."""
    if ESCAPED_COLON in content:
        return False
    try:
        again = msgspec.json.encode(msgspec.json.decode(content))
    except (ValueError, RecursionError):
        return False
    return again.count(b":") == content.count(b":")


def _twice(value: object) -> Iterator[tuple[str, str]]:
    """Give the path of each object with a key that stood in it before, and the key."""
    waiting: list[tuple[str, object]] = [("$", value)]
    while waiting:
        path, item = waiting.pop()
        inner: list[tuple[str, object]] = []
        if isinstance(item, _Pairs):
            seen: set[str] = set()
            for key, part in item:
                if key in seen:
                    yield path, key
                seen.add(key)
                inner.append((f"{path}.{key}", part))
        elif isinstance(item, list):
            inner += ((f"{path}[{index}]", part) for index, part in enumerate(item))
        waiting += reversed(inner)
