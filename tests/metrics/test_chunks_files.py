from __future__ import annotations

import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from vinee.errors import InvalidError, MalformedError, SchemaError
from vinee.metrics.chunks import ChunkCounts, chunk_counts, files, from_arrow, from_parquet

TAGS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
GOLD = [["B-PER", "I-PER", "O"], [], ["B-LOC", "I-LOC"], ["O"], ["B-LOC"]] * 5
PREDICTED = [["B-PER", "O", "O"], [], ["B-LOC", "I-LOC"], ["B-PER"], ["B-LOC"]] * 5

TEXTS = pa.list_(pa.string())
ENCODED = pa.list_(pa.dictionary(pa.int8(), pa.string()))
CODES = pa.list_(pa.int64())


def table(type_: pa.DataType, gold: Any = GOLD, predicted: Any = PREDICTED) -> pa.Table:
    def column(rows: Any) -> pa.Array[Any]:
        if type_ == CODES:
            rows = [[TAGS.index(tag) for tag in row] for row in rows]
        return pa.array(rows, type_)

    return pa.table({"id": range(len(gold)), "gold": column(gold), "predicted": column(predicted)})


def write_arrow(path: Path, of: pa.Table, kind: str, rows: int = 7) -> Path:
    new = pa.ipc.new_file if kind == "file" else pa.ipc.new_stream
    with new(str(path), of.schema) as writer:
        writer.write_table(of, max_chunksize=rows)
    return path


def write_parquet(path: Path, of: pa.Table, rows: int = 7) -> Path:
    parquet.write_table(of, path, row_group_size=rows)
    return path


def assert_equal(found: ChunkCounts, expected: ChunkCounts) -> None:
    assert found.labels == expected.labels
    np.testing.assert_array_equal(found.table, expected.table)


@pytest.mark.parametrize("type_", [TEXTS, ENCODED, CODES])
@pytest.mark.parametrize("batch", [1, 4, 100])
def test_parquet_counts_as_its_lists(tmp_path: Path, type_: pa.DataType, batch: int) -> None:
    path = write_parquet(tmp_path / "tags.parquet", table(type_))

    found = from_parquet(path, names=TAGS, mode="strict", batch=batch)

    assert_equal(found, chunk_counts(GOLD, PREDICTED, "strict"))


@pytest.mark.parametrize("type_", [TEXTS, ENCODED, CODES])
@pytest.mark.parametrize("kind", ["file", "stream"])
def test_arrow_counts_as_its_lists(
    tmp_path: Path, type_: pa.DataType, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "BATCH", 4)
    path = write_arrow(tmp_path / "tags.arrow", table(type_), kind)

    found = from_arrow(str(path), names=TAGS, unit="corpus")

    assert_equal(found, chunk_counts(GOLD, PREDICTED, unit="corpus"))


def test_a_type_that_comes_late_has_a_column_from_the_start(tmp_path: Path) -> None:
    rows = [["O"]] * 10 + [["B-AAA"]]
    path = write_parquet(tmp_path / "tags.parquet", table(TEXTS, rows, rows), rows=2)

    assert_equal(from_parquet(path), chunk_counts(rows, rows))


def test_columns_have_the_names_that_are_asked_for(tmp_path: Path) -> None:
    renamed = table(TEXTS).rename_columns(["id", "ner_tags", "model.a"])
    path = write_parquet(tmp_path / "tags.parquet", renamed)

    found = from_parquet(path, "ner_tags", "model.a")

    assert_equal(found, chunk_counts(GOLD, PREDICTED))


@pytest.mark.parametrize("rows", [[], [[]]])
def test_a_file_without_tags_has_no_counts(tmp_path: Path, rows: list[list[str]]) -> None:
    empty = table(CODES, rows, rows)

    from_one = from_parquet(write_parquet(tmp_path / "a", empty), names=TAGS)
    from_other = from_arrow(write_arrow(tmp_path / "b", empty, "file"), names=TAGS)

    assert from_one.table.shape == from_other.table.shape == (len(rows), 0, 3)


def test_columns_that_disagree_are_refused_with_file_and_sentence(tmp_path: Path) -> None:
    short = [*PREDICTED[:20], [], *PREDICTED[21:]]
    path = write_parquet(tmp_path / "tags.parquet", table(TEXTS, GOLD, short))

    with pytest.raises(InvalidError, match=r"tags\.parquet: \$\[20\]: .* as gold, 3 \(got 0\)"):
        from_parquet(path, batch=3)


def test_a_refused_tag_is_named_with_file_and_sentence(tmp_path: Path) -> None:
    wrong = [*PREDICTED[:-1], ["U-LOC"]]
    path = write_arrow(tmp_path / "tags.arrow", table(ENCODED, GOLD, wrong), "file")

    with pytest.raises(InvalidError, match=r"tags\.arrow: \$\[24\]\.predicted\[0\]: .*'U-LOC'"):
        from_arrow(path, mode="strict")


def test_a_missing_column_is_refused_with_those_there_are(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "tags.parquet", table(TEXTS))

    with pytest.raises(SchemaError, match=r"tags\.parquet: .*'tags' \(got 'id', 'gold', 'predic"):
        from_parquet(path, "tags")


@pytest.mark.parametrize("content", [b"", b"PAR1", b"ARROW1\0\0 and no more", b"doc_id,tags\n"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "tags"
    path.write_bytes(content)

    with pytest.raises(MalformedError, match="cannot be read as Parquet"):
        from_parquet(path)
    with pytest.raises(MalformedError, match="cannot be read as Arrow"):
        from_arrow(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedError, match="nothing: cannot be read as Arrow"):
        from_arrow(tmp_path / "nothing")


@pytest.mark.parametrize("kind", ["parquet", "arrow"])
def test_memory_has_a_bound_that_does_not_grow_with_the_file(tmp_path: Path, kind: str) -> None:
    peaks = []
    for sentences in (20_000, 80_000):
        items = pa.array(np.tile(np.array([1, 2, 0, 3, 0], dtype=np.uint8), sentences * 5))
        offsets: Any = pa.array(np.arange(0, sentences * 25 + 1, 25, dtype=np.int32))
        lists = pa.ListArray.from_arrays(offsets, items)
        tags = pa.table({"gold": lists, "predicted": lists})
        path = tmp_path / f"{sentences}.{kind}"
        if kind == "parquet":
            write_parquet(path, tags, rows=10_000)
        else:
            write_arrow(path, tags, "file", rows=sentences)
        pool = pa.default_memory_pool()
        del lists, tags, items, offsets
        before = pool.bytes_allocated()
        tracemalloc.start()
        try:
            read = from_parquet if kind == "parquet" else from_arrow
            found = read(path, names=TAGS, mode="strict", unit="corpus")
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
        assert found.table.tolist() == [[[sentences * 5] * 3] * 2]
        assert pool.bytes_allocated() == before

    assert peaks[1] < peaks[0] * 1.2


def test_reading_files_does_not_import_pandas(tmp_path: Path) -> None:
    one = write_parquet(tmp_path / "tags.parquet", table(TEXTS))
    other = write_arrow(tmp_path / "tags.arrow", table(ENCODED), "stream")
    code = (
        "import sys; from vinee.metrics.chunks import from_arrow, from_parquet; "
        f"from_parquet({str(one)!r}); from_arrow({str(other)!r}); "
        "print('pandas' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"
