"""What a process wrote to standard error, kept in a file that cannot grow without end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

MOST = 1_000_000
CUT = b"\n[the rest is left out]\n"


class Log(Protocol):
    """Where standard error goes besides: a file, or a `Kept`."""

    def write(self, chunk: bytes, /) -> object:
        """Add what came."""

    def close(self) -> None:
        """End it."""


class Kept:
    """A file that is made when something comes, and holds the beginning of it.

    Args:
        path: The file; what it holds counts, since a process that is started again goes on in it.
        most: Most bytes; a line that says that the rest is left out comes on top.
    """

    def __init__(self, path: Path, most: int = MOST) -> None:
        self._path = path
        self._most = most

    def write(self, chunk: bytes, /) -> None:
        """Add what came, as far as there is room.

        Raises:
            OSError: The file cannot be written.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("ab") as file:
            room = self._most - file.tell()
            if room < 0:
                return
            file.write(chunk[:room] if len(chunk) <= room else chunk[:room] + CUT)

    def close(self) -> None:
        """Do nothing: the file is open while it is written only."""
