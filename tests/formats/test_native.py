"""Reading and writing documents: nothing changes on the way, and errors say where."""

from __future__ import annotations

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

    assert caught.value.where == Where("f.jsonl", 3, None, path)
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
