"""Names by the `rules` baseline, whose lists were written without looking at the gold.

The sentences are invented: a test on the articles would invite fitting the rules to them.
"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinee.errors import ExtractorError
from vinee.extractors import Extractor
from vinee.extractors.rules import RulesExtractor
from vinee.model import Document, Mention, Span, Timex


def predicted(text: str) -> Document:
    (document,) = RulesExtractor().extract([Document("a", text=text)])
    return document


def names(text: str) -> list[tuple[str | None, str]]:
    return [(mention.text, mention.type) for mention in predicted(text).mentions or ()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bão vào Hải Phòng.", [("Hải Phòng", "GPE")]),
        ("Gió mùa thổi qua Đông Nam Á.", [("Đông Nam Á", "LOC")]),
        ("Giá dầu tăng, UNESCO họp.", [("UNESCO", "ORG")]),
        ("Theo hãng tin Kyodo, trời mưa.", [("Kyodo", "MEDIA")]),
        ("Theo tờ Morgenbladet, trời mưa.", [("Morgenbladet", "MEDIA")]),
        ("Khách chờ ở sân bay Liên Khương.", [("Liên Khương", "FAC")]),
        ("Họ bắn tên lửa Zircon.", [("Zircon", "PROD")]),
        ("Ba chiếc Su-30 và MiG-29 bay qua.", [("Su-30", "PROD"), ("MiG-29", "PROD")]),
        ("Dịch COVID-19 lan rộng.", []),
        ("Sau Thế chiến II, giá gạo tăng.", [("Thế chiến II", "EVT")]),
        ("Vị bộ trưởng quốc phòng im lặng.", [("bộ trưởng quốc phòng", "TITLE")]),
        ("BÃO VÀO HÀ NỘI", [("HÀ NỘI", "GPE")]),
    ],
)
def test_names_of_every_type(text: str, expected: list[tuple[str, str]]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tổng thống Pháp Emmanuel Macron vắng mặt.",
            [("Tổng thống", "TITLE"), ("Pháp", "GPE"), ("Emmanuel Macron", "PER")],
        ),
        ("Cựu Thủ tướng Merkel vắng mặt.", [("Thủ tướng", "TITLE"), ("Merkel", "PER")]),
        ("Khi đó bà Nguyễn Thị Bình vắng mặt.", [("Nguyễn Thị Bình", "PER")]),
        ("Lúc ấy Trần Đại Nghĩa vắng mặt.", [("Trần Đại Nghĩa", "PER")]),
        ("Ông Jean-Claude Juncker vắng mặt.", [("Jean-Claude Juncker", "PER")]),
        ("Đại sứ quán đóng cửa.", []),
        ("Chủ tịch Quốc hội vắng mặt.", [("Chủ tịch Quốc hội", "TITLE")]),
    ],
)
def test_persons_after_titles_and_honorifics(text: str, expected: list[tuple[str, str]]) -> None:
    assert names(text) == expected


def test_a_person_once_introduced_is_known_in_the_whole_document() -> None:
    found = names("Hôm qua Merkel im lặng. Thủ tướng Angela Merkel vắng mặt.")

    assert found[0] == ("Merkel", "PER")


def test_a_person_is_forgotten_with_the_document() -> None:
    first = Document("a", text="Thủ tướng Angela Merkel vắng mặt.")
    second = Document("b", text="Hôm qua Merkel im lặng.")

    _, forgotten = RulesExtractor().extract([first, second])

    assert forgotten.mentions == ()


def test_a_place_inside_a_longer_name_is_kept_after_it() -> None:
    assert names("Trụ sở Ngân hàng Nhà nước Việt Nam đóng cửa.") == [
        ("Ngân hàng Nhà nước Việt Nam", "ORG"),
        ("Việt Nam", "GPE"),
    ]


def test_a_verb_that_ends_like_an_introducing_noun_introduces_nothing() -> None:
    assert names("Họ yêu cầu Vostok im lặng, cảnh báo Vostok.") == []


@pytest.mark.parametrize("text", ["Anh ngồi xuống.", "Ý đó hay.", "Áo đẹp."])
def test_a_country_that_is_a_word_is_not_taken_at_the_start_of_a_sentence(text: str) -> None:
    assert names(text) == []


def test_a_building_that_speaks_is_an_institution() -> None:
    mentions = predicted("Nhà Trắng bác bỏ tin đó. Khách tham quan Nhà Trắng.").mentions or ()

    assert [mention.gpe_role for mention in mentions] == ["ORG", "LOC"]


def test_the_writing_of_the_text_is_kept() -> None:
    text = "Ở Thanh Hoá và Thanh Hóa, ông Hoà vắng mặt."

    assert names(text) == [("Thanh Hoá", "GPE"), ("Thanh Hóa", "GPE"), ("Hoà", "PER")]


def test_a_decomposed_text_has_the_same_names() -> None:
    text = "Tổng thống Pháp Emmanuel Macron đến Hà Nội ngày 2/9."

    found = names(unicodedata.normalize("NFD", text))

    assert [(unicodedata.normalize("NFC", str(name)), kind) for name, kind in found] == names(text)


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(ExtractorError, match="document 'a' has no text"):
        RulesExtractor().extract([Document("a")])


def test_it_fulfils_the_contract_and_was_trained_on_nothing() -> None:
    extractor = RulesExtractor()

    assert isinstance(extractor, Extractor)
    assert extractor.trained_on.startswith("nothing")


PIECES = st.sampled_from(
    [
        "Tổng thống",
        "Pháp",
        "Macron",
        "hoà",
        "hòa",
        "ông",
        "Hà Nội",
        "ngày 2/9",
        "8 giờ sáng",
        "nói",
        "gặp",
        "và",
        "tại",
        "bị",
        "không",
        "F",
        "-",
        "16",
        "Ngân hàng Nhà nước Việt Nam",
        "\u0302",
        "Nguyễn Văn A",
        ".",
        ",",
        "“",
        "tên lửa",
        "năm 1975",
        "hằng năm",
        "\u200b",
        "\n",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    parts=st.lists(PIECES | st.text(max_size=5), max_size=12),
    joiner=st.sampled_from([" ", "", "\n"]),
    form=st.sampled_from(["NFC", "NFD"]),
)
def test_every_span_covers_its_text_and_every_reference_exists(
    parts: list[str], joiner: str, form: str
) -> None:
    text = joiner.join(parts)
    text = unicodedata.normalize("NFD", text) if form == "NFD" else text

    document = predicted(text)

    mentions, timexes = document.mentions or (), document.timexes or ()
    events = document.events or ()
    spans: list[Mention | Timex | Span] = [*mentions, *timexes]
    spans += [event.trigger for event in events]
    for span in spans:
        assert span.text == text[span.start : span.end] != ""
    targets = [mention.id for mention in mentions] + [timex.id for timex in timexes]
    assert len(set(targets)) == len(targets)
    assert {argument.ref for event in events for argument in event.arguments} <= set(targets)
