"""Unpacking: what an archive says of itself is not believed.

Nothing is written outside of a temporary folder, links and devices are refused, and what comes
out is counted while it comes.
"""

from __future__ import annotations

import gzip
import io
import lzma
import os
import re
import stat
import tarfile
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Literal, NamedTuple, cast

from vinee.errors import InvalidError, MalformedError, Where
from vinee.formats.archive import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_AT_ONCE = 1 << 20
_HARMLESS = 1 << 20  # no ratio is asked of what is this small: empty files compress well
_BLOCK = 512  # a tar ends with a block of zeros
_DRIVE = re.compile(r"[A-Za-z]:")
_UTF8_NAME = 0x800  # the flag of a zip's member
_ENCRYPTED = 0x1
_BROKEN = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,  # a method of compression, or encryption, that `zipfile` does not know
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
)


class Limits(NamedTuple):
    """How much may come out of an archive.

    Attributes:
        members: Files and folders.
        size: Bytes of all files together.
        ratio: Bytes that may come out for one of the archive; texts and JSON give 5 to 50.
    """

    members: int = 100_000
    size: int = 2 << 30
    ratio: int = 200


_LIMITS = Limits()


@contextmanager
def unpacked(path: Path, limits: Limits = _LIMITS) -> Iterator[Path]:
    """Unpack an archive into a temporary folder, which is removed afterwards.

    If all members are in one top folder, that folder is given. Members of ``__MACOSX``, names
    that begin with ``._`` and ``.DS_Store`` are left out. Errors that are raised inside
    name ``archive.zip:member`` as their file.

    Raises:
        MalformedError: It cannot be read, is broken, cut off or encrypted, or is no archive.
        InvalidError: A member has a name that leads elsewhere, is no plain file or folder, or is
            there twice; or more comes out than the limits allow.
    """
    with tempfile.TemporaryDirectory(prefix="vinee-") as name:
        root = Path(name)
        _unpack(path, root, limits)
        with names.told_as(path, root):
            inside = list(root.iterdir())
            yield inside[0] if len(inside) == 1 and inside[0].is_dir() else root


def content(folder: Path) -> Path:
    """Give the only file of a folder, or the folder itself."""
    inside = list(folder.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_file() else folder


class _Member(NamedTuple):
    name: str
    kind: Literal["file", "folder", "other"]
    open: Callable[[], IO[bytes] | None]


class _Bounded:
    """A file for `tarfile`, which believes the sizes that it reads there."""

    def __init__(self, file: IO[bytes], most: int, path: Path) -> None:
        self.file = file
        self.most = most
        self.path = path

    def read(self, size: int) -> bytes:
        if size > _AT_ONCE:
            raise _too_much(self.path, "a header asks for too much at once")
        self._check(self.file.tell() + size - _AT_ONCE)
        return self.file.read(size)

    def seek(self, position: int) -> int:
        self._check(position)
        return self.file.seek(position)

    def tell(self) -> int:
        return self.file.tell()

    def _check(self, position: int) -> None:
        if position > self.most + _AT_ONCE:
            raise _too_much(self.path, f"more than {self.most} bytes come out")


def _unpack(path: Path, root: Path, limits: Limits) -> None:
    where = Where(file=str(path))
    kind = names.SUFFIXES.get(names.suffix(path), "zip")
    try:
        with path.open("rb") as file:
            most = min(limits.size, max(_HARMLESS, limits.ratio * os.fstat(file.fileno()).st_size))
            if kind == "zip":
                _extract(_in_zip(file), path, root, limits.members, most)
                return
            plain = gzip.GzipFile(fileobj=file) if kind == "tar.gz" else file
            stream = _Bounded(cast("IO[bytes]", plain), most, path)
            _extract(_in_tar(stream), path, root, limits.members, most)
    except _BROKEN as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        problem = f"cannot be unpacked: {reason or 'it is cut off'}; is it a whole {kind} archive?"
        raise MalformedError("archive-broken", where, problem) from error


def _in_zip(file: IO[bytes]) -> Iterator[_Member]:
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            mode = stat.S_IFMT(info.external_attr >> 16)
            plain = mode in {0, stat.S_IFREG, stat.S_IFDIR} and not info.flag_bits & _ENCRYPTED
            kind: Literal["file", "folder"] = "folder" if info.is_dir() else "file"
            yield _Member(
                _zip_name(info),
                kind if plain else "other",
                partial(archive.open, info),
            )


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Give the name; without the flag `zipfile` takes for code page 437 what mostly is UTF-8."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _in_tar(stream: _Bounded) -> Iterator[_Member]:
    with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r:") as archive:
        for info in archive:
            plain: Literal["file", "other"] = "file" if info.isreg() else "other"
            yield _Member(
                info.name,
                "folder" if info.isdir() else plain,
                partial(archive.extractfile, info),
            )
        # `tarfile` takes a header that is cut off, or no header, for the end.
        stream.seek(archive.offset)
        if stream.read(_BLOCK) != bytes(_BLOCK):
            raise tarfile.ReadError("it is cut off, or has a broken header")
        while stream.read(_AT_ONCE):
            pass  # to the end, where gzip has its checksum


def _extract(members: Iterator[_Member], path: Path, root: Path, count: int, most: int) -> None:
    done = 0
    for number, member in enumerate(members, start=1):
        where = Where(file=f"{path}:{member.name}")
        if number > count:
            raise _too_much(path, f"it has more than {count} members")
        target = root / _place(member.name, where)
        if member.kind == "other":
            problem = "is a link, a device or encrypted; pack plain files and folders only"
            raise InvalidError("archive-member", where, problem)
        if _is_ignored(member.name):
            continue
        try:
            if member.kind == "folder":
                target.mkdir(parents=True, exist_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            output = target.open("xb")
        except (FileExistsError, NotADirectoryError) as error:
            problem = "is there twice, or both as a file and as a folder; pack it once"
            raise InvalidError("archive-twice", where, problem) from error
        with output, member.open() or io.BytesIO() as source:
            while chunk := source.read(_AT_ONCE):
                done += len(chunk)
                if done > most:
                    raise _too_much(path, f"more than {most} bytes come out")
                output.write(chunk)


def _place(name: str, where: Where) -> PurePosixPath:
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts or {"\\", "\0"} & set(name) or _DRIVE.match(name):
        problem = "its name could lead out of the folder; pack names without '..', '\\' and roots"
        raise InvalidError("archive-member", where, problem)
    return place


def _is_ignored(name: str) -> bool:
    place = PurePosixPath(name)
    return "__MACOSX" in place.parts or place.name == ".DS_Store" or place.name.startswith("._")


def _too_much(path: Path, what: str) -> InvalidError:
    problem = f"{what}, which no archive of documents needs; unpack it yourself if you trust it"
    return InvalidError("archive-size", Where(file=str(path)), problem)
