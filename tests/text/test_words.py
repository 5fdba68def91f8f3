from __future__ import annotations

import sys
import unicodedata
from importlib import metadata

import pytest

from vinee.errors import MissingExtraError
from vinee.text import word_tool, words


def test_words_hold_several_syllables() -> None:
    text = "Tổng thống Nga Vladimir Putin gặp Tổng thống Mỹ."

    assert [text[start:end] for start, end in words(text)][:2] == ["Tổng thống", "Nga"]


def test_words_cover_the_article_but_for_white_space(article: str) -> None:
    joined = "".join(article[start:end] for start, end in words(article))

    assert "".join(joined.split()) == "".join(article.split())


def test_words_stay_inside_their_paragraph(article: str) -> None:
    assert [span for span in words(article) if "\n" in article[slice(*span)]] == []


def test_a_decomposed_article_has_the_same_words(article: str) -> None:
    text = unicodedata.normalize("NFD", article)
    composed = [unicodedata.normalize("NFC", text[start:end]) for start, end in words(text)]

    assert composed == [article[start:end] for start, end in words(article)]


def test_text_that_the_tool_lost_or_rewrote_is_given_as_syllables(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "Tổng thống Nga gặp Tổng thống Mỹ"
    monkeypatch.setattr("underthesea.word_tokenize", lambda _: ["Tổng thống", "[UNK]", "Mỹ"])

    assert [text[start:end] for start, end in words(text)] == [
        "Tổng thống",
        "Nga",
        "gặp",
        "Tổng",
        "thống",
        "Mỹ",
    ]


def test_a_window_is_counted_from_the_text_s_start() -> None:
    text = "Hôm qua, ông Putin gặp ông Trump"

    assert [text[start:end] for start, end in words(text, 9, 18)] == ["ông", "Putin"]


def test_the_tool_is_named_with_its_version() -> None:
    assert word_tool() == f"underthesea {metadata.version('underthesea')}"


def test_without_the_tool_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "underthesea", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'vinee\[baselines\]'"):
        words("Tổng thống Nga")


def test_without_the_tool_it_has_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)

    with pytest.raises(MissingExtraError, match="underthesea"):
        word_tool()
