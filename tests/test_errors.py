"""Errors say where, what, and what to do, on one line."""

from __future__ import annotations

import pytest

from vinee.errors import InputError, MissingExtraError, UnknownNameError, Where


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        (Where("p.jsonl", 3, "000", "$.mentions[1]"), "p.jsonl:3: 000: $.mentions[1]"),
        (Where(line=3), "line 3"),
        (Where(doc_id="000"), "000"),
        (Where(), ""),
    ],
)
def test_place_shows_what_is_known(where: Where, shown: str) -> None:
    assert str(where) == shown


def test_input_error_ends_with_its_code() -> None:
    error = InputError("span-outside", Where("p.jsonl", 3), "the span is too long")

    assert str(error) == "p.jsonl:3: the span is too long [span-outside]"


def test_unknown_name_lists_the_known_ones() -> None:
    assert str(UnknownNameError("task", "nre", ["ner", "events"])) == (
        "unknown task 'nre'; known: events, ner"
    )


def test_missing_extra_names_the_command() -> None:
    assert "pip install 'vinee[baselines]'" in str(MissingExtraError("underthesea", "baselines"))
