from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinee.text import paragraphs, sentences

# Read sentence by sentence: 20 + 16 + 15 + 30 + 13.
SENTENCES_PER_ARTICLE = {"Tổng thống Nga Vladimir Putin gặp": 20, "date 2025-08-07": 16}
SENTENCES_PER_ARTICLE |= {"Ngày 26/2": 15, "date 2025-10-17": 30, "Tổng thống Mỹ": 13}


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_the_number_of_sentences_of_each_article(article: str) -> None:
    (expected,) = [
        count
        for opening, count in SENTENCES_PER_ARTICLE.items()
        if article.lstrip().startswith(opening)
    ]

    assert len(sentences(article)) == expected


@pytest.mark.parametrize(
    "unit",
    [
        "Trợ lý Điện Kremlin Yury Ushakov. (Ảnh: RT)",
        "Tổng thống Nga và Mỹ gặp nhau ở Alaska hồi tháng 8 (Ảnh: AFP. Nguồn: DPA).",
        "Giá vàng tăng 1.000 đồng, lên 7.8 triệu đồng.",
        "Ông J. D. Vance đến TP. Hồ Chí Minh.",
        "PGS.TS. Nguyễn Văn A và Th.S Trần B. Cường ở Q. 1.",
        "Mr. Trump đến St. Petersburg cùng Dr. Fauci, GS. Ngô và ThS. Lê.",
        "1. Nội dung cuộc gặp",
        "“Sao lại thế?” ông hỏi.",
        "Ông nói… rồi thôi... không nói nữa.",
        "Hay quá! 😀",
        "date 2025-08-07 (VTC News) -",
    ],
)
def test_one_sentence(unit: str) -> None:
    assert split(unit) == [unit]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('"Chúng ta hãy chờ xem.', 'Hiện vẫn chưa có tuyên bố", ông Peskov cho hay.'),
        ("Ông gọi đây là “tin tuyệt vời.”", "Sau đó ông rời đi."),
        ("Hội nghị ở Budapest (Hungary).", "Ông gọi đây là “một sự kiện”"),
        ("Lập trường của Moscow.", "“Nga giữ vững lập trường”, ông nhấn mạnh."),
        ("Có gặp không?!", "Chưa rõ."),
        ("Ông im lặng…", "Rồi ông nói."),
        ("Hội nghị diễn ra năm 2019.", "2 nhà lãnh đạo đã gặp nhau."),
        ("Đó là Thế chiến II.", "Sau đó là Chiến tranh Lạnh."),
        ("(Ông A đã đến.", "Ông Bình đã đi.)"),
    ],
)
def test_two_sentences(first: str, second: str) -> None:
    assert split(f"{first} {second}") == [first, second]


def test_a_line_is_a_sentence_without_a_full_stop() -> None:
    assert split("Vấn đề Dải Gaza\n\nÔng Putin chúc mừng.") == [
        "Vấn đề Dải Gaza",
        "Ông Putin chúc mừng.",
    ]


def test_paragraphs_are_trimmed_lines() -> None:
    text = "\n  Một dòng \r\n\r\n\tHai dòng\u2028Ba"

    assert [text[start:end] for start, end in paragraphs(text)] == ["Một dòng", "Hai dòng", "Ba"]


def test_decomposed_text_has_the_same_sentences(article: str) -> None:
    text = article + "\nÔ. Nguyễn đến. Ông đi."
    decomposed = unicodedata.normalize("NFD", text)

    assert [unicodedata.normalize("NFC", part) for part in split(decomposed)] == split(text)


@settings(deadline=None)
@given(st.text(alphabet='aBĐê1. .?!…"”)(\n😀-\u0301_'))
def test_sentences_cover_all_but_white_space(text: str) -> None:
    assert "".join("".join(split(text)).split()) == "".join(text.split())


@settings(deadline=None)
@given(st.text(alphabet='aBĐê1. .?!…"”)(\n😀-\u0301_'))
def test_sentences_are_trimmed_and_ascend(text: str) -> None:
    edges = [edge for span in sentences(text) for edge in span]

    assert edges == sorted(edges)
    assert all(part and part == part.strip() for part in split(text))
