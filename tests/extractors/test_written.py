from __future__ import annotations

from datetime import date

import pytest

from vinee.corpus import gold
from vinee.extractors.written import common, moments, written
from vinee.model import Document, Section


def document(dateline: str, rest: str = "") -> Document:
    section = Section(0, len(dateline), text=dateline, kind="dateline")
    return Document("a", text=dateline + rest, sections=(section,))


@pytest.mark.parametrize(
    "dateline", ["date 2025-08-07 (VTC News) -", "Hà Nội, 7/8/2025", "Hà Nội, 07-08-2025"]
)
def test_a_full_date_in_the_dateline_is_the_articles(dateline: str) -> None:
    assert written(document(dateline)) == date(2025, 8, 7)


@pytest.mark.parametrize("dateline", ["Hà Nội, 7/8", "31/2/2025", "số 12025-08-071", "tháng 8"])
def test_less_than_a_day_of_the_calendar_is_no_date(dateline: str) -> None:
    assert written(document(dateline)) is None


def test_a_date_in_the_body_is_not_the_articles() -> None:
    assert written(document("(VTC News) -", "Ngày 7/8/2025 họ gặp nhau.")) is None


def test_two_of_the_five_articles_say_their_date() -> None:
    found = [written(each) for each in gold.documents()]

    assert found == [None, date(2025, 8, 7), None, date(2025, 10, 17), None]


def test_moments_of_a_dated_article_share_the_day() -> None:
    first, last = moments(document("date 2025-08-07 -"))

    assert {first.date(), last.date()} == {date(2025, 8, 7)}
    assert first.time() != last.time()


def test_moments_of_an_undated_article_share_nothing() -> None:
    first, last = (when.timetuple()[:5] for when in moments(document("(VTC News) -")))

    assert not any(one == other for one, other in zip(first, last, strict=True))


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        ("2000-02-26", "2016-02-26", "XXXX-02-26"),
        ("2000-01-03", "2016-06-18", "XXXX-XX-XX"),
        ("2000-W01", "2016-W24", "XXXX-WXX"),
        ("2025-08-07T05:10", "2025-08-07T17:43", "2025-08-07TXX:XX"),
        ("2025", "2025", "2025"),
    ],
)
def test_what_two_values_share_is_kept(one: str, other: str, value: str) -> None:
    assert common(one, other) == value
