from __future__ import annotations

import tracemalloc

import numpy as np
import numpy.typing as npt
import pytest

from vinee.errors import InvalidError
from vinee.metrics.chunks import ChunkCounts, chunk_counts, chunk_counts_flat

TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
GOLD = [["B-PER", "I-PER", "O"], [], ["B-LOC"]]
PREDICTED = [["B-PER", "I-PER", "I-LOC"], [], ["B-PER"]]
LENGTHS = [3, 0, 1]


def flat(rows: list[list[str]], dtype: npt.DTypeLike = np.uint8) -> npt.NDArray[np.integer]:
    return np.array([TAGS.index(tag) for row in rows for tag in row], dtype=dtype)


def assert_equal(found: ChunkCounts, expected: ChunkCounts) -> None:
    assert found.labels == expected.labels
    np.testing.assert_array_equal(found.table, expected.table)


@pytest.mark.parametrize("dtype", ["u1", "i1", "u2", "<i4", ">i4", "i8", "u8"])
def test_codes_of_any_size_count_as_their_tags(dtype: str) -> None:
    found = chunk_counts_flat(flat(GOLD, dtype), flat(PREDICTED, dtype), LENGTHS, TAGS)

    assert_equal(found, chunk_counts(GOLD, PREDICTED))


def test_every_second_item_of_an_array_needs_no_copy_by_the_caller() -> None:
    wide = np.repeat(flat(GOLD), 2)

    found = chunk_counts_flat(wide[::2], flat(PREDICTED), LENGTHS, TAGS, "strict")

    assert_equal(found, chunk_counts(GOLD, PREDICTED, "strict"))


@pytest.mark.parametrize("types", [31, 32, 33, 300, 9000])
def test_types_may_be_more_than_a_byte_or_two_can_tell_apart(types: int) -> None:
    tags = ["O", *(f"{prefix}-T{at:04}" for at in range(types) for prefix in "BI")]
    codes = np.arange(len(tags))
    shifted = np.where(codes == len(tags) - 1, 0, codes)

    labels, table = chunk_counts_flat(codes, shifted, [codes.size], tags, "strict", unit="corpus")

    assert len(labels) == types
    assert table[0, :-1].tolist() == [[1, 1, 1]] * (types - 1)
    assert table[0, -1].tolist() == [0, 1, 1]


def test_a_tag_that_does_not_occur_may_be_anything() -> None:
    found = chunk_counts_flat(flat(GOLD), flat(PREDICTED), LENGTHS, (*TAGS, "<pad>", ""), "strict")

    assert_equal(found, chunk_counts(GOLD, PREDICTED, "strict"))


@pytest.mark.parametrize("mode", ["default", "strict"])
def test_no_sentences_give_no_counts(mode: str) -> None:
    labels, table = chunk_counts_flat([], [], [], TAGS, mode)  # type: ignore[arg-type]

    assert (labels, table.shape) == ((), (0, 0, 3))


def test_no_sentences_of_a_corpus_are_one_row() -> None:
    assert chunk_counts_flat([], [], [], TAGS, unit="corpus").table.shape == (1, 0, 3)


@pytest.mark.parametrize("code", [-100, 5])
def test_a_code_without_a_tag_is_refused_where_it_stands(code: int) -> None:
    wrong = np.array([1, 2, 0, code])

    with pytest.raises(
        InvalidError, match=rf"\$\.predicted\[2\]\[0\]: .* from 0 to 4 \(got {code}\)"
    ):
        chunk_counts_flat(flat(GOLD), wrong, LENGTHS, TAGS)


def test_codes_that_are_no_whole_numbers_are_refused() -> None:
    with pytest.raises(InvalidError, match=r"gold_codes must be whole numbers .*float64"):
        chunk_counts_flat(np.zeros(4), flat(PREDICTED), LENGTHS, TAGS)


def test_codes_must_be_as_many_as_the_lengths_add_up_to() -> None:
    with pytest.raises(InvalidError, match=r"predicted_codes must have as many .* 4 \(got 3\)"):
        chunk_counts_flat(flat(GOLD), flat(PREDICTED)[:3], LENGTHS, TAGS)


def test_a_negative_length_is_refused() -> None:
    with pytest.raises(InvalidError, match=r"\$\.lengths\[1\]: .*\(got -1\)"):
        chunk_counts_flat(flat(GOLD), flat(PREDICTED), [4, -1, 1], TAGS)


def test_a_corpus_of_a_million_tokens_needs_little_beside_its_codes() -> None:
    codes = np.tile(np.array([1, 2, 0, 3, 0], dtype=np.uint8), 200_000)
    lengths = np.full(40_000, 25)

    tracemalloc.start()
    try:
        _, table = chunk_counts_flat(codes, codes, lengths, TAGS, "strict", unit="corpus")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert table.tolist() == [[[200_000] * 3, [200_000] * 3]]
    assert peak < 6_000_000  # eight bytes a token would already be eight million
