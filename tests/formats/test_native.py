"""Reading and writing documents: nothing changes on the way, and errors say where."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee import resources
from vinee.corpus import seeds
from vinee.errors import InputError, MalformedError, SchemaError, Where
from vinee.formats import atomic, native
from vinee.model import Argument, Document, Event, Mention, Span, Timex

SPANS = st.builds(Span, st.integers(0, 99), st.integers(0, 99), st.none() | st.text())
MENTIONS = st.builds(
    Mention,
    start=st.integers(0, 99),
    end=st.integers(0, 99),
    type=st.text(),
    text=st.none() | st.text(),
    extent=st.none() | SPANS,
    score=st.just(msgspec.UNSET) | st.floats(allow_nan=False, allow_infinity=False),
)
EVENTS = st.builds(
    Event,
    type=st.text(),
    trigger=SPANS,
    arguments=st.lists(
        st.builds(Argument, st.text(), ref=st.text(min_size=1))
        | st.builds(Argument, st.text(), span=SPANS),
        max_size=3,
    ).map(tuple),
)
DOCUMENTS = st.builds(
    Document,
    st.text(),
    text=st.none() | st.text(),
    mentions=st.none() | st.lists(MENTIONS, max_size=3).map(tuple),
    timexes=st.none() | st.lists(st.builds(Timex, st.just(0), st.just(1)), max_size=2).map(tuple),
    events=st.none() | st.lists(EVENTS, max_size=3).map(tuple),
)


@given(DOCUMENTS)
def test_what_is_written_is_read_back(document: Document) -> None:
    assert native.decode(native.encode(document), Where()) == document


@given(st.lists(DOCUMENTS, max_size=3))
def test_lines_are_read_back_with_their_numbers(documents: list[Document]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.jsonl"
        native.write_lines(path, documents)

        assert list(native.read_lines(path)) == list(enumerate(documents, start=1))


def test_layer_that_was_not_annotated_differs_from_an_empty_one() -> None:
    assert native.encode(Document("d")) == b'{"doc_id":"d"}'
    assert native.encode(Document("d", mentions=())) == b'{"doc_id":"d","mentions":[]}'


@pytest.mark.parametrize("doc_id", seeds.doc_ids())
def test_seed_is_read_with_every_character(doc_id: str) -> None:
    path = resources.root() / "seeds" / f"{doc_id}.txt"

    assert native.read_text(path).encode("utf-8") == path.read_bytes()


def test_carriage_returns_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Một\r\nHai\r".encode())

    assert native.read_text(tmp_path / "a.txt") == "Một\r\nHai\r"


@pytest.mark.parametrize(
    ("line", "path", "message"),
    [
        ('{"doc_id": 7}', "$.doc_id", "Expected `str`, got `int`; got 7"),
        ('{"doc_id": "d", "mention": []}', "$", "unknown field `mention`"),
        (
            '{"doc_id": "d", "mentions": [{"start": 1, "end": 2, "type": "PER", "level": "NAME"}]}',
            "$.mentions[0].level",
            "Invalid enum value 'NAME'",
        ),
        ('{"doc_id": "d", "events": [{"type": "X"}]}', "$.events[0]", "missing required field"),
    ],
)
def test_wrong_shape_is_told_with_path_and_value(line: str, path: str, message: str) -> None:
    with pytest.raises(SchemaError) as caught:
        native.decode(line.encode(), Where(file="f.jsonl", line=3))

    assert (caught.value.where.file, caught.value.where.line) == ("f.jsonl", 3)
    assert caught.value.where.path == path
    assert message in str(caught.value)


def test_infinity_is_told_apart_from_broken_json() -> None:
    with pytest.raises(MalformedError, match="not-finite") as caught:
        native.decode(b'{"doc_id": "d", "meta": {"a": [1, Infinity]}}', Where())

    assert caught.value.where.path == "$.meta.a[1]"


def test_broken_lines_do_not_hide_the_good_ones(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_bytes(b'{"doc_id": "a"}\n\n{"doc_id": \n{"doc_id": "b"}\n')

    read = list(native.read_lines(path))

    assert [number for number, _ in read] == [1, 3, 4]
    assert isinstance(read[1][1], InputError)


def test_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.json"
    atomic.write_text(path, "old")

    def fail(*_: object) -> None:
        raise OSError("disk is full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk is full"):
        atomic.write_text(path, "new")

    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_written_file_is_readable_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "new" / "p.txt"

    atomic.write_text(path, "Xin chào")

    ordinary = tmp_path / "ordinary"
    ordinary.touch()
    assert path.stat().st_mode == ordinary.stat().st_mode


@pytest.mark.parametrize(
    ("break_", "reason"),
    [("folder", "Is a directory"), ("dangling", "No such file or directory")],
)
def test_file_that_cannot_be_read_is_told_with_the_reason(
    tmp_path: Path, break_: str, reason: str
) -> None:
    path = tmp_path / "x.json"
    if break_ == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / "nowhere")

    [(where, error)] = native.read_all(tmp_path)

    assert isinstance(error, MalformedError)
    assert error.code == "unreadable"
    assert where.file == str(path)
    assert reason in error.problem


def all_lines(path: Path) -> object:
    return list(native.read_lines(path))


@pytest.mark.parametrize("read", [native.read, native.read_text, all_lines])
def test_forbidden_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[Path], object]
) -> None:
    def forbid(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "a"
    path.touch()
    monkeypatch.setattr(Path, "read_bytes", forbid)
    monkeypatch.setattr(Path, "open", forbid)

    with pytest.raises(MalformedError, match=r"cannot be read: Permission denied.*\[unreadable\]"):
        read(path)


def test_loop_of_links_is_told(tmp_path: Path) -> None:
    loop = tmp_path / "loop.json"
    loop.symlink_to(loop)

    with pytest.raises(MalformedError, match="unreadable"):
        list(native.read_all(loop))


def test_forbidden_folder_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", forbid)
    with pytest.raises(MalformedError, match="Permission denied"):
        list(native.read_all(tmp_path))

    monkeypatch.setattr(Path, "is_dir", forbid)
    monkeypatch.setattr(Path, "open", forbid)
    with pytest.raises(MalformedError, match="Permission denied"):
        list(native.read_all(tmp_path))


def test_name_with_a_null_character_is_told() -> None:
    with pytest.raises(MalformedError, match="unreadable"):
        native.read(Path("a\0.json"))


def test_named_pipe_is_read_as_lines(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b'{"doc_id": "a"}\n',))
    writer.start()

    read = list(native.read_all(pipe))
    writer.join()

    assert read == [(Where(str(pipe), 1), Document("a"))]


def test_json_file_is_one_document_however_it_is_laid_out(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    native.write(path, Document("a", mentions=(Mention(0, 1, "PER"),)))

    [(where, document)] = native.read_all(path)

    assert where == Where(str(path))
    assert document == native.read(path)


def test_json_file_of_several_documents_is_told_what_it_should_be(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"doc_id": "a"}\n{"doc_id": "b"}\n', "utf-8")

    with pytest.raises(MalformedError, match=r"name it \.jsonl"):
        native.read(path)


@pytest.mark.parametrize("content", [b"", b"\n \n\n"])
def test_file_without_a_document_is_an_error_like_such_a_folder(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "a.jsonl").write_bytes(content)

    with pytest.raises(MalformedError, match="no-documents"):
        list(native.read_all(tmp_path / "a.jsonl"))
    with pytest.raises(MalformedError, match="no-documents"):
        list(native.read_all(tmp_path))


def test_byte_order_mark_is_named() -> None:
    with pytest.raises(MalformedError, match=r"save as UTF-8 without BOM \[bom\]"):
        native.decode(b'\xef\xbb\xbf{"doc_id": "a"}', Where())
