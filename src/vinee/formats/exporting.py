"""Writing documents in a format where nothing of anybody's is overwritten unasked."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from vinee.errors import IntegrityError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.formats.contract import Format
    from vinee.model import Document


def export(
    format_: Format, documents: Sequence[Document], path: Path, *, force: bool = False
) -> tuple[Path, ...]:
    """Write documents; what is there already and the same stays untouched.

    Args:
        format_: The format to write.
        documents: What to write.
        path: A file or a folder, whichever the format makes of that name.
        force: Replace what differs; files of other names are left alone even so.

    Returns:
        The files of a folder that were there and are not part of the export.

    Raises:
        IntegrityError: The path holds something else, and ``force`` is false.
        InvalidError: A document cannot be written in the format.
    """
    place = path.resolve()
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=f".{place.name}.") as folder:
        staged = Path(folder) / place.name
        if path.is_dir():
            staged.mkdir()
        format_.write(documents, staged)
        ours = {file.relative_to(staged) for file in _files(staged)}
        theirs = next(_differing(path, staged), None)
        missing = any(not (path / name).is_file() for name in ours)
    if theirs is not None and not force:
        raise IntegrityError(
            f"{path} holds something else ({theirs}); choose another place, or pass --force to "
            "replace the files of the same names"
        )
    if theirs is not None or missing:
        format_.write(documents, path)
    return tuple(sorted(file for file in _files(path) if file.relative_to(path) not in ours))


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (file for file in path.rglob("*") if not file.is_dir())
    elif path.exists():
        yield path


def _differing(path: Path, staged: Path) -> Iterator[Path]:
    """Find files of ``path`` that ``staged`` does not have, or has with other bytes."""
    for file in _files(path):
        other = staged / file.relative_to(path)
        if not other.is_file() or other.read_bytes() != file.read_bytes():
            yield file
