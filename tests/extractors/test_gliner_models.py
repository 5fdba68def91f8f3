from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from tiny_gliner import gliner
from tiny_models import bert, neighbours

from vinee import ontology
from vinee.errors import ExtractorError, MissingExtraError
from vinee.extractors import Claims, resolve
from vinee.extractors.models import GlinerExtractor
from vinee.extractors.models.gliner_models import ENGLISH
from vinee.model import Document

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Tổng thống Nga Vladimir Putin đến Đại học Hà Nội. 😀 Putin rời Hà Nội."
PROMPTS = {"person": "PER", "country": "GPE", "organization": "ORG"}
NAMES = {
    "person": ["Vladimir Putin", "Putin"],
    "country": ["Nga", "Hà Nội"],
    "organization": ["Đại học Hà Nội"],
}


def test_there_is_an_english_prompt_for_each_fine_label() -> None:
    assert tuple(ENGLISH) == ontology.default().fine_labels
    assert len(set(ENGLISH.values())) == len(ENGLISH)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("torch", reason="torch is in the extra `gliner`")
    pytest.importorskip("gliner", reason="gliner is in the extra of its name")
    return gliner(tmp_path_factory.mktemp("gliner"), NAMES)


def names(system: GlinerExtractor, text: str) -> list[tuple[str | None, str]]:
    (predicted,) = system.extract([Document("a", text=text)])
    return [(each.text, each.type) for each in predicted.mentions or ()]


def test_what_is_asked_for_is_found_with_offsets_and_scores(model: Path) -> None:
    system = GlinerExtractor(str(model), labels={"person": "PER", "country": "GPE"})

    (predicted,) = system.extract([Document("a", text=TEXT)])

    assert [(each.text, each.type) for each in predicted.mentions or ()] == [
        ("Nga", "GPE"),
        ("Vladimir Putin", "PER"),
        ("Hà Nội", "GPE"),
        ("Putin", "PER"),
        ("Hà Nội", "GPE"),
    ]
    assert all(each.text == TEXT[each.start : each.end] for each in predicted.mentions or ())
    assert all(0.5 < float(str(each.score)) <= 1 for each in predicted.mentions or ())


def test_spans_nest_where_that_is_wanted(model: Path) -> None:
    text = "Trường Đại học Hà Nội mở cửa."

    flat, nested = (
        names(GlinerExtractor(str(model), labels=PROMPTS, nested=wanted), text)
        for wanted in (False, True)
    )

    assert len(flat) == 1
    assert nested == [("Đại học Hà Nội", "ORG"), ("Hà Nội", "GPE")]


def test_two_prompts_may_mean_one_label(model: Path) -> None:
    system = GlinerExtractor(str(model), labels={"person": "PER", "country": "PER"})

    assert ("Nga", "PER") in names(system, TEXT)
    assert system.claims == Claims(("PER",), "coarse")


def test_without_a_label_map_all_fine_labels_are_asked_for(model: Path) -> None:
    system = GlinerExtractor(str(model))

    assert system.claims.entities == ontology.default().fine_labels
    assert "person" in system.table.targets


def test_the_ontologys_vietnamese_names_may_be_asked_for(model: Path) -> None:
    system = GlinerExtractor(str(model), language="vi")

    assert system.table.targets["Người"] == "PER"
    assert system.claims.entities == ontology.default().fine_labels


def test_a_sentence_of_too_many_words_is_read_in_windows(model: Path) -> None:
    text = " ".join(["Vladimir Putin đến Hà Nội , rồi Nga ,"] * 20)
    system = GlinerExtractor(str(model), labels={"person": "PER", "country": "GPE"}, overlap=8)

    (predicted,) = system.extract([Document("a", text=text)])

    mentions = predicted.mentions or ()
    assert [each.text for each in mentions] == ["Vladimir Putin", "Hà Nội", "Nga"] * 20
    assert neighbours([(each.start, each.end) for each in mentions])
    assert predicted.meta is not None
    assert predicted.meta["alignment"]["split"] > 5


def test_a_sentence_of_too_many_sub_words_is_read_in_windows(model: Path) -> None:
    text = " ".join(["Nga sdlkfjsdlkfjlskdjflskdjf"] * 8)
    system = GlinerExtractor(str(model), labels={"country": "GPE"}, overlap=2)

    (predicted,) = system.extract([Document("a", text=text)])

    assert len(predicted.mentions or ()) == 8
    assert predicted.meta is not None
    assert predicted.meta["alignment"]["split"] > 1


def test_an_article_is_read_from_end_to_end(model: Path, article: str) -> None:
    system = GlinerExtractor(str(model), labels={"person": "PER", "country": "GPE"})

    (predicted,) = system.extract([Document("a", text=article)])

    mentions = predicted.mentions or ()
    assert all(each.text == article[each.start : each.end] for each in mentions)
    assert neighbours([(each.start, each.end) for each in mentions])


def test_a_threshold_is_part_of_the_version(model: Path) -> None:
    assert names(GlinerExtractor(str(model), labels=PROMPTS, threshold=1.0), TEXT) == []
    assert "threshold=0.9" in GlinerExtractor(str(model), threshold=0.9).version


def test_a_folder_resolves_with_its_claims(model: Path) -> None:
    system = resolve(f"gliner:{model}")

    assert system.claims.scheme == "fine"
    assert "gliner" in system.version


@pytest.mark.parametrize("text", ["", "\n", "😀"])
def test_a_text_without_words_has_no_names(model: Path, text: str) -> None:
    assert names(GlinerExtractor(str(model), labels=PROMPTS), text) == []


def test_prompts_that_leave_no_room_are_refused(model: Path) -> None:
    labels = {f"person {number}": "PER" for number in range(30)}

    with pytest.raises(ExtractorError, match="the prompts alone have"):
        names(GlinerExtractor(str(model), labels=labels), TEXT)


def test_a_model_that_is_no_gliner_is_refused(tmp_path: Path, model: Path) -> None:
    other = bert(tmp_path / model.name, {"Nga": "B-LOC"}, ["O", "B-LOC"])

    with pytest.raises(ExtractorError, match="the model cannot be loaded"):
        names(GlinerExtractor(str(other)), TEXT)


def test_a_missing_package_names_the_extra(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gliner", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'vinee\[gliner\]'"):
        names(GlinerExtractor(str(model)), TEXT)


def test_an_unknown_language_and_a_prompt_for_nothing_are_refused() -> None:
    with pytest.raises(ExtractorError, match="language= must be 'en' or 'vi'"):
        _ = GlinerExtractor("x", language="fr").claims  # type: ignore[arg-type]
    with pytest.raises(ExtractorError, match="must name a label for each prompt"):
        _ = GlinerExtractor("x", labels={"person": None}).claims
