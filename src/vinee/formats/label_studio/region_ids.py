"""Ids of regions, and the ids of the document back from them.

As in `identity`, save for what the editor does to ids: it drops a number sign and all that follows,
so that two regions become one, and gives a region whose id is empty another. Such signs are written
as in addresses, ``%23``, and an empty id as ``%`` alone.
"""

from __future__ import annotations

from vinee.formats import identity

_SIGNS = {"%": "%25", "#": "%23"}
_EMPTY = "%"


def written(id_: str | None, layer: str, index: int) -> str:
    """Give the region's id for an item, the ``index``-th of its layer."""
    if id_ == "":
        return _EMPTY
    region = identity.written(id_, layer, index)
    for sign, code in _SIGNS.items():
        region = region.replace(sign, code)
    return region


def original(region: str) -> str | None:
    """Give back the id that `written` was called with."""
    if region == _EMPTY:
        return ""
    if "%" in region:
        for sign, code in reversed(_SIGNS.items()):
            region = region.replace(code, sign)
    return identity.original(region)
