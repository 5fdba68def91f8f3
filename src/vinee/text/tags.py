"""IOB2 tags over tokens: typed spans in, tags out, and back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def encode(tokens: Sequence[tuple[int, int]], spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """Write typed spans as IOB2 tags.

    A span that starts or ends inside a token covers that token.

    Args:
        tokens: Half-open token spans in code points, ascending and disjoint.
        spans: ``(start, end, type)`` in any order.

    Returns:
        One tag for each token: ``O``, ``B-type`` or ``I-type``.

    Raises:
        InvalidError: A span covers no token, or two spans share one, which tags cannot say.
    """
    starts = [start for start, _ in tokens]
    ends = [end for _, end in tokens]
    tags = ["O"] * len(tokens)
    for start, end, kind in sorted(spans):
        first = bisect_right(ends, start)
        last = bisect_left(starts, end)
        if start >= end or first >= last:
            problem = f"span [{start}, {end}) of type {kind!r} covers no token; leave it out"
            raise InvalidError("span-without-token", Where(), problem)
        if any(tag != "O" for tag in tags[first:last]):
            problem = (
                f"span [{start}, {end}) of type {kind!r} shares a token with another span; "
                "IOB2 tags hold flat spans only: choose one of the two"
            )
            raise InvalidError("span-overlap", Where(), problem)
        tags[first:last] = [f"B-{kind}"] + [f"I-{kind}"] * (last - first - 1)
    return tags


def decode(tokens: Sequence[tuple[int, int]], tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Read IOB2 tags as typed spans, as seqeval does in its default mode.

    An ``I-`` that continues no span of its type opens one.

    Args:
        tokens: Half-open token spans in code points, ascending and disjoint.
        tags: One tag for each token.

    Returns:
        ``(start, end, type)`` in code points, ascending and disjoint.

    Raises:
        InvalidError: There are more or fewer tags than tokens, or a tag is none of ``O``,
            ``B-type`` and ``I-type``.
    """
    if len(tags) != len(tokens):
        problem = f"{len(tags)} tags for {len(tokens)} tokens; give one tag for each token"
        raise InvalidError("tag-count", Where(), problem)
    spans: list[tuple[int, int, str]] = []
    previous = "O"
    for index, ((start, end), tag) in enumerate(zip(tokens, tags, strict=True)):
        prefix, _, kind = tag.partition("-")
        if tag != "O" and (prefix not in {"B", "I"} or not kind):
            problem = f"tag {tag!r} must be 'O', 'B-type' or 'I-type'"
            raise InvalidError("tag-form", Where(path=f"$[{index}]"), problem)
        if prefix == "I" and previous[2:] == kind:
            spans[-1] = (spans[-1][0], end, kind)
        elif tag != "O":
            spans.append((start, end, kind))
        previous = tag
    return spans
