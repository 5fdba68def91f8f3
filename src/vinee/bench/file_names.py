"""The name of a system as the name of its files."""

from __future__ import annotations

import hashlib
import re

_LONGEST = 100  # bytes; the longest that file systems take is 255, and endings follow
_DIGITS = 8


def file_name(name: str) -> str:
    """Give a system's name as a file name: what is not a letter, digit, ``.+-`` becomes ``_``.

    A hash of the name is appended where more than spaces were changed, so that no two such names
    share a file; so it is to a long name, which is cut, and to one that ends as the files of
    unfinished runs do.
    """
    safe = re.sub(r"[^\w.+-]", "_", name)
    encoded = safe.encode("utf-8")
    is_kept = safe == name.replace(" ", "_") and len(encoded) <= _LONGEST
    if is_kept and not safe.casefold().endswith(".partial"):
        return safe
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return f"{encoded[:_LONGEST].decode('utf-8', 'ignore')}-{digest}"
