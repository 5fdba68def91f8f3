"""Ids for formats in which every item must have one, and the ids of the document back from them.

An item without an id is written with a name that begins with a tilde, such as ``~mentions3``;
an id that itself begins with a tilde is written with two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARK = "~"


def written(id_: str | None, layer: str, index: int) -> str:
    """Give the id to write for an item, the ``index``-th of its layer."""
    if id_ is None:
        return f"{_MARK}{layer}{index}"
    return f"{_MARK}{id_}" if id_.startswith(_MARK) else id_


def original(id_: str) -> str | None:
    """Give back the id that `written` was called with."""
    if id_.startswith(_MARK * 2):
        return id_[1:]
    return None if id_.startswith(_MARK) else id_


def check_unique(ids: Iterable[str], where: Where) -> None:
    """Check that no id is used twice.

    Raises:
        InvalidError: One is; the message names it.
    """
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            problem = f"the id {id_!r} is used twice, and this format tells items apart by id"
            raise InvalidError("id-twice", where, f"{problem}; give each item its own")
        seen.add(id_)
