"""The edition of the annotation guidelines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vinee import resources
from vinee.errors import InvalidError, Where
from vinee.formats import native

if TYPE_CHECKING:
    from pathlib import Path

_EDITION = re.compile(r"\A# .*\bedition (?P<edition>\d+(?:\.\d+)*)\s*$", re.MULTILINE)


def edition(root: Path | None = None) -> str:
    """Return the edition that the heading of ``GUIDELINES.md`` of a project names, ours if none.

    Raises:
        MalformedError: The file cannot be read.
        InvalidError: Its first line does not name an edition.
    """
    path = (root or resources.root()) / "annotations" / "GUIDELINES.md"
    found = _EDITION.search(native.read_text(path))
    if found is None:
        problem = "the first line must be a heading that ends in, say, 'edition 1.0'; write it so"
        raise InvalidError("guidelines-edition", Where(file=str(path)), problem)
    return found["edition"]
