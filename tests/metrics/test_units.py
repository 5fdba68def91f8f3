from __future__ import annotations

from typing import Any

import pytest

from vinee.errors import InvalidError, UnknownNameError
from vinee.metrics.units import Rows, document_of
from vinee.model import Document, Span

TEXT = "Putin gặp Trump. Hai bên ký.\n\nMỹ im lặng."
DOCUMENT = Document("a", text=TEXT)


def test_a_document_is_one_row() -> None:
    rows = Rows([Document("b"), DOCUMENT], "document")

    assert (rows.names, rows.row("a", 5), rows.row("b", 99)) == (("a", "b"), 0, 1)


def test_paragraphs_are_the_lines_that_hold_something() -> None:
    rows = Rows([DOCUMENT], "paragraph")

    assert rows.names == ("a#000000", "a#000001")
    assert [rows.row("a", TEXT.index(word)) for word in ("Putin", "Hai", "Mỹ")] == [0, 0, 1]


def test_sentences_are_found_by_rule_where_a_document_has_none() -> None:
    rows = Rows([DOCUMENT], "sentence")

    assert [rows.row("a", TEXT.index(word)) for word in ("Putin", "Hai", "Mỹ")] == [0, 1, 2]


def test_sentences_of_the_document_go_before_rules() -> None:
    whole = Document("a", text=TEXT, sentences=(Span(0, len(TEXT)),))

    assert Rows([whole], "sentence").names == ("a#000000",)


def test_a_place_between_sentences_belongs_to_the_one_before() -> None:
    rows = Rows([DOCUMENT], "sentence")

    assert rows.row("a", TEXT.index("\n")) == 1


def test_an_empty_text_is_one_unit() -> None:
    rows = Rows([Document("a", text=" \n")], "paragraph")

    assert (rows.names, rows.row("a", 0)) == (("a#000000",), 0)


def test_more_units_than_ten_stay_in_order() -> None:
    rows = Rows([Document("a", text="\n".join("x" * 12))], "paragraph")

    assert rows.names == tuple(sorted(rows.names))
    assert rows.row("a", 22) == 11


def test_a_document_without_text_cannot_be_divided() -> None:
    with pytest.raises(InvalidError, match="must have its text to be divided into sentences"):
        Rows([Document("a")], "sentence")


def test_an_unknown_unit_is_refused() -> None:
    unit: Any = "page"

    with pytest.raises(UnknownNameError, match="known: document, paragraph, sentence"):
        Rows([DOCUMENT], unit)


def test_the_document_of_a_unit_may_hold_a_number_sign() -> None:
    assert document_of("a#1#000003", "sentence") == "a#1"
    assert document_of("a#1", "document") == "a#1"
