from __future__ import annotations

import pickle
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from tiny_models import bert, neighbours, phobert

from vinee.errors import ExtractorError, MissingExtraError
from vinee.extractors import Claims, resolve
from vinee.extractors.models import TransformersExtractor
from vinee.extractors.models.loading import only_weights
from vinee.extractors.models.subwords import of_text
from vinee.model import Document
from vinee.text import syllables

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("torch", reason="torch is in the extra `transformers`")
pytest.importorskip("transformers", reason="transformers is in the extra of its name")

LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-DATE"]
TAGS = {
    "Vladimir": "B-PER",
    "Putin": "I-PER",
    "Zele": "B-PER",
    "Nga": "B-LOC",
    "Hà": "B-LOC",
    "Nội": "I-LOC",
    "Hai": "B-DATE",
}
TEXT = "Tổng thống Nga Vladimir Putin, hôm thứ Hai, đến Hà Nội. Ông Zelensky không đến."


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bert(tmp_path_factory.mktemp("bert"), TAGS, LABELS)


def extract(system: TransformersExtractor, text: str) -> Document:
    (predicted,) = system.extract([Document("a", text=text)])
    return predicted


def names(system: TransformersExtractor, text: str) -> list[tuple[str | None, str]]:
    return [(each.text, each.type) for each in extract(system, text).mentions or ()]


def test_chunks_of_labels_become_mentions_with_offsets(model: Path) -> None:
    found = names(TransformersExtractor(str(model)), TEXT)

    assert found == [
        ("Nga", "LOC"),
        ("Vladimir Putin", "PER"),
        ("Hà Nội", "LOC"),
        ("Zelensky", "PER"),
    ]


def test_spans_whose_label_means_nothing_here_are_counted(model: Path) -> None:
    predicted = extract(TransformersExtractor(str(model)), TEXT)

    assert predicted.meta is not None
    assert predicted.meta["unmapped"] == {"DATE": 1}
    assert predicted.meta["alignment"] == {
        "exact": len(syllables(TEXT)),
        "repaired": 0,
        "ungrounded": 0,
        "unmapped": 1,
        "split": 0,
    }


def test_a_label_map_says_what_labels_mean(model: Path) -> None:
    labels = {"LOC": "GPE", "DATE": "EVT", "PER": None}

    system = TransformersExtractor(str(model), labels=labels)

    assert names(system, TEXT) == [("Nga", "GPE"), ("Hai", "EVT"), ("Hà Nội", "GPE")]
    assert system.claims == Claims(("GPE", "EVT"), "fine")


def test_a_sentence_that_is_too_long_is_read_in_windows(model: Path) -> None:
    text = " ".join(["Vladimir Putin đến Hà Nội , rồi Nga ,"] * 30)
    whole = bert(model.parent / "long", TAGS, LABELS, length=1024)

    predicted = extract(TransformersExtractor(str(model), overlap=8), text)

    assert predicted.mentions == extract(TransformersExtractor(str(whole)), text).mentions
    assert len(predicted.mentions or ()) == 90
    assert predicted.meta is not None
    assert predicted.meta["alignment"]["split"] > 4


def test_a_word_of_more_sub_words_than_a_window_is_read_too(model: Path) -> None:
    text = f"Zele{'x' * 90} Putin"

    predicted = extract(TransformersExtractor(str(model), max_length=10, overlap=2), text)

    assert [each.text for each in predicted.mentions or ()] == [text]


def test_decomposed_text_gives_its_own_offsets(model: Path) -> None:
    decomposed = unicodedata.normalize("NFD", TEXT)

    found = names(TransformersExtractor(str(model)), decomposed)

    assert ("Hà Nội", "LOC") not in found
    assert (unicodedata.normalize("NFD", "Hà Nội"), "LOC") in found


def test_a_mention_has_the_mean_probability_of_its_labels(model: Path) -> None:
    predicted = extract(TransformersExtractor(str(model)), TEXT)

    scores = {each.score for each in predicted.mentions or ()}
    assert len(scores) == 1
    assert 0.9 < float(str(scores.pop())) < 1


def test_batches_change_nothing(model: Path) -> None:
    one, many = (TransformersExtractor(str(model), batch_size=size) for size in (1, 16))

    assert extract(one, TEXT) == extract(many, TEXT)
    assert one.version == many.version


def test_an_article_is_read_from_end_to_end(model: Path, article: str) -> None:
    predicted = extract(TransformersExtractor(str(model)), article)

    mentions = predicted.mentions or ()
    assert all(each.text == article[each.start : each.end] != "" for each in mentions)
    assert neighbours([(each.start, each.end) for each in mentions])
    assert predicted.meta is not None
    assert predicted.meta["alignment"]["exact"] == len(syllables(article))


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "😀"])
def test_a_text_without_words_has_no_names(model: Path, text: str) -> None:
    assert names(TransformersExtractor(str(model)), text) == []


@pytest.mark.parametrize(
    ("labels", "tags"),
    [
        (["O", "B-PER", "L-PER", "U-LOC"], ["B-PER", "L-PER", "U-LOC"]),
        (["O", "B-PER", "E-PER", "S-LOC"], ["B-PER", "E-PER", "S-LOC"]),
        (["O", "I-PER", "I-LOC"], ["I-PER", "I-PER", "I-LOC"]),
        (["O", "PERSON", "LOCATION"], ["PERSON", "PERSON", "LOCATION"]),
    ],
)
def test_labels_are_read_in_whatever_scheme(
    tmp_path: Path, labels: list[str], tags: list[str]
) -> None:
    folder = bert(tmp_path, dict(zip(("Vladimir", "Putin", "Nga"), tags, strict=True)), labels)

    found = names(TransformersExtractor(str(folder)), "Vladimir Putin đến Nga")

    assert found == [("Vladimir Putin", "PER"), ("Nga", "LOC")]


def test_labels_without_names_are_refused(tmp_path: Path) -> None:
    folder = bert(tmp_path, {"Nga": "LABEL_1"}, ["LABEL_0", "LABEL_1"])

    with pytest.raises(ExtractorError, match="none of its labels is known"):
        resolve(f"transformers:{folder}")


def test_words_are_joined_for_a_model_of_segmented_words(tmp_path: Path) -> None:
    pytest.importorskip("underthesea", reason="underthesea is in the extra `baselines`")
    folder = phobert(tmp_path, {"Nguyễn_Văn_Hòa": "B-PER", "Hà_Nội": "B-LOC"}, LABELS)
    text = "Ông Nguyễn Văn Hòa đến Hà\u00a0Nội. "

    system = TransformersExtractor(str(folder))

    assert ("Nguyễn Văn Hòa", "PER") in names(system, text)
    decomposed = unicodedata.normalize("NFD", text)
    assert unicodedata.normalize("NFD", "Nguyễn Văn Hòa") in [
        name for name, _ in names(system, decomposed)
    ]
    assert "underthesea" in system.version


def test_syllables_are_read_one_by_one_without_offsets(tmp_path: Path) -> None:
    folder = phobert(tmp_path, {"Hà": "B-LOC", "Nội": "I-LOC", "Nga": "B-LOC"}, LABELS)

    system = TransformersExtractor(str(folder), segmented=False, overlap=4)
    predicted = extract(system, "Hà Nội, Nga " * 40)

    assert len(predicted.mentions or ()) == 80
    assert predicted.meta is not None
    assert predicted.meta["alignment"]["split"] > 4


def test_a_blank_before_a_word_is_its_first_sub_word() -> None:
    from collections import Counter

    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    pieces = [("<unk>", 0.0), ("▁", -2.0), ("▁Hà", -3.0), ("“", -3.0), ("Nội", -3.0), ("”", -3.0)]
    plain = Tokenizer(models.Unigram(pieces, unk_id=0))
    plain.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=plain)
    text = "x Hà “Nội”"

    read = of_text(tokenizer, text, 2, len(text), Counter())

    written = [tokenizer.convert_ids_to_tokens(read.ids)[first or 0] for first in read.firsts]
    assert [text[slice(*span)] for span in read.spans] == ["Hà", "“", "Nội", "”"]
    assert written == ["▁Hà", "▁", "Nội", "”"]


def test_a_registered_library_resolves_with_claims_and_version(model: Path) -> None:
    system = resolve(f"transformers:{model}")

    assert system.name == f"transformers:{model}"
    assert system.claims == Claims(("PER", "LOC"), "coarse")
    assert "transformers" in system.version
    assert "model " in system.version


def test_the_version_changes_with_the_weights_and_with_options(model: Path, tmp_path: Path) -> None:
    other = bert(tmp_path, {**TAGS, "Putin": "O"}, LABELS)
    versions = {
        TransformersExtractor(str(model)).version,
        TransformersExtractor(str(other)).version,
        TransformersExtractor(str(model), labels={"DATE": "EVT"}).version,
        TransformersExtractor(str(model), overlap=4).version,
    }

    assert len(versions) == 4


def test_the_licence_is_that_of_the_card(tmp_path: Path) -> None:
    folder = bert(tmp_path, TAGS, LABELS)
    (folder / "README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n", encoding="utf-8")

    system = resolve(f"transformers:{folder}")

    assert getattr(system, "licence", None) == "cc-by-nc-4.0"


def test_pickled_weights_are_refused_unless_asked_for(tmp_path: Path) -> None:
    folder = pickled(bert(tmp_path, TAGS, LABELS))

    with pytest.raises(ExtractorError, match=r"its weights are pickles .* pickled_weights=True"):
        resolve(f"transformers:{folder}")

    found = names(TransformersExtractor(str(folder), pickled_weights=True), TEXT)
    assert ("Vladimir Putin", "PER") in found


def test_a_pickle_with_code_is_refused_even_then(tmp_path: Path) -> None:
    folder = pickled(bert(tmp_path, TAGS, LABELS))
    mark = tmp_path / "was_run"
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Code(mark), protocol=2))

    with pytest.raises(ExtractorError, match="the model cannot be loaded"):
        names(TransformersExtractor(str(folder), pickled_weights=True), TEXT)

    assert not mark.exists()


def test_a_library_that_would_unpickle_anything_is_not_let(tmp_path: Path) -> None:
    import torch

    path, mark = tmp_path / "model.pt", tmp_path / "was_run"
    path.write_bytes(pickle.dumps(Code(mark), protocol=2))

    with only_weights(), pytest.raises(pickle.UnpicklingError):
        torch.load(path, weights_only=False)

    assert not mark.exists()


class Code:
    """What runs code when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self.mark).touch, (self.mark,))


def pickled(folder: Path) -> Path:
    import torch
    from safetensors.torch import load_file

    weights = load_file(folder / "model.safetensors")
    (folder / "model.safetensors").unlink()
    torch.save(weights, folder / "pytorch_model.bin")
    return folder


def test_a_model_that_is_no_token_classifier_is_refused(tmp_path: Path) -> None:
    from transformers import BertModel

    folder = bert(tmp_path, TAGS, LABELS)
    BertModel.from_pretrained(folder).save_pretrained(folder / "encoder")
    (folder / "encoder" / "model.safetensors").replace(folder / "model.safetensors")

    with pytest.raises(ExtractorError, match=r"its weights lack classifier\.bias"):
        names(TransformersExtractor(str(folder)), TEXT)


def test_a_window_without_room_is_refused(model: Path) -> None:
    with pytest.raises(ExtractorError, match="allow more with max_length"):
        names(TransformersExtractor(str(model), max_length=2), TEXT)


def test_a_folder_without_weights_says_so(tmp_path: Path) -> None:
    with pytest.raises(ExtractorError, match="no weights in"):
        resolve(f"transformers:{tmp_path}")


def test_a_missing_package_names_the_extra(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "transformers", None)

    with pytest.raises(MissingExtraError, match=r"pip install 'vinee\[transformers\]'"):
        names(TransformersExtractor(str(model)), TEXT)
