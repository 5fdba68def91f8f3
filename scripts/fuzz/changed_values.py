"""Changes of the values in JSON and in rows of Parquet, so that what comes of it can be parsed.

Changed bytes seldom get past a parser. These do, and reach what is behind it: checks of types,
ranges and references.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from changed_bytes import flip

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Iterator

ASCII = 0.5  # of the JSON is written with escapes
DEEP = 0.02  # of it is nested deeper than a parser may follow


def _nodes(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 - any JSON
    keys: Iterable[Any] = ()
    if isinstance(value, dict):
        keys = list(value)
    elif isinstance(value, list):
        keys = range(len(value))
    for key in keys:
        yield value, key
        yield from _nodes(value[key])


_VALUES: tuple[Callable[[random.Random], Any], ...] = (
    lambda _: None,
    lambda _: True,
    lambda rng: rng.choice((-1, 0, 1, 10**6, 2**31, 2**63, 2**64, 10**40, -(2**63))),
    lambda rng: rng.choice((0.5, 1e308, float("nan"), float("inf"), -float("inf"), -0.0)),
    lambda rng: rng.choice(("", "\ud800", "\udc00x", "\x00", "\u202e", "a" * 5000, "PER", "m1")),
    lambda _: [],
    lambda _: {},
    lambda _: [[]],
    lambda _: {"id": None},
    lambda _: ["x", 1, None],
)


def _json_change(rng: random.Random, value: Any) -> Any:  # noqa: ANN401 - any JSON
    places = list(_nodes(value))
    if not places:
        return rng.choice(_VALUES)(rng)
    holder, key = rng.choice(places)
    match rng.randrange(7):
        case 0 if isinstance(holder, dict):
            new = rng.choice((f"{key}x", "", str(key).upper(), "id", "text", "start"))
            holder[new] = holder.pop(key)
        case 1:
            del holder[key]
        case 2 if isinstance(holder, list):
            holder[key:key] = [holder[key]] * rng.choice((1, 1, 30))
        case 3 if type(holder[key]) is int:
            holder[key] += rng.choice((-1, 1, 10, -1000, 10**6))
        case 4:
            source, at = rng.choice(places)
            holder[key] = json.loads(json.dumps(source[at]))
        case _:
            holder[key] = rng.choice(_VALUES)(rng)
    return value


def _dumped(rng: random.Random, value: Any) -> bytes:  # noqa: ANN401 - any JSON
    text = json.dumps(value, ensure_ascii=rng.random() < ASCII)
    if rng.random() < DEEP:
        deep = rng.choice((100, 5_000, 100_000))
        text = text.replace("null", "[" * deep + "]" * deep, 1)
    return text.encode("utf-8", "surrogatepass")


def in_json(rng: random.Random, content: bytes) -> bytes:
    """Change a value of a JSON file, or of one line of JSON Lines."""
    lines = [content] if content.lstrip()[:1] == b"[" else content.split(b"\n")
    at = rng.randrange(len(lines))
    try:
        value = json.loads(lines[at])
    except (ValueError, RecursionError):
        return flip(rng, content)
    for _ in range(rng.choice((1, 1, 2, 5))):
        value = _json_change(rng, value)
    lines[at] = _dumped(rng, value)
    return b"\n".join(lines)


def in_rows(rng: random.Random, content: bytes) -> bytes:
    """Change a value of a row of Parquet, of which pyarrow then makes columns anew."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows = pq.ParquetFile(io.BytesIO(content)).read().to_pylist()
        for _ in range(rng.choice((1, 1, 2))):
            rows = _json_change(rng, rows)
        written = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows), written)
    except (pa.ArrowException, ValueError, TypeError, AttributeError, OverflowError, OSError):
        return flip(rng, content)  # of such rows there is no Parquet
    return written.getvalue()
