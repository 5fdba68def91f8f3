"""Cells: how a line falls into columns, and what a tag's cell says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.formats.columns.report import Separator

# A no-break space is part of a token, as other tools have it; only these two separate columns.
_BLANKS = re.compile(r"[ \t]+")
_INVISIBLE = " \t\r\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_LOWER_PREFIX = re.compile(r"[a-z](?=-|\Z)")


@dataclass(frozen=True)
class Shape:
    """What separates columns, and how many there are."""

    separator: Separator
    width: int

    def cells(self, line: str) -> tuple[str, ...]:
        """Split a line that has no blanks at its end."""
        # Tuples of strings cost the garbage collector nothing, and there are millions of them.
        if self.separator == "blank":
            return tuple(_BLANKS.split(line.lstrip(" \t")))
        if " " in line:
            return tuple(cell.strip(" ") for cell in line.split("\t"))
        return tuple(line.split("\t"))


def detect(lines: Iterable[str]) -> Shape | None:
    """Find the separator under which most lines have the same number of columns.

    If the lines are as many, it is the separator with more columns, and the tab if these are as
    many, for then tokens may hold spaces. None without lines.
    """
    widths: dict[Separator, Counter[int]] = {"tab": Counter(), "blank": Counter()}
    for line in lines:
        tabs = line.count("\t") + 1
        plain = " " not in line and "\t\t" not in line and line[0] != "\t"
        widths["tab"][tabs] += 1
        widths["blank"][tabs if plain else len(_BLANKS.split(line.lstrip(" \t")))] += 1
    if not widths["tab"]:
        return None
    commonest = [
        (separator, *max(counted.items(), key=lambda item: (item[1], item[0])))
        for separator, counted in widths.items()
    ]
    separator, width, _ = max(commonest, key=lambda item: (item[1] > 1, item[2], item[1]))
    return Shape(separator, width)


def is_blank(line: str) -> bool:
    """Tell whether a line shows nothing."""
    if not line or line[0].isalnum():
        return not line
    return not line.strip(_INVISIBLE) or line.isspace()


@lru_cache(maxsize=65536)
def clean(cell: str) -> str:
    """Take what is invisible off both ends of a tag and write its prefix as a capital."""
    tag = cell.strip(_INVISIBLE)
    return tag[0].upper() + tag[1:] if _LOWER_PREFIX.match(tag) else tag
