from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from vinee.errors import InvalidError, SchemaError
from vinee.metrics.chunks import ChunkCounts, chunk_counts, from_columns

TAGS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
GOLD = [["B-PER", "I-PER", "O"], [], ["B-LOC", "I-LOC"], ["O"], ["B-LOC"]]
PREDICTED = [["B-PER", "O", "O"], [], ["B-LOC", "I-LOC"], ["B-PER"], ["B-LOC"]]


def texts(rows: list[list[str]]) -> pa.Array[Any]:
    return pa.array(rows, pa.list_(pa.string()))


def codes(rows: list[list[str]], type_: pa.DataType | None = None) -> pa.Array[Any]:
    numbers = [[TAGS.index(tag) for tag in row] for row in rows]
    return pa.array(numbers, pa.list_(type_ or pa.uint8()))


def encoded(rows: list[list[str]]) -> pa.Array[Any]:
    return pa.array(rows, pa.list_(pa.dictionary(pa.int8(), pa.string())))


def assert_equal(found: ChunkCounts, expected: ChunkCounts) -> None:
    assert found.labels == expected.labels
    np.testing.assert_array_equal(found.table, expected.table)


@pytest.mark.parametrize(
    "item",
    [
        pa.string(),
        pa.large_string(),
        pa.dictionary(pa.int8(), pa.string()),
        pa.dictionary(pa.uint16(), pa.large_string()),
    ],
)
@pytest.mark.parametrize("list_", [pa.list_, pa.large_list])
def test_lists_of_texts_count_as_lists_of_python(item: pa.DataType, list_: Any) -> None:
    gold, predicted = (pa.array(rows, list_(item)) for rows in (GOLD, PREDICTED))

    assert_equal(from_columns(gold, predicted), chunk_counts(GOLD, PREDICTED))


@pytest.mark.parametrize("item", [pa.uint8(), pa.int8(), pa.int32(), pa.uint16(), pa.int64()])
def test_lists_of_codes_count_as_their_names(item: pa.DataType) -> None:
    found = from_columns(codes(GOLD, item), codes(PREDICTED, item), TAGS, "strict")

    assert_equal(found, chunk_counts(GOLD, PREDICTED, "strict"))


def test_the_two_columns_may_be_of_different_types() -> None:
    found = from_columns(codes(GOLD), encoded(PREDICTED), TAGS)

    assert_equal(found, chunk_counts(GOLD, PREDICTED))


@pytest.mark.parametrize("make", [texts, codes, encoded])
def test_a_slice_counts_only_its_own_rows(make: Any) -> None:
    gold, predicted = make(GOLD).slice(2, 2), make(PREDICTED).slice(2, 2)

    found = from_columns(gold, predicted, TAGS)

    assert_equal(found, chunk_counts(GOLD[2:4], PREDICTED[2:4]))


@pytest.mark.parametrize("make", [codes, encoded])
def test_a_list_over_a_slice_of_its_values_counts_them(make: Any) -> None:
    values = make(GOLD).values.slice(3)
    column = pa.ListArray.from_arrays(pa.array([0, 0, 2, 3, 4], pa.int32()), values)

    assert_equal(from_columns(column, column, TAGS), chunk_counts(GOLD[1:], GOLD[1:]))


@pytest.mark.parametrize("make", [texts, codes, encoded])
def test_columns_in_different_chunks_are_counted_row_by_row(make: Any) -> None:
    gold = pa.chunked_array([make(GOLD[:1]), make(GOLD[1:1]), make(GOLD[1:])])
    predicted = pa.chunked_array([make(PREDICTED[:3]), make(PREDICTED).slice(3)])

    found = from_columns(gold, predicted, TAGS)

    assert_equal(found, chunk_counts(GOLD, PREDICTED))


@pytest.mark.parametrize("rows", [[], [[]], [[], []]])
@pytest.mark.parametrize("make", [texts, codes, encoded])
def test_no_tags_give_no_counts(rows: list[list[str]], make: Any) -> None:
    labels, table = from_columns(make(rows), make(rows), TAGS)

    assert (labels, table.shape) == ((), (len(rows), 0, 3))


def test_nulls_outside_a_slice_do_not_matter() -> None:
    column = pa.array([None, ["O", None], *GOLD, None], pa.list_(pa.string()))

    found = from_columns(column.slice(2, len(GOLD)), texts(PREDICTED))

    assert_equal(found, chunk_counts(GOLD, PREDICTED))


def test_a_null_list_is_refused_where_it_stands() -> None:
    column = pa.array([["O"], None], pa.list_(pa.string()))

    with pytest.raises(InvalidError, match=r"\$\[1\]\.predicted: must be a list, not null"):
        from_columns(texts([["O"], []]), column)


def test_a_null_tag_is_refused_where_it_stands() -> None:
    column = pa.array([["O"], [], ["O", None]], pa.list_(pa.string())).slice(1)

    with pytest.raises(InvalidError, match=r"\$\[1\]\.gold\[1\]: must be a tag, not null"):
        from_columns(column, texts([[], ["O", "O"]]))


def test_unequal_lengths_are_refused_with_the_sentence() -> None:
    with pytest.raises(InvalidError, match=r"\$\[3\]: predicted must have as many tags as gold, 1"):
        from_columns(texts(GOLD), texts([*PREDICTED[:3], ["O", "O"], ["O"]]))


def test_an_unequal_number_of_sentences_is_refused() -> None:
    with pytest.raises(InvalidError, match=r"as many sentences as gold, 5 \(got 4\)"):
        from_columns(texts(GOLD), texts(PREDICTED[:4]))


def test_a_refused_tag_is_named_with_its_column_and_row() -> None:
    wrong = [*PREDICTED[:4], ["E-LOC"]]

    with pytest.raises(InvalidError, match=r"\$\[4\]\.predicted\[0\]: .*\(got 'E-LOC'\)"):
        from_columns(encoded(GOLD), encoded(wrong), mode="strict")


def test_codes_without_names_are_refused() -> None:
    with pytest.raises(SchemaError, match="column 'gold' holds codes, so names must give"):
        from_columns(codes(GOLD), codes(PREDICTED))


@pytest.mark.parametrize("column", [pa.array(["O"]), pa.array([[0.5]]), pa.array([[["O"]]])])
def test_a_column_of_anything_else_is_refused(column: pa.Array[Any]) -> None:
    with pytest.raises(SchemaError, match="column 'gold' must hold lists of codes or texts"):
        from_columns(column, texts([["O"]]), TAGS)
