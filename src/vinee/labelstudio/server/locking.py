"""Files that one process at a time may hold; the hold ends with the last process that has it."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """Open the file of a lock, private to the user; give its descriptor.

    The file stays: to remove it would let two processes hold two files of one name.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def taken(handle: int) -> bool:
    """Take the lock; tell whether that was possible."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def note(handle: int, text: str) -> None:
    """Write into the file who holds it."""
    os.ftruncate(handle, 0)
    os.pwrite(handle, text.encode(), 0)


def noted(handle: int) -> str:
    """Read from the file who holds it, at most 100 bytes."""
    return os.pread(handle, 100, 0).decode(errors="replace").strip()
