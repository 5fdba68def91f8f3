from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import UNSET

from vinee.errors import ExtractorError, MissingExtraError
from vinee.extractors import Claims, resolve
from vinee.extractors.models import SpacyExtractor
from vinee.model import Document

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("spacy", reason="spaCy is in the extra `spacy`")

TEXT = "Tổng thống Nga Vladimir Putin đến Hà Nội 😀 hôm thứ Hai. Ông Putin rời Hà Nội."
PATTERNS = [
    {"label": "PERSON", "pattern": "Vladimir Putin"},
    {"label": "GPE", "pattern": "Nga"},
    {"label": "GPE", "pattern": "Hà Nội"},
    {"label": "DATE", "pattern": "thứ Hai"},
]


def blank() -> Any:
    import spacy

    # Blank("vi") needs pyvi, a segmenter of its own.
    return spacy.blank("xx", meta={"name": "tiny", "version": "1.2.3", "license": "MIT"})


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spacy")
    pipeline = blank()
    pipeline.add_pipe("entity_ruler").add_patterns(PATTERNS)
    pipeline.to_disk(folder)
    return folder


def names(system: SpacyExtractor, text: str) -> list[tuple[str | None, str]]:
    (predicted,) = system.extract([Document("a", text=text)])
    return [(each.text, each.type) for each in predicted.mentions or ()]


def test_entities_become_mentions_with_offsets_of_the_text(model: Path) -> None:
    (predicted,) = SpacyExtractor(str(model)).extract([Document("a", text=TEXT)])

    assert [(each.text, each.type) for each in predicted.mentions or ()] == [
        ("Nga", "GPE"),
        ("Vladimir Putin", "PER"),
        ("Hà Nội", "GPE"),
        ("Hà Nội", "GPE"),
    ]
    assert all(each.text == TEXT[each.start : each.end] for each in predicted.mentions or ())
    assert {each.score for each in predicted.mentions or ()} == {UNSET}
    assert predicted.meta is not None
    assert predicted.meta["unmapped"] == {"DATE": 1}


def test_a_folder_resolves_with_claims_version_and_licence(model: Path) -> None:
    system = resolve(f"spacy:{model}")

    assert system.claims == Claims(("PER", "GPE"), "fine")
    assert "model xx_tiny 1.2.3" in system.version
    assert getattr(system, "licence", None) == "MIT"


def test_other_patterns_are_another_version(model: Path, tmp_path: Path) -> None:
    pipeline = blank()
    pipeline.add_pipe("entity_ruler").add_patterns(PATTERNS[:2])
    pipeline.to_disk(tmp_path)

    assert SpacyExtractor(str(tmp_path)).version != SpacyExtractor(str(model)).version


def test_a_label_map_says_what_labels_mean(model: Path) -> None:
    system = SpacyExtractor(str(model), labels={"GPE": "LOC", "PERSON": None, "DATE": None})

    assert names(system, TEXT) == [("Nga", "LOC"), ("Hà Nội", "LOC"), ("Hà Nội", "LOC")]


def test_a_label_that_the_model_does_not_have_is_an_error(model: Path) -> None:
    with pytest.raises(ExtractorError, match=r"has no label 'PERS'; it has 'DATE', 'GPE'"):
        names(SpacyExtractor(str(model), labels={"PERS": "PER"}), TEXT)


def test_span_groups_may_nest(tmp_path: Path) -> None:
    ruler = blank()
    ruler.add_pipe("span_ruler", config={"spans_key": "sc"}).add_patterns(
        [
            {"label": "ORG", "pattern": "Đại học Hà Nội"},
            {"label": "GPE", "pattern": "Hà Nội"},
        ]
    )
    ruler.to_disk(tmp_path)
    text = "Trường Đại học Hà Nội mở cửa."

    assert names(SpacyExtractor(str(tmp_path)), text) == [
        ("Đại học Hà Nội", "ORG"),
        ("Hà Nội", "GPE"),
    ]
    assert names(SpacyExtractor(str(tmp_path), groups=("other",)), text) == []


def test_a_span_categoriser_gives_scores(tmp_path: Path) -> None:
    from spacy.training import Example

    pipeline = blank()
    categoriser = pipeline.add_pipe("spancat", config={"threshold": 0.0})
    categoriser.add_label("ORG")
    text = "Hà Nội"
    target = pipeline.make_doc(text)
    target.spans["sc"] = [target[0:2]]
    pipeline.initialize(lambda: [Example(pipeline.make_doc(text), target)])
    pipeline.to_disk(tmp_path)

    (predicted,) = SpacyExtractor(str(tmp_path)).extract([Document("a", text=text)])

    assert {each.text for each in predicted.mentions or ()} == {"Hà", "Nội", "Hà Nội"}
    assert all(0.0 <= float(str(each.score)) <= 1.0 for each in predicted.mentions or ())


def test_a_document_that_is_too_long_is_read_by_whole_sentences(model: Path) -> None:
    system = SpacyExtractor(str(model))
    system.pipeline.max_length = len(TEXT) + 1
    text = " ".join([TEXT] * 5)

    (predicted,) = system.extract([Document("a", text=text)])

    found = [each.text for each in predicted.mentions or ()]
    assert found == ["Nga", "Vladimir Putin", "Hà Nội", "Hà Nội"] * 5
    assert predicted.meta is not None
    assert predicted.meta["alignment"]["split"] == 4


def test_decomposed_text_is_read_as_it_is(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Hà Nội")
    pipeline = blank()
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": decomposed}])
    pipeline.to_disk(tmp_path)

    found = names(SpacyExtractor(str(tmp_path)), unicodedata.normalize("NFD", TEXT))

    assert found == [(decomposed, "GPE")] * 2


def test_an_article_is_read_from_end_to_end(model: Path, article: str) -> None:
    (predicted,) = SpacyExtractor(str(model)).extract([Document("a", text=article)])

    for each in predicted.mentions or ():
        assert each.text == article[each.start : each.end]
    assert len(predicted.mentions or ()) >= article.count("Hà Nội")


def test_a_model_that_is_not_there_says_how_to_get_it() -> None:
    with pytest.raises(ExtractorError, match=r"spaCy has no model 'vi_none'; install its package"):
        resolve("spacy:vi_none")


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'vinee\[spacy\]'"):
        names(SpacyExtractor("vi_none"), TEXT)
