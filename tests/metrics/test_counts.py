from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee.errors import InvalidError, SchemaError
from vinee.metrics.counts import Counts

if TYPE_CHECKING:
    from collections.abc import Sequence


def make(documents: Sequence[str], labels: Sequence[str], table: object) -> Counts:
    return Counts("ner.strict", tuple(documents), tuple(labels), np.array(table, dtype=np.int64))


ONE = make(["a"], ["LOC", "PER"], [[[1, 2, 3], [0, 1, 0]]])
TWO = make(["b"], ["ORG", "PER"], [[[2, 2, 2], [1, 1, 4]]])


@st.composite
def any_counts(draw: st.DrawFn) -> Counts:
    names = st.sets(st.text(max_size=4), max_size=4).map(sorted)
    documents, labels = draw(names), draw(names)
    triple = st.tuples(*[st.integers(0, 9)] * 3).map(lambda t: [t[0], t[0] + t[1], t[0] + t[2]])
    table = [[draw(triple) for _ in labels] for _ in documents]
    shape = (len(documents), len(labels), 3)
    return make(documents, labels, np.array(table, dtype=np.int64).reshape(shape))


def test_total_sums_over_documents() -> None:
    both = ONE.merge(TWO)

    np.testing.assert_array_equal(both.total(), [[1, 2, 3], [2, 2, 2], [1, 2, 4]])


def test_merge_puts_documents_and_labels_in_order() -> None:
    both = TWO.merge(ONE)

    assert both == make(
        ["a", "b"],
        ["LOC", "ORG", "PER"],
        [[[1, 2, 3], [0, 0, 0], [0, 1, 0]], [[0, 0, 0], [2, 2, 2], [1, 1, 4]]],
    )


def test_merge_refuses_a_document_that_is_in_both() -> None:
    with pytest.raises(InvalidError, match=r"both hold the documents \['a'\]"):
        ONE.merge(ONE)


def test_merge_refuses_another_metric() -> None:
    other = Counts("boundary", ("b",), ("span",), np.zeros((1, 1, 3), dtype=np.int64))

    with pytest.raises(InvalidError, match="cannot be merged with counts of 'boundary'"):
        ONE.merge(other)


def test_merge_refuses_another_unit() -> None:
    sentences = Counts("ner.strict", ("b#000000",), ("X",), np.zeros((1, 1, 3), int), "sentence")

    with pytest.raises(InvalidError, match=r"merged with counts of .* by sentence"):
        ONE.merge(sentences)


def test_units_sum_up_to_their_documents() -> None:
    table = np.array([[[1, 1, 2]], [[0, 3, 1]], [[2, 2, 2]]])
    names = ("a#000000", "a#000001", "b#000000")

    whole = Counts("ner.strict", names, ("X",), table, "sentence").over_documents()

    assert whole == make(["a", "b"], ["X"], [[[1, 4, 3]], [[2, 2, 2]]])


def test_a_unit_that_does_not_exist_is_refused() -> None:
    unit: Any = "chapter"

    with pytest.raises(InvalidError, match="unit must be one of"):
        Counts("ner.strict", ("a",), ("X",), np.zeros((1, 1, 3), int), unit)


def test_exact_scores_are_fractions() -> None:
    assert ONE.exact() == {
        "micro": (Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)),
        "LOC": (Fraction(1, 2), Fraction(1, 3), Fraction(2, 5)),
        "PER": (0, 0, 0),
    }


def test_for_labels_keeps_the_asked_and_gives_zero_for_the_unseen() -> None:
    assert ONE.for_labels(["PER", "FAC"]) == make(["a"], ["FAC", "PER"], [[[0, 0, 0], [0, 1, 0]]])


@given(any_counts())
def test_json_round_trip_is_the_identity(counts: Counts) -> None:
    assert Counts.from_json(json.loads(json.dumps(counts.to_json()))) == counts


def test_equal_counts_have_one_hash() -> None:
    assert len({ONE, Counts.from_json(ONE.to_json())}) == 1


@pytest.mark.parametrize(
    "other",
    [
        make(["a"], ["LOC", "PER"], [[[1, 2, 3], [0, 1, 1]]]),
        make(["b"], ["LOC", "PER"], ONE.table),
        Counts("boundary", ONE.units, ONE.labels, ONE.table),
        "counts",
    ],
)
def test_different_counts_are_not_equal(other: object) -> None:
    assert other != ONE


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        ONE.table[0, 0, 0] = 7


def test_the_table_is_not_shared_with_the_callers() -> None:
    table = np.zeros((1, 1, 3), dtype=np.int64)
    counts = make(["a"], ["PER"], table)

    table[0, 0, 2] = 1

    assert counts.total().sum() == 0


@pytest.mark.parametrize(
    ("documents", "labels", "table", "problem"),
    [
        (["b", "a"], ["X"], np.zeros((2, 1, 3)), "units must be unique and ascending"),
        (["a", "a"], ["X"], np.zeros((2, 1, 3)), "units must be unique and ascending"),
        (["a"], ["X", "X"], np.zeros((1, 2, 3)), "labels must be unique and ascending"),
        (["a"], ["X"], np.zeros((1, 3)), r"table must have shape \(1, 1, 3\) \(got \(1, 3\)\)"),
        (["a"], ["X"], [[[2, 1, 3]]], "correct at most predicted and gold"),
        (["a"], ["X"], [[[2, 3, 1]]], "correct at most predicted and gold"),
        (["a"], ["X"], [[[-1, 3, 1]]], "counts must be >= 0"),
    ],
)
def test_contradictory_parts_are_refused(
    documents: list[str], labels: list[str], table: object, problem: str
) -> None:
    with pytest.raises(InvalidError, match=problem):
        make(documents, labels, table)


def test_a_table_of_fractions_is_refused() -> None:
    fractions: Any = np.zeros((1, 1, 3))

    with pytest.raises(InvalidError, match="table must hold whole numbers"):
        Counts("ner.strict", ("a",), ("X",), fractions)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"metric": 3}, r"\$\.metric: .* must be a string \(got 3\)"),
        ({"units": "a"}, r"\$\.units: .* must be a list of strings"),
        ({"labels": [1]}, r"\$\.labels: .* must be a list of strings"),
        ({"table": [[[1, 2, 3], [1]]]}, r"\$\.table: .* lists of equal length"),
        ({"table": [[[1, 2, 3], [0, 1, 0.5]]]}, r"\$\.table: .* must hold whole numbers"),
        ({"table": []}, r"\$\.table: .* must hold whole numbers"),
        ({"extra": 1}, "exactly the fields"),
        ({"kind": "credits"}, r"\$\.kind: .* must be 'counts' \(got 'credits'\)"),
    ],
)
def test_stored_counts_of_the_wrong_shape_are_refused(change: dict[str, Any], problem: str) -> None:
    with pytest.raises(SchemaError, match=problem):
        Counts.from_json({**ONE.to_json(), **change})


def test_stored_counts_must_be_an_object() -> None:
    with pytest.raises(SchemaError, match="must be an object"):
        Counts.from_json([1, 2])
