from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from vinee.bench.tables import FORMS, Table, escaped_latex, render
from vinee.errors import UnknownNameError

TABLE = Table(
    title="ner, 100% & more",
    header=("System", "F1"),
    rows=(("a_b|c", "0.900"), ("longer name", "–")),
    notes=("Note: few",),
    records=({"system": "a_b|c", "f1": 0.9}, {"system": "=1+1", "f1": None}),
)


def test_text_is_aligned_and_has_no_trailing_blanks() -> None:
    assert render([TABLE], "text").splitlines() == [
        "ner, 100% & more",
        "System          F1",
        "a_b|c        0.900",
        "longer name      –",
        "Note: few",
    ]


def test_markdown_shows_names_as_they_are() -> None:
    lines = render([TABLE], "markdown").splitlines()

    assert r"| a\_b\|c | 0.900 |" in lines
    assert "| --- | ---: |" in lines
    assert lines[-1] == "- Note: few"


def test_latex_uses_booktabs_and_escapes() -> None:
    text = render([TABLE], "latex")

    assert [line for line in text.splitlines() if "rule" in line] == [
        r"\toprule",
        r"\midrule",
        r"\bottomrule",
    ]
    assert r"a\_b|c & 0.900 \\" in text
    assert r"\caption{ner, 100\% \& more.}" in text
    assert "% Note: few" in text


@pytest.mark.parametrize("character", list("\\{}#$%&_~^<>"))
def test_no_character_of_a_name_is_a_command_in_latex(character: str) -> None:
    assert escaped_latex(character) != character


def test_csv_has_unrounded_values_and_runs_nothing_in_a_spreadsheet() -> None:
    rows = list(csv.reader(io.StringIO(render([TABLE], "csv"))))

    assert rows == [
        ["table", "system", "f1"],
        ["ner, 100% & more", "a_b|c", "0.9"],
        ["ner, 100% & more", "'=1+1", ""],
    ]


def test_csv_of_two_tables_has_one_header_where_they_are_alike() -> None:
    rows = list(csv.reader(io.StringIO(render([TABLE, TABLE], "csv"))))

    assert [row[0] for row in rows].count("table") == 1


def test_json_is_read_back() -> None:
    found = json.loads(render([TABLE], "json"))

    assert found == [
        {"title": TABLE.title, "rows": list(TABLE.records), "notes": ["Note: few"]},
    ]


def test_a_table_without_records_gives_its_rows_to_programs() -> None:
    plain = Table("t", ("a", "b"), (("x", "1"),))

    assert plain.for_programs == ({"a": "x", "b": "1"},)


@pytest.mark.parametrize("form", FORMS)
def test_a_line_break_in_a_name_never_breaks_a_table(form: Any) -> None:
    hostile = Table("t", ("name", "F1"), (("one\ntwo | three", "1"),))

    found = render([hostile], form)

    assert "\ntwo" not in found or form == "csv"


def test_an_unknown_form_is_refused() -> None:
    form: Any = "pdf"

    with pytest.raises(UnknownNameError, match="known: csv, json, latex, markdown, text"):
        render([TABLE], form)
