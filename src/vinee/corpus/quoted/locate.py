"""Where a quote stands."""

from __future__ import annotations

from vinee import text as segment
from vinee.errors import InvalidError, Where


def find(text: str, quote: str, n: int | None, where: Where) -> tuple[int, int]:
    """Return the half-open span of the ``n``-th place where ``quote`` stands exactly.

    Raises:
        InvalidError: It is not there, or more than once and ``n`` does not say which is meant.
    """
    found = segment.ground(text, quote)
    matches = found.matches if all(text[s:e] == quote for s, e in found.matches) else ()
    if not matches:
        raise InvalidError(
            "pass-quote", where, f"{quote!r} does not stand in {text[:60]!r}…; quote it exactly"
        )
    if n is None and len(matches) > 1:
        raise InvalidError(
            "pass-quote",
            where,
            f"{quote!r} stands {len(matches)} times in {text[:60]!r}…; say which one with n",
        )
    if n is not None and not 1 <= n <= len(matches):
        raise InvalidError(
            "pass-quote",
            where,
            f"n is {n}, but {quote!r} stands {len(matches)} times in {text[:60]!r}…",
        )
    return matches[(n or 1) - 1]
