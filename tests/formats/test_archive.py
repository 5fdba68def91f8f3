"""Archives: every format can be in one, and no archive does harm."""

from __future__ import annotations

import gzip
import hashlib
import io
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from full_documents import STEMS, canonical, full, gold

from vinee.errors import InputError, InvalidError, MalformedError
from vinee.formats import registry
from vinee.formats.archive import Archived, Limits, fitting, kind_of, packed, unpacked
from vinee.formats.brat import Brat
from vinee.formats.conll import Conll

NAMES = ("a.zip", "a.tar", "a.tar.gz", "a.TGZ")
ARTICLES = [full(stem) for stem in STEMS]


def zipped(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members:
            file.writestr(name, data)
    return path


def tarred(path: Path, *members: tuple[str, bytes, bytes]) -> Path:
    with tarfile.open(path, "w:gz" if path.suffix == ".tgz" else "w") as file:
        for name, data, kind in members:
            info = tarfile.TarInfo(name)
            info.type, info.size, info.linkname = kind, len(data), "/etc/passwd"
            file.addfile(info, io.BytesIO(data))
    return path


def of_mode(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, mode << 16
    return info


def refusal(path: Path, limits: Limits | None = None) -> InputError:
    with (
        pytest.raises(InputError) as caught,
        unpacked(path) if limits is None else unpacked(path, limits),
    ):
        pytest.fail("it was unpacked")
    return caught.value


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["brat", "jsonl", "conll", "timeml", "label-studio"])
def test_format_in_an_archive_holds_what_it_holds(tmp_path: Path, form: str, name: str) -> None:
    bare = registry.get(form)
    format_ = fitting(bare, tmp_path / name)
    texts = {each.doc_id: each.text or "" for each in ARTICLES}
    bare.write(ARTICLES, tmp_path / "bare")
    format_.write(ARTICLES, tmp_path / name)

    back = format_.read(tmp_path / name, texts)

    assert [*map(canonical, back)] == [*map(canonical, bare.read(tmp_path / "bare", texts))]


@pytest.mark.parametrize("name", NAMES)
def test_the_same_documents_give_the_same_bytes(tmp_path: Path, name: str) -> None:
    Archived(Brat()).write(ARTICLES, tmp_path / name)
    first = (tmp_path / name).read_bytes()

    Archived(Brat()).write(iter(ARTICLES[::-1]), tmp_path / name)

    assert (tmp_path / name).read_bytes() == first


def test_members_are_in_a_folder_of_the_name_of_the_archive(tmp_path: Path) -> None:
    Archived(Brat()).write([gold(STEMS[0])], tmp_path / "gold-1.0.zip")

    with zipfile.ZipFile(tmp_path / "gold-1.0.zip") as file:
        assert file.namelist() == [
            f"gold-1_0/{name}" for name in (f"{STEMS[0]}.ann", f"{STEMS[0]}.txt", "annotation.conf")
        ]


def test_suffix_before_that_of_the_archive_makes_one_file(tmp_path: Path) -> None:
    Archived(Conll()).write(ARTICLES, tmp_path / "gold.conll.tgz")

    with tarfile.open(tmp_path / "gold.conll.tgz") as file:
        assert [(m.name, m.mtime, m.uid) for m in file] == [("gold.conll", 0, 0)]


def test_other_names_are_those_of_no_archive(tmp_path: Path) -> None:
    (tmp_path / "folder.zip").mkdir()

    assert kind_of(tmp_path / "folder.zip") is None
    assert kind_of(tmp_path / "a.jsonl") is None
    with pytest.raises(InvalidError, match="archive-name"), packed(tmp_path / "a.rar"):
        pytest.fail("it was packed")


def test_one_top_folder_is_taken_off_and_traces_of_other_systems_are_left_out(
    tmp_path: Path,
) -> None:
    path = zipped(
        tmp_path / "a.zip",
        ("corpus/", b""),
        ("corpus/sub/a.txt", b"1"),
        ("__MACOSX/corpus/._a.txt", b"2"),
        ("corpus/.DS_Store", b"3"),
    )

    with unpacked(path) as folder:
        found = [file.relative_to(folder).as_posix() for file in folder.rglob("*.*")]

    assert found == ["sub/a.txt"]


@pytest.mark.parametrize("error", [None, ValueError])
def test_nothing_of_it_is_left(tmp_path: Path, error: type[Exception] | None) -> None:
    path = zipped(tmp_path / "a.zip", ("a.txt", b"1"))
    seen = []
    try:
        with unpacked(path) as folder:
            seen.append(folder)
            if error:
                raise error
    except ValueError:
        pass

    assert not seen[0].exists()


def test_error_while_packing_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(InvalidError, match="doc-twice"):
        Archived(Brat()).write([ARTICLES[0], ARTICLES[0]], tmp_path / "a.zip")

    assert list(tmp_path.iterdir()) == []


def test_errors_name_archive_and_member(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip",
        ("corpus/b.txt", "Hôm nay".encode()),
        ("corpus/b.ann", b"T1\tPER 0 99\tx\n"),
    )

    with pytest.raises(InvalidError, match="span-outside") as caught:
        Archived(Brat()).read(path)

    assert caught.value.where.file == f"{path}:corpus/b.ann"
    assert str(caught.value).startswith(f"{path}:corpus/b.ann:1: b: ")
    assert "vinee-" not in str(caught.value)


def test_archive_without_documents_is_named_itself(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("a.md", b""), ("b.md", b""))

    with pytest.raises(MalformedError, match="no-documents") as caught:
        Archived(Brat()).read(path)

    assert caught.value.where.file == str(path)


def test_name_in_utf8_is_read_without_the_flag(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("tiếng_Việt.txt", b"1"))
    content = path.read_bytes()
    path.write_bytes(
        content.replace(b"PK\x03\x04\x14\x00\x00\x08", b"PK\x03\x04\x14\x00\x00\x00").replace(
            b"PK\x01\x02\x14\x03\x14\x00\x00\x08", b"PK\x01\x02\x14\x03\x14\x00\x00\x00"
        )
    )
    assert path.read_bytes() != content

    with unpacked(path) as folder:
        assert [file.name for file in folder.iterdir()] == ["tiếng_Việt.txt"]


@pytest.mark.parametrize(
    "name", ["../a.txt", "a/../../b.txt", "/etc/a.txt", "..", "a\\..\\b.txt", "C:a.txt"]
)
@pytest.mark.parametrize("suffix", ["zip", "tar", "tgz"])
def test_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    if suffix == "zip":
        zipped(path, ("fine.txt", b"1"), (name, b"2"))
    else:
        tarred(path, ("fine.txt", b"1", tarfile.REGTYPE), (name, b"2", tarfile.REGTYPE))

    error = refusal(path)

    assert (error.code, error.where.file) == ("archive-member", f"{path}:{name}")
    assert isinstance(error, InvalidError)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE],
)
def test_links_and_devices_of_a_tar_are_refused(tmp_path: Path, kind: bytes) -> None:
    path = tarred(tmp_path / "a.tgz", ("passwords.txt", b"", kind))

    assert refusal(path).code == "archive-member"


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFSOCK])
def test_links_and_devices_of_a_zip_are_refused(tmp_path: Path, kind: int) -> None:
    path = zipped(tmp_path / "a.zip", (of_mode("a.txt", kind | 0o777), b"/etc/passwd"))

    assert refusal(path).code == "archive-member"


def test_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("a.txt", b"1"))
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)

    assert refusal(path).code == "archive-member"


@pytest.mark.parametrize("second", ["a.txt", "a.txt/b.txt"])
@pytest.mark.parametrize("suffix", ["zip", "tar"])
def test_member_that_is_there_twice_is_refused(tmp_path: Path, second: str, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    if suffix == "zip" and second == "a.txt":
        with pytest.warns(UserWarning, match="Duplicate"):
            zipped(path, ("a.txt", b"1"), (second, b"2"))
    elif suffix == "zip":
        zipped(path, ("a.txt", b"1"), (second, b"2"))
    else:
        tarred(path, ("a.txt", b"1", tarfile.REGTYPE), (second, b"2", tarfile.REGTYPE))

    error = refusal(path)

    assert (error.code, error.where.file) == ("archive-twice", f"{path}:{second}")


@pytest.mark.parametrize("suffix", ["zip", "tgz"])
@pytest.mark.parametrize(
    "limits", [Limits(members=2), Limits(size=2 << 20), Limits(ratio=100), Limits(size=1)]
)
def test_more_than_the_limits_is_refused(tmp_path: Path, suffix: str, limits: Limits) -> None:
    path = tmp_path / f"a.{suffix}"
    bomb = bytes(3 << 20)
    if suffix == "zip":
        zipped(path, ("a", b""), ("b", b""), ("c", bomb))
    else:
        tarred(path, *((name, d, tarfile.REGTYPE) for name, d in zip("abc", (b"", b"", bomb))))  # noqa: B905 - three of each

    assert refusal(path, limits).code == "archive-size"


def test_size_is_counted_and_not_believed(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", ("a.txt", bytes(3 << 20)))
    content = bytearray(path.read_bytes())
    place = content.index(b"PK\x01\x02") + 24
    content[place : place + 4] = struct.pack("<I", 5 << 20)
    path.write_bytes(content)

    assert refusal(path, Limits(size=2 << 20)).code == "archive-size"


@pytest.mark.parametrize("size", [3 << 20, 1 << 30])
def test_header_of_a_tar_cannot_fill_the_memory(tmp_path: Path, size: int) -> None:
    noise = b"".join(hashlib.sha256(bytes([n % 256, n >> 8])).digest() for n in range(2048))
    with gzip.open(tmp_path / "a.tgz", "wb") as file:
        info = tarfile.TarInfo("a")
        info.type, info.size = tarfile.XHDTYPE, size
        file.write(info.tobuf(tarfile.USTAR_FORMAT))
        file.write(noise + bytes(4 << 20))

    assert refusal(tmp_path / "a.tgz").code == "archive-size"


def test_checksum_behind_the_last_member_is_looked_at(tmp_path: Path) -> None:
    path = tarred(tmp_path / "a.tgz", ("a", b"1", tarfile.REGTYPE))
    with gzip.open(path) as file:
        content = gzip.compress(file.read() + bytes(1 << 18))
    path.write_bytes(content[:-8] + bytes(8))

    assert refusal(path).code == "archive-broken"


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def changed(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 0xFF] * 8) + content[middle + 8 :]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("broken", [cut, lambda _: b"", lambda _: b"Nga" * 999])
def test_what_is_no_whole_archive_is_refused(
    tmp_path: Path, name: str, broken: Callable[[bytes], bytes]
) -> None:
    Archived(Brat()).write(ARTICLES[:1], tmp_path / name)
    (tmp_path / name).write_bytes(broken((tmp_path / name).read_bytes()))

    error = refusal(tmp_path / name)

    assert (error.code, error.where.file) == ("archive-broken", str(tmp_path / name))
    assert isinstance(error, MalformedError)


@pytest.mark.parametrize("name", ["a.zip", "a.tgz"])
def test_changed_bytes_are_noticed(tmp_path: Path, name: str) -> None:
    Archived(Brat()).write(ARTICLES[:1], tmp_path / name)
    (tmp_path / name).write_bytes(changed((tmp_path / name).read_bytes()))

    assert refusal(tmp_path / name).code == "archive-broken"


def test_tar_that_ends_after_a_member_is_cut_off(tmp_path: Path) -> None:
    path = tarred(
        tmp_path / "a.tar", ("a", b"1" * 512, tarfile.REGTYPE), ("b", b"1", tarfile.REGTYPE)
    )
    path.write_bytes(path.read_bytes()[:1024])

    assert refusal(path).code == "archive-broken"


def test_missing_archive_is_told(tmp_path: Path) -> None:
    assert "No such file" in str(refusal(tmp_path / "a.zip"))
