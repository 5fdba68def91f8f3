from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee.errors import InvalidError, SchemaError
from vinee.metrics.credits import Cell, Credits

HALF = Fraction(1, 2)
ONE = Credits.of("ner.partial", ["a", "b"], ["span"], {("a", "span"): Cell(3 * HALF, 2, 4)})


@st.composite
def any_credits(draw: st.DrawFn) -> Credits:
    names = st.sets(st.text(max_size=4), max_size=3).map(sorted)
    units, labels = draw(names), draw(names)
    cell = st.tuples(st.fractions(0, 4, max_denominator=9), st.integers(0, 5), st.integers(0, 5))
    cells = {
        (unit, label): Cell(credit, int(credit) + 1 + more, int(credit) + 1 + others)
        for unit in units
        for label in labels
        for credit, more, others in [draw(cell)]
    }
    return Credits.of("ner.partial", units, labels, cells)


def test_scores_come_from_exact_fractions() -> None:
    assert ONE.exact()["micro"] == (Fraction(3, 4), Fraction(3, 8), HALF)

    micro = ONE.scores().micro
    assert (micro.correct, micro.predicted, micro.support, micro.f1) == (1.5, 2, 4, 0.5)


def test_whole_credit_is_shown_as_a_whole_number() -> None:
    whole = Credits.of("m", ["a"], [], {("a", "x"): Cell(Fraction(2), 2, 2)})

    assert json.dumps(whole.scores().micro.correct) == "2"


def test_the_statistic_of_the_table_is_f1() -> None:
    assert ONE.statistic(ONE.table.sum(axis=0)) == 0.5


@given(any_credits())
def test_json_round_trip_is_the_identity(found: Credits) -> None:
    assert Credits.from_json(json.loads(json.dumps(found.to_json()))) == found


def test_units_sum_up_to_their_documents() -> None:
    cells = {
        ("a#000000", "x"): Cell(HALF, 1, 1),
        ("a#000001", "x"): Cell(HALF, 1, 2),
        ("b#000000", "y"): Cell(Fraction(1), 1, 1),
    }
    units = ["a#000000", "a#000001", "b#000000"]

    whole = Credits.of("m", units, [], cells, "sentence").over_documents()

    assert whole == Credits.of(
        "m", ["a", "b"], [], {("a", "x"): Cell(2 * HALF, 2, 3), ("b", "y"): Cell(2 * HALF, 1, 1)}
    )


def test_merging_joins_units_and_labels() -> None:
    other = Credits.of("ner.partial", ["c"], ["other"], {("c", "other"): Cell(HALF, 1, 1)})

    both = other.merge(ONE)

    assert (both.units, both.labels) == (("a", "b", "c"), ("other", "span"))
    assert both.total() == (Cell(HALF, 1, 1), Cell(3 * HALF, 2, 4))


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        (ONE, "both hold the documents"),
        (Credits.of("m", ["z"], [], {}), "cannot be merged with counts of 'm' by document"),
    ],
)
def test_what_does_not_belong_together_is_not_merged(other: Credits, problem: str) -> None:
    with pytest.raises(InvalidError, match=problem):
        ONE.merge(other)


@pytest.mark.parametrize(
    ("units", "labels", "cells", "unit", "problem"),
    [
        (("b", "a"), (), ((), ()), "document", "units must be unique and ascending"),
        (("a",), ("x", "x"), ((), ()), "document", "labels must be unique and ascending"),
        (("a",), ("x",), ((),), "document", "a row for each unit, a cell for each label"),
        (("a",), (), ((),), "page", "unit must be one of"),
        (("a",), ("x",), ((Cell(HALF, 0, 1),),), "document", "at most predicted and gold"),
        (("a",), ("x",), ((Cell(-HALF, 1, 1),),), "document", "credit must be >= 0"),
    ],
)
def test_contradictory_parts_are_refused(
    units: Any, labels: Any, cells: Any, unit: Any, problem: str
) -> None:
    with pytest.raises(InvalidError, match=problem):
        Credits("m", units, labels, cells, unit)


@pytest.mark.parametrize(
    "change", [{"cells": [[["half", 1, 1]]]}, {"cells": [[["1/0", 1, 1]]]}, {"extra": 1}]
)
def test_stored_credits_of_the_wrong_shape_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(SchemaError, match="credits"):
        Credits.from_json({**ONE.to_json(), **change})
