"""Events and arguments by the `rules` baseline, written without looking at the gold."""

from __future__ import annotations

import pytest

from vinee.extractors.rules import RulesExtractor
from vinee.model import Document

Found = tuple[str, str | None, list[tuple[str, str | None]]]


def predicted(text: str) -> Document:
    (document,) = RulesExtractor().extract([Document("a", text=text)])
    return document


def events(text: str) -> list[Found]:
    document = predicted(text)
    texts = {mention.id: mention.text for mention in document.mentions or ()}
    texts |= {timex.id: timex.text for timex in document.timexes or ()}
    return [
        (
            event.type,
            event.trigger.text,
            sorted((argument.role, texts[str(argument.ref)]) for argument in event.arguments),
        )
        for event in document.events or ()
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tổng thống Pháp Emmanuel Macron tuyên bố như vậy hôm qua.",
            ("Speech.Statement", "tuyên bố", [("Speaker", "Emmanuel Macron"), ("Time", "hôm qua")]),
        ),
        (
            "Thủ tướng Merkel gặp ông Hollande tại Paris.",
            (
                "Contact.Meet",
                "gặp",
                [("Entity", "Hollande"), ("Entity", "Merkel"), ("Place", "Paris")],
            ),
        ),
        (
            "Bà Merkel thăm Canada.",
            ("Diplomacy.Visit", "thăm", [("Destination", "Canada"), ("Visitor", "Merkel")]),
        ),
        (
            "Liên Hợp Quốc viện trợ cho Haiti.",
            ("Diplomacy.Aid", "viện trợ", [("Giver", "Liên Hợp Quốc"), ("Recipient", "Haiti")]),
        ),
        (
            "Phiến quân bị Chad cáo buộc.",
            ("Diplomacy.Accuse", "cáo buộc", [("Accuser", "Chad")]),
        ),
        (
            "Khi ấy Sudan bị trừng phạt.",
            ("Diplomacy.Sanction", "trừng phạt", [("Target", "Sudan")]),
        ),
        (
            "Bà Merkel rời Canada.",
            ("Movement.Transport", "rời", [("Artifact", "Merkel"), ("Origin", "Canada")]),
        ),
        (
            "Đàm phán giữa Chad và Sudan đổ vỡ.",
            ("Diplomacy.Negotiate", "Đàm phán", [("Party", "Chad"), ("Party", "Sudan")]),
        ),
        (
            "Họ chấm dứt xung đột.",
            ("Diplomacy.End-Conflict", "chấm dứt", []),
        ),
    ],
)
def test_the_first_event_of_a_sentence(text: str, expected: Found) -> None:
    assert events(text)[0] == expected


def test_the_longest_trigger_wins() -> None:
    assert [trigger for _, trigger, _ in events("Một cuộc xung đột vũ trang nổ ra.")] == [
        "xung đột vũ trang"
    ]


@pytest.mark.parametrize(
    "text", ["Dự án gặp khó khăn.", "Các tổ chức quốc tế.", "Bán đảo này đẹp.", "Thư ký im lặng."]
)
def test_a_word_inside_a_longer_phrase_triggers_nothing(text: str) -> None:
    assert events(text) == []


def test_a_name_triggers_nothing() -> None:
    assert events("Hội nghị Genève và Chiến tranh Triều Tiên.") == []


@pytest.mark.parametrize(
    ("text", "polarity", "realis"),
    [
        ("Bà Merkel từ chức.", "POSITIVE", "ACTUAL"),
        ("Bà Merkel không từ chức.", "NEGATIVE", "OTHER"),
        ("Bà Merkel chưa muốn từ chức.", "NEGATIVE", "OTHER"),
        ("Bà Merkel sẽ từ chức.", "POSITIVE", "OTHER"),
        ("Bà Merkel có thể từ chức.", "POSITIVE", "OTHER"),
    ],
)
def test_polarity_and_realis_from_the_words_before(text: str, polarity: str, realis: str) -> None:
    (event,) = predicted(text).events or ()

    assert (event.polarity, event.realis) == (polarity, realis)


def test_a_time_goes_to_the_nearest_trigger() -> None:
    found = events("Chad kêu gọi đối thoại và tuần tới họp.")

    assert [(trigger, ("Time", "tuần tới") in args) for _, trigger, args in found] == [
        ("kêu gọi", False),
        ("đối thoại", False),
        ("họp", True),
    ]


def test_a_country_before_its_president_takes_part_in_nothing() -> None:
    (_, _, arguments), *_ = events("Chính khách Sudan Omar al-Bashir và Tổng thống Chad từ chức.")

    assert ("Person", "Chad") not in arguments


def test_events_and_their_arguments_carry_ids_in_the_order_of_the_text() -> None:
    document = predicted("Bà Merkel tuyên bố. Ông Hollande từ chức.")

    assert [event.id for event in document.events or ()] == ["ev1", "ev2"]
    assert [event.arguments[0].ref for event in document.events or ()] == ["m1", "m2"]
