"""Making an archive: the same files always give the same bytes."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from vinee.errors import InvalidError, Where
from vinee.formats import atomic
from vinee.formats.archive import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@contextmanager
def packed(path: Path) -> Iterator[Path]:
    """Give a folder to write to, and make an archive of its files, in one step, at the end.

    Names are in order and have no time, owner or other trace of the machine. If an error is
    raised inside, nothing is written.

    Raises:
        InvalidError: The path does not end as an archive's does.
    """
    kind = names.SUFFIXES.get(names.suffix(path))
    if kind is None:
        problem = f"not the name of an archive; let it end in one of {', '.join(names.SUFFIXES)}"
        raise InvalidError("archive-name", Where(file=str(path)), problem)
    with tempfile.TemporaryDirectory(prefix="vinee-") as folder:
        root = Path(folder)
        with names.told_as(path, root):
            yield root
        files = {
            file.relative_to(root).as_posix(): file for file in root.rglob("*") if file.is_file()
        }
        in_order = [(name, files[name].read_bytes()) for name in sorted(files)]
        atomic.write_bytes(path, _zip(in_order) if kind == "zip" else _tar(in_order, kind))


def _zip(files: Iterable[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files:
            info = zipfile.ZipInfo(name)  # of 1980, the first year that a zip knows
            info.create_system = 3
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _tar(files: Iterable[tuple[str, bytes]], kind: names.Kind) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)  # mode 0644, owner 0, second 0
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    if kind == "tar":
        return buffer.getvalue()
    compressed = io.BytesIO()
    with gzip.GzipFile("", "wb", fileobj=compressed, mtime=0) as file:
        file.write(buffer.getvalue())
    return compressed.getvalue()
