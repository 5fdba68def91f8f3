"""A bounded look at a file or a folder: names, beginnings, and the keys of JSON."""

from __future__ import annotations

import os
import re
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from vinee.errors import MalformedError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = 1 << 20  # bytes of a file; the keys of a document may stand behind its text
_MOST_NAMES = 10_000  # files of a folder
SAMPLES = 5  # files of a kind in a folder: the first may be the broken one
_JSON = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"(\s*:)?|\Z)|[{}\[\]]', re.DOTALL)


class Look:
    """What is looked at; what is in a file of a folder is asked for by suffix."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_folder = path.is_dir()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The files of a folder, relative to it, in order; of a file its own name."""
        if not self.is_folder:
            return (self.path.name,)
        found = (
            (Path(root) / name).relative_to(self.path).as_posix()
            for root, _, names in os.walk(self.path)
            for name in names
            if not name.startswith(".")
        )
        return tuple(sorted(islice(found, _MOST_NAMES)))

    def has(self, *suffixes: str) -> bool:
        """Tell whether a file ends in one of the suffixes."""
        return any(name.endswith(suffixes) for name in self.names)

    def heads(self, *suffixes: str) -> Iterator[bytes]:
        """Give the beginning of a file; of a folder that of its first files of the suffixes."""
        if not self.is_folder:
            yield _head(self.path)
            return
        top = (name for name in self.names if "/" not in name and name.endswith(suffixes))
        yield from (_head(self.path / name) for name in islice(top, SAMPLES))

    def texts(self, *suffixes: str) -> Iterator[str]:
        """Give beginnings as text, without white space before it."""
        for head in self.heads(*suffixes):
            text = head.decode("utf-8", "replace")
            yield text.removeprefix("\ufeff").replace("\r\n", "\n").lstrip()

    def first_keys(self, *suffixes: str) -> Iterator[frozenset[str]]:
        """Give the keys of the first object of JSON, of JSON Lines, or of a list in JSON."""
        yield from (_keys(text) for text in self.texts(*suffixes))

    @cached_property
    def opening(self) -> str:
        """The first character of a file."""
        return next(self.texts(), "")[:1]


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_HEAD)
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}; give a readable file"
        raise MalformedError("unreadable", Where(file=str(file)), problem) from error


def _keys(text: str) -> frozenset[str]:
    if text[:1] not in {"{", "["}:
        return frozenset()
    level = 1 if text[0] == "{" else 2
    depth = 0
    found = set()
    for match in _JSON.finditer(text):
        mark = match[0]
        if mark[0] == '"':
            if match[1] and depth == level:
                found.add(mark.rpartition('"')[0][1:])
            continue
        depth += 1 if mark in "{[" else -1
        if depth < level and mark in "}]":
            break
    return frozenset(found)
