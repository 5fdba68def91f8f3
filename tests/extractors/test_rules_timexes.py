"""Time expressions by the `rules` baseline, written without looking at the gold."""

from __future__ import annotations

import unicodedata

import pytest

from vinee.extractors.rules import RulesExtractor, timexes
from vinee.model import Document


def found(text: str) -> list[tuple[str, str]]:
    return [(text[each.start : each.end], each.type) for each in timexes.find(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        ("Bà đến ngày 2/9.", "ngày 2/9", "DATE"),
        ("Bà đến hôm 2/9/1975.", "hôm 2/9/1975", "DATE"),
        ("Bà đến ngày 2 tháng 9 năm 1945.", "ngày 2 tháng 9 năm 1945", "DATE"),
        ("Bà đến 2/9.", "2/9", "DATE"),
        ("Bà đến tháng 8/1991.", "tháng 8/1991", "DATE"),
        ("Bà đến cuối tháng 8.", "cuối tháng 8", "DATE"),
        ("Bà đến tháng trước.", "tháng trước", "DATE"),
        ("Năm 1975, bà đến.", "Năm 1975", "DATE"),
        ("Bà đến hôm nay.", "hôm nay", "DATE"),
        ("Hôm qua bà đến.", "Hôm qua", "DATE"),
        ("Bà đến tuần tới.", "tuần tới", "DATE"),
        ("Bà đến ba ngày trước.", "ba ngày trước", "DATE"),
        ("Bà đến hôm thứ Hai.", "thứ Hai", "DATE"),
        ("Hiện nay bà ở Huế.", "Hiện nay", "DATE"),
        ("Bà đến tối qua.", "tối qua", "TIME"),
        ("Bà đến sáng 2/9.", "sáng 2/9", "TIME"),
        ("Bà đến 8 giờ sáng.", "8 giờ sáng", "TIME"),
        ("Bà đến lúc 8h30.", "8h30", "TIME"),
        ("Bà đến vài giờ sau.", "vài giờ sau", "TIME"),
        ("Bà ở lại ba ngày.", "ba ngày", "DURATION"),
        ("Bà nói 2 giờ 30 phút.", "2 giờ 30 phút", "DURATION"),
        ("Bà ở lại suốt tuần.", "suốt tuần", "DURATION"),
        ("Bà đến hằng năm.", "hằng năm", "SET"),
        ("Bà đến mỗi thứ Hai.", "mỗi thứ Hai", "SET"),
    ],
)
def test_one_expression_of_a_sentence(text: str, expected: str, kind: str) -> None:
    assert found(text) == [(expected, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "Trực 24/7.",
        "Ngày 32/1 không có.",
        "Tỷ lệ 45/60.",
        "Lần thứ hai.",
        "Bảy người.",
        "Ngày đẹp.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ngày 2/9/1975", "1975-09-02"),
        ("ngày 2/9", "XXXX-09-02"),
        ("ngày 2 tháng 9 năm 1945", "1945-09-02"),
        ("tháng 8/1991", "1991-08"),
        ("năm 1975", "1975"),
        ("hôm qua", None),
        ("ba ngày", None),
    ],
)
def test_a_value_is_given_where_the_text_spells_it_out(text: str, value: str | None) -> None:
    (only,) = timexes.find(text, 0, len(text))

    assert only.value == value


def test_offsets_are_those_of_a_decomposed_document() -> None:
    text = unicodedata.normalize("NFD", "Trời mưa. Bà đến ngày 2/9.")

    (document,) = RulesExtractor().extract([Document("a", text=text)])

    (only,) = document.timexes or ()
    assert only.text == text[only.start : only.end] == unicodedata.normalize("NFD", "ngày 2/9")
    assert (only.id, only.type) == ("t1", "DATE")
