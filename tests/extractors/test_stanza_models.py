from __future__ import annotations

import pickle
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from msgspec import UNSET
from tiny_stanza import stanza_models

from vinee.errors import ExtractorError, MissingExtraError
from vinee.extractors import Claims, resolve
from vinee.extractors.models import StanzaExtractor
from vinee.model import Document

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any, Literal

pytest.importorskip("torch", reason="torch is in the extra `stanza`")
pytest.importorskip("stanza", reason="stanza is in the extra of its name")

TAGS = {
    "Vladimir": "B-PER",
    "Putin": "E-PER",
    "Nga": "S-LOC",
    "Hà": "B-LOC",
    "Nội": "E-LOC",
    "Hai": "S-DATE",
}
TEXT = "Tổng thống Nga Vladimir Putin, hôm thứ Hai, đến Hà Nội. Ông Putin 😀 không.\n\nHà Nội."
FOUND = [
    ("Nga", "LOC"),
    ("Vladimir Putin", "PER"),
    ("Hà Nội", "LOC"),
    ("Putin", "PER"),
    ("Hà Nội", "LOC"),
]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stanza_models(tmp_path_factory.mktemp("stanza"), TAGS)


@pytest.mark.parametrize("tokens", ["stanza", "syllable"])
def test_entities_become_mentions_with_offsets_of_the_text(
    directory: Path, tokens: Literal["stanza", "syllable"]
) -> None:
    system = StanzaExtractor("vi", directory=directory, tokens=tokens)

    (predicted,) = system.extract([Document("a", text=TEXT)])

    assert [(each.text, each.type) for each in predicted.mentions or ()] == FOUND
    assert all(each.text == TEXT[each.start : each.end] for each in predicted.mentions or ())
    assert {each.score for each in predicted.mentions or ()} == {UNSET}
    assert predicted.meta is not None
    assert predicted.meta["alignment"]["exact"] == 22
    assert predicted.meta["unmapped"] == {"DATE": 1}


def test_words_may_be_made_by_underthesea(tmp_path: Path) -> None:
    pytest.importorskip("underthesea", reason="underthesea is in the extra `baselines`")
    directory = stanza_models(tmp_path, {"Hà Nội": "S-LOC"})

    system = StanzaExtractor("vi", directory=directory, tokens="word")
    (predicted,) = system.extract([Document("a", text="Ông đến Hà Nội. ")])

    assert [each.text for each in predicted.mentions or ()] == ["Hà Nội"]
    assert "underthesea" in system.version


def test_claims_are_the_recognisers_labels(directory: Path) -> None:
    system = StanzaExtractor("vi", directory=directory, labels={"DATE": "EVT", "LOC": "GPE"})

    assert resolve(system) is system
    assert system.claims == Claims(("PER", "GPE", "EVT"), "fine")


def test_the_version_changes_with_either_model_and_not_with_the_place(
    directory: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(directory, tmp_path / "copy")
    both = shutil.copytree(directory, tmp_path / "both")
    other = stanza_models(tmp_path / "other", {**TAGS, "Nga": "S-PER"})
    shutil.copy(other / "vi" / "ner" / "tiny.pt", both / "vi" / "ner")

    first, second, third = (
        StanzaExtractor("vi", directory=each).version for each in (directory, copy, both)
    )

    assert first == second != third


@pytest.mark.parametrize("tokens", ["stanza", "syllable"])
def test_an_article_is_read_from_end_to_end(
    directory: Path, article: str, tokens: Literal["stanza", "syllable"]
) -> None:
    system = StanzaExtractor("vi", directory=directory, tokens=tokens)

    (predicted,) = system.extract([Document("a", text=article)])

    assert all(each.text == article[each.start : each.end] for each in predicted.mentions or ())


@pytest.mark.parametrize("text", ["", " \n "])
def test_a_text_without_words_has_no_names(directory: Path, text: str) -> None:
    (predicted,) = StanzaExtractor("vi", directory=directory).extract([Document("a", text=text)])

    assert predicted.mentions == ()


def test_a_pickle_with_code_is_refused(tmp_path: Path) -> None:
    directory = stanza_models(tmp_path, TAGS)
    mark = tmp_path / "was_run"
    (directory / "vi" / "ner" / "tiny.pt").write_bytes(pickle.dumps(Code(mark), protocol=2))

    with pytest.raises(ExtractorError, match="the model cannot be loaded"):
        StanzaExtractor("vi", directory=directory).extract([Document("a", text=TEXT)])

    assert not mark.exists()


class Code:
    """What runs code when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self.mark).touch, (self.mark,))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_model_that_is_not_there_says_how_to_get_it(
    directory: Path, tmp_path: Path, language: str
) -> None:
    folder = tmp_path if language == "vi" else directory
    match = rf"stanza has no model for '{language}' in .* stanza\.download\('{language}'"

    with pytest.raises(ExtractorError, match=match):
        _ = StanzaExtractor(language, directory=folder).claims


def test_unknown_tokens_are_refused() -> None:
    with pytest.raises(ExtractorError, match="tokens= must be"):
        StanzaExtractor("vi", tokens="letters")  # type: ignore[arg-type]


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "stanza", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'vinee\[stanza\]'"):
        _ = StanzaExtractor("vi").claims
