"""Errors say where, what, and what to do, on one line."""

from __future__ import annotations

import pytest

from vinee.corpus.findings import Finding
from vinee.errors import InputError, MissingExtraError, UnknownNameError, Where, printable


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


HOSTILE = "\x1b[31mred\nvinee: fake\u202e\x00\ud800"


@pytest.mark.parametrize(
    "shown",
    [
        str(Where(HOSTILE, 1)),
        str(Where(doc_id=HOSTILE)),
        str(Where(path=HOSTILE)),
        str(InputError("code", Where(HOSTILE), HOSTILE)),
        str(Finding("code", "error", Where(doc_id=HOSTILE), HOSTILE)),
        str(UnknownNameError("task", HOSTILE, [HOSTILE])),
    ],
)
def test_nothing_that_is_shown_can_steer_a_terminal(shown: str) -> None:
    assert shown.isprintable()
    assert r"\x1b[31mred" in shown


def test_escape_is_that_of_repr_and_letters_stay() -> None:
    assert printable("Hà Nội\u202e\x07\n") == r"Hà Nội\u202e\x07\n"


def test_message_of_several_lines_is_told_on_one() -> None:
    error = InputError("yaml", Where("a.yaml"), "mapping values\n  in line 2")

    assert str(error) == "a.yaml: mapping values in line 2 [yaml]"


def test_finding_as_json_can_be_written_as_utf8() -> None:
    found = Finding("code", "error", Where("a\ud800", None, HOSTILE, None), HOSTILE).to_json()

    assert found["file"] == r"a\ud800"
    assert found["path"] is None
    assert all(str(value).encode("utf-8") for value in found.values())
