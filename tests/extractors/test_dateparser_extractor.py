from __future__ import annotations

import sys
from importlib import metadata

import pytest

from vinee.corpus import gold
from vinee.errors import ExtractorError, MissingExtraError
from vinee.extractors.dateparser import DateparserExtractor
from vinee.model import Document, Section

pytest.importorskip("dateparser")

DATED = "date 2025-08-07 - Hà Nội.\nHôm qua, 6/8, họ gặp nhau. Tháng 5 họ đã gặp."
HEADER = Section(0, 16, text="date 2025-08-07 ", kind="dateline")


def times(document: Document) -> list[tuple[str | None, str | None, str | None]]:
    (predicted,) = DateparserExtractor().extract([document])
    return [(timex.text, timex.type, timex.value) for timex in predicted.timexes or ()]


def test_dates_are_found_with_offsets_of_the_document() -> None:
    text = "Họ gặp nhau. Ngày 26/2, ông đến Huế."

    (predicted,) = DateparserExtractor().extract([Document("a", text=text)])

    (found,) = predicted.timexes or ()
    assert (found.start, found.end, found.text) == (13, 22, text[13:22])
    assert found.text == "Ngày 26/2"


def test_a_date_without_a_year_keeps_an_unknown_year() -> None:
    assert times(Document("a", text="Ngày 26/2, ông đến Huế.")) == [
        ("Ngày 26/2", "DATE", "XXXX-02-26")
    ]


def test_the_date_of_the_dateline_gives_the_year() -> None:
    found = times(Document("a", text=DATED, sections=(HEADER,)))

    assert ("Tháng 5", "DATE", "2025-05") in found


def test_the_dateline_resolves_relative_dates_by_week() -> None:
    text = "date 2025-08-07 - Hà Nội.\nTuần trước, họ gặp nhau."

    found = times(Document("a", text=text, sections=(HEADER,)))

    assert ("Tuần trước", "DATE", "2025-W31") in found


def test_a_time_of_day_that_follows_from_no_clock_is_unknown() -> None:
    # dateparser takes three hours for three hours ago, of which nobody knows the hour
    assert times(Document("a", text="Họ nói chuyện 3 giờ.")) == [
        ("3 giờ", "TIME", "XXXX-XX-XXTXX:XX")
    ]


def test_what_the_tool_rewrites_is_found_and_counted() -> None:
    text = "Họ gặp nhau ngày 7/8  năm 2025."

    (predicted,) = DateparserExtractor().extract([Document("a", text=text)])

    assert [timex.text for timex in predicted.timexes or ()] == ["ngày 7/8  năm 2025"]
    assert predicted.meta == {"alignment": {"exact": 0, "repaired": 1, "ungrounded": 0}}


def test_a_text_without_dates_has_an_empty_layer() -> None:
    (predicted,) = DateparserExtractor().extract([Document("a", text="Hà Nội có mưa.")])

    assert predicted.timexes == ()


def test_the_articles_are_annotated_alike_again() -> None:
    documents = gold.documents()

    assert (
        DateparserExtractor().extract(documents)
        == DateparserExtractor().extract(documents[::-1])[::-1]
    )


def test_the_version_is_the_packages() -> None:
    assert DateparserExtractor().version == metadata.version("dateparser")


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(ExtractorError, match="has no text"):
        DateparserExtractor().extract([Document("a")])


def test_a_missing_package_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dateparser.search", None)

    with pytest.raises(MissingExtraError, match="baselines"):
        DateparserExtractor().extract([Document("a", text="Ngày 26/2.")])


def test_the_version_of_a_missing_package_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)

    with pytest.raises(MissingExtraError, match="baselines"):
        _ = DateparserExtractor().version
