"""Writing so that a reader sees the old file or the new one, never half of one."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO


def write_bytes(path: Path, content: bytes) -> None:
    """Replace ``path`` with ``content`` in one step; missing folders are made."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    file = _opened(part)
    try:
        with file:
            file.write(content)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_text(path: Path, content: str) -> None:
    """Replace ``path`` with ``content`` as UTF-8, line ends as they are."""
    write_bytes(path, content.encode("utf-8"))


def _opened(path: Path) -> BinaryIO:
    """Make a file that was not there, which others may read as they may any other."""
    try:
        return path.open("xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")
