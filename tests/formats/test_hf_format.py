"""Hugging Face datasets: everything survives, tokens find their text, and no network is asked."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import datasets
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from datasets import ClassLabel, Dataset, DatasetDict, Features, List, Value
from full_documents import STEMS, documents, full, gold
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from vinee import resources
from vinee.errors import InputError, InvalidError, SchemaError, UnknownNameError
from vinee.formats.contract import losses
from vinee.formats.hf import HuggingFace
from vinee.model import Document, Event, Mention, Span

HF = HuggingFace()
CORPUS = resources.root() / "corpus"
TAGS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
ROWS = {
    "id": ["0", "1"],
    "tokens": [["Ông", "Putin", "thăm", "Hà", "Nội", "."], ["Nga"]],
    "ner_tags": [[0, 1, 0, 3, 4, 0], [3]],
}
TAGGED = Features(
    {
        "id": Value("string"),
        "tokens": List(Value("string")),
        "ner_tags": List(ClassLabel(None, TAGS)),
    }
)
VISIT = Document(
    "0",
    "Ông Putin thăm Hà Nội .",
    sentences=(Span(0, 23, "Ông Putin thăm Hà Nội ."),),
    mentions=(Mention(4, 9, "PER", "Putin"), Mention(15, 21, "LOC", "Hà Nội")),
)
NGA = Document("1", "Nga", sentences=(Span(0, 3, "Nga"),), mentions=(Mention(0, 3, "LOC", "Nga"),))


def parquet(path: Path, **columns: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)
    return path


def repository(folder: Path, *names: str, card: str | None = None) -> Path:
    """A folder with a document in each file; its id is the name of the file."""
    for name in names:
        parquet(folder / name, doc_id=[name], text=["Nga"])
    if card is not None:
        (folder / "README.md").write_text(card, "utf-8")
    return folder


def splits(folder: Path) -> dict[str, str | None]:
    return {each.doc_id: (each.meta or {}).get("split") for each in HF.read(folder)}


@settings(max_examples=50)
@given(st.lists(documents(), max_size=2))
def test_every_feature_survives(written: list[Document]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        HF.write(written, Path(folder))

        assert HF.read(Path(folder)) == tuple(written)


@pytest.mark.parametrize("name", ["folder", "a.parquet"])
def test_articles_come_back(tmp_path: Path, name: str) -> None:
    articles = tuple(full(stem) for stem in STEMS)
    HF.write(articles, tmp_path / name)

    assert HF.read(tmp_path / name) == articles
    assert losses(HF, articles) == []


def test_prediction_without_text_comes_back(tmp_path: Path) -> None:
    prediction = Document("a", mentions=(), meta={"model": {"seed": 3}})
    HF.write([prediction], tmp_path / "out")

    assert HF.read(tmp_path / "out") == (prediction,)


def test_same_documents_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        HF.write([full(STEMS[0])], tmp_path / name)

    first, second = (
        {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in "ab"
    )
    assert first == second
    assert set(first) == {"README.md", "documents.parquet"}


def test_datasets_loads_what_is_written(tmp_path: Path) -> None:
    article = full(STEMS[0])
    HF.write([article], tmp_path / "out")

    loaded = datasets.load_dataset(str(tmp_path / "out"))

    (row,) = loaded["documents"]
    assert row["text"] == article.text
    assert [m["text"] for m in row["mentions"]] == [m.text for m in article.mentions or ()]
    assert row["meta"] is None


def test_datasets_notices_that_other_documents_were_written(tmp_path: Path) -> None:
    seen = []
    for document in (VISIT, NGA):
        HF.write([document], tmp_path / "out")
        seen += datasets.load_dataset(str(tmp_path / "out"), split="documents")["text"]

    assert seen == [VISIT.text, NGA.text]


def test_published_corpus_is_the_gold() -> None:
    found = HF.read(CORPUS)

    assert [replace(each, meta=None) for each in found] == [gold(stem) for stem in STEMS]
    assert found[0].meta == {"published": "2025-08-07"}


def test_sentences_of_the_published_corpus_are_joined_by_document() -> None:
    found = HuggingFace(config="ner_fold2").read(CORPUS)

    assert [each.doc_id for each in found] == [*STEMS[:2], *STEMS[3:], STEMS[2]]
    assert [(each.meta or {})["split"] for each in found] == ["train"] * 4 + ["test"]
    assert (found[-1].text or "").count("\n") == len(found[-1].sentences or ()) - 1


def test_sentences_of_the_published_corpus_find_their_places_in_the_text() -> None:
    texts = {stem: gold(stem).text or "" for stem in STEMS}

    found = HuggingFace(config="ner").read(CORPUS, texts)

    assert [each.text for each in found] == list(texts.values())
    for each in found:
        counts = (each.meta or {})["alignment"]
        assert counts["exact"] > 100
        assert (counts["repaired"], counts["ungrounded"]) == (0, 0)
        assert [each.sentences] == [gold(each.doc_id).sentences]


@pytest.mark.parametrize("loaded", [True, False])
def test_what_save_to_disk_made_is_read(tmp_path: Path, *, loaded: bool) -> None:
    rows = Dataset.from_dict(ROWS, TAGGED)
    if loaded:
        rows.select([1, 0]).select([1, 0]).save_to_disk(tmp_path / "out")
    else:
        DatasetDict({"train": rows}).save_to_disk(tmp_path / "out")

    assert HF.read(tmp_path / "out") == (VISIT, NGA)


def test_parquet_and_arrow_of_datasets_are_read(tmp_path: Path) -> None:
    rows = Dataset.from_dict(ROWS, TAGGED)
    rows.to_parquet(tmp_path / "a.parquet")
    rows.save_to_disk(tmp_path / "out")
    (stream,) = (tmp_path / "out").glob("*.arrow")
    with pa.OSFile(str(tmp_path / "file.arrow"), "wb") as sink:
        table = rows.data.table
        with pa.ipc.new_file(sink, table.schema) as file:
            file.write_table(table)

    for path in (tmp_path / "a.parquet", stream, tmp_path / "file.arrow"):
        assert HF.read(path) == (VISIT, NGA)


def test_ids_of_two_splits_are_told_apart_only_where_they_collide(tmp_path: Path) -> None:
    rows = Dataset.from_dict(ROWS, TAGGED)
    DatasetDict({"train": rows, "test": rows.select([0])}).save_to_disk(tmp_path / "out")

    found = HF.read(tmp_path / "out")

    assert [(each.doc_id, each.meta) for each in found] == [
        ("train/0", {"split": "train", "doc_id": "0"}),
        ("1", {"split": "train"}),
        ("test/0", {"split": "test", "doc_id": "0"}),
    ]
    assert found[0].text == found[2].text


def test_one_split_can_be_asked_for(tmp_path: Path) -> None:
    rows = Dataset.from_dict(ROWS, TAGGED)
    DatasetDict({"train": rows, "test": rows.select([0])}).save_to_disk(tmp_path / "out")

    (found,) = HuggingFace(split="test").read(tmp_path / "out")

    assert found == replace(VISIT, meta={"split": "test"})
    with pytest.raises(UnknownNameError, match="unknown split 'dev'; known: test, train"):
        HuggingFace(split="dev").read(tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("data/dev-00000-of-00001.parquet", "dev"),
        ("dev.parquet", "validation"),
        ("testing/0.parquet", "test"),
        ("my_train.2.parquet", "train"),
        ("latest.parquet", "train"),
    ],
)
def test_names_tell_the_split(tmp_path: Path, name: str, split: str) -> None:
    repository(tmp_path, name, "data/other-00000-of-00001.parquet")

    assert splits(tmp_path)[name] == split


CARD = """\
---
configs:
- config_name: a
  data_files: [{split: x, path: one.parquet}, {split: y, path: [sub/*.parquet]}]
- config_name: b
  data_dir: sub
  default: true
- config_name: c
  data_files: one.parquet
- config_name: d
  data_files: none*.parquet
---
"""


def test_card_tells_configs_and_splits(tmp_path: Path) -> None:
    repository(tmp_path, "one.parquet", "sub/two.parquet", card=CARD)

    def ids(config: str | None) -> list[str]:
        return [each.doc_id for each in HuggingFace(config).read(tmp_path)]

    assert ids("a") == ["one.parquet", "sub/two.parquet"]
    assert ids(None) == ids("b") == ["sub/two.parquet"]
    assert ids("c") == ["one.parquet"]
    with pytest.raises(UnknownNameError, match="unknown config 'e'; known: a, b, c, d"):
        ids("e")
    with pytest.raises(InputError, match="no-documents"):
        ids("d")


def test_several_configs_without_a_default_are_listed(tmp_path: Path) -> None:
    card = "---\nconfigs: [{config_name: a}, {config_name: b}]\n---\n"

    with pytest.raises(InvalidError, match="ask for one of a, b"):
        HF.read(repository(tmp_path, "a.parquet", card=card))


@pytest.mark.parametrize(
    "card",
    [
        "---\nconfigs: [\n---\n",
        "---\n- a\n---\n",
        "---\nconfigs: a\n---\n",
        "---\nconfigs: [{config_name: a, data_files: 3}]\n---\n",
        "---\nconfigs: [{config_name: a, data_files: [3]}]\n---\n",
        "---\nconfigs: [{config_name: a, data_files: [[3]]}]\n---\n",
        "---\nconfigs: [{config_name: a, data_files: {split: test}}]\n---\n",
        "---\nconfigs: [{config_name: a, data_files: ../a.parquet}]\n---\n",
        "---\nconfigs: [{config_name: a, data_files: /a.parquet}]\n---\n",
        "---\nconfigs: [{config_name: a, data_files: 'https://a.b/c.parquet'}]\n---\n",
        "---\nconfigs: [{config_name: a, data_files: 'hf://datasets/a/b/c.parquet'}]\n---\n",
        "---\nconfigs: [{config_name: a, data_dir: /}]\n---\n",
        "---\nconfigs: [{config_name: a, data_files: README.md}]\n---\n",
        "---\ndataset_info: {features: [{name: a, dtype: no_such_type}]}\n---\n",
    ],
)
def test_card_that_cannot_be_followed_is_refused(tmp_path: Path, card: str) -> None:
    with pytest.raises(InputError, match="hf-card") as caught:
        HF.read(repository(tmp_path, "a.parquet", card=card))

    assert caught.value.where.file == str(tmp_path / "README.md")


def test_card_names_the_labels_that_parquet_does_not(tmp_path: Path) -> None:
    names = "".join(f"\n            '{number}': {tag}" for number, tag in enumerate(TAGS))
    card = f"""\
---
dataset_info:
  features:
  - name: tokens
    list: string
  - name: ner_tags
    list:
      class_label:
        names:{names}
---
"""
    parquet(tmp_path / "train.parquet", tokens=ROWS["tokens"], ner_tags=ROWS["ner_tags"])
    (tmp_path / "README.md").write_text(card, "utf-8")

    found = HF.read(tmp_path)

    assert [each.mentions for each in found] == [VISIT.mentions, NGA.mentions]
    assert [each.doc_id for each in found] == ["train-0", "train-1"]


def test_labels_and_lists_of_older_releases_are_read(tmp_path: Path) -> None:
    kinds = ClassLabel(names=["PER", "LOC"])
    mention = {"start": Value("int32"), "end": Value("int32"), "type": kinds}
    features = Features(
        {"id": Value("int64"), "text": Value("string"), "mentions": datasets.Sequence(mention)}
    )
    values = {"start": [0, 4], "end": [3, 6], "type": [1, 0]}
    rows = Dataset.from_dict({"id": [7], "text": ["Nga Mỹ"], "mentions": [values]}, features)
    rows.to_parquet(tmp_path / "a.parquet")

    (found,) = HF.read(tmp_path / "a.parquet")

    assert found == Document("7", "Nga Mỹ", mentions=(Mention(0, 3, "LOC"), Mention(4, 6, "PER")))


def test_label_without_a_name_is_refused(tmp_path: Path) -> None:
    rows = Dataset.from_dict(ROWS, TAGGED)
    broken = rows.data.table.set_column(
        2, rows.data.table.field(2), pa.array([[0, 1, 0, 9, 4, 0], [3]])
    )
    pq.write_table(broken, tmp_path / "a.parquet")

    with pytest.raises(SchemaError, match=r"\$\[0\]\.ner_tags: .*got 9.*hf-label"):
        HF.read(tmp_path / "a.parquet")


def test_columns_of_others_go_into_meta(tmp_path: Path) -> None:
    moment = pa.array([1_700_000_000], pa.timestamp("s"))
    path = parquet(
        tmp_path / "a.parquet",
        doc_id=["a"],
        id=[3],
        text=["Nga"],
        url=["https://a.b"],
        none=pa.array([None], pa.string()),
        score=[float("nan")],
        moment=moment,
        meta=['{"b": 1}'],
    )

    (found,) = HF.read(path)

    assert found.meta == {
        "b": 1, "id": 3, "url": "https://a.b", "score": None, "moment": "2023-11-14T22:13:20",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("meta", "expected"),
    [("no JSON", {"meta": "no JSON"}), ("[1]", {"meta": [1]}), ({"a": 1}, {"a": 1})],
)
def test_meta_of_others_is_kept(tmp_path: Path, meta: object, expected: object) -> None:
    path = parquet(tmp_path / "a.parquet", doc_id=["a"], text=["Nga"], meta=[meta])

    assert HF.read(path)[0].meta == expected


def test_rows_of_one_document_are_its_sentences_wherever_they_stand(tmp_path: Path) -> None:
    shards = [
        ([["Nga"]], [["B-LOC"]], ["b"]),
        ([["Mỹ", "."], ["Anh"]], [["B-LOC", "O"], ["O"]], ["b", "a"]),
    ]
    for number, (tokens, tags, ids) in enumerate(shards):
        parquet(tmp_path / f"{number}.parquet", doc_id=ids, words=tokens, tags=tags)

    found = HF.read(tmp_path)

    assert [each.doc_id for each in found] == ["b", "a"]
    assert found[0] == Document(
        "b",
        "Nga\nMỹ .",
        sentences=(Span(0, 3, "Nga"), Span(4, 8, "Mỹ .")),
        mentions=(Mention(0, 3, "LOC", "Nga"), Mention(4, 6, "LOC", "Mỹ")),
    )


def test_words_joined_by_underscores_are_written_with_blanks(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "a.parquet", tokens=[["Tổng_thống", "Nga", "_"]], ner_tags=[["O", "B-LOC", "O"]]
    )

    (found,) = HF.read(path)

    assert found.text == "Tổng thống Nga _"
    assert found.mentions == (Mention(11, 14, "LOC", "Nga"),)
    assert found.meta == {"segmented": True}


def test_underscores_of_running_text_stay(tmp_path: Path) -> None:
    tokens = ["theo", "@tin_tức", *["Nga"] * 30]
    path = parquet(tmp_path / "a.parquet", tokens=[tokens], ner_tags=[["O"] * len(tokens)])

    (found,) = HF.read(path)

    assert (found.text or "").startswith("theo @tin_tức Nga")
    assert found.meta is None


def test_empty_tokens_make_no_blanks(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "a.parquet", tokens=[["", "Nga", " ", "Mỹ"]], ner_tags=[["O", "B-LOC", "O", "O"]]
    )

    (found,) = HF.read(path)

    assert (found.text, found.mentions) == ("Nga Mỹ", (Mention(0, 3, "LOC", "Nga"),))


def test_tokens_of_a_prediction_are_counted_when_they_find_their_text(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "a.parquet",
        id=["a"],
        tokens=[["Tổng_thống", "Nga", "bịa_đặt", "thăm", "Hoà_Bình"]],
        ner_tags=[["O", "B-LOC", "B-PER", "O", "B-LOC"]],
    )

    (found,) = HF.read(path, {"a": "Tổng thống Nga thăm Hòa Bình."})

    assert found.mentions == (Mention(11, 14, "LOC", "Nga"), Mention(20, 28, "LOC", "Hòa Bình"))
    assert found.meta == {"alignment": {"exact": 2, "repaired": 2, "ungrounded": 1, "uncovered": 1}}


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"tokens": [["a"]], "ner_tags": [["O", "O"]]}, "tag-count"),
        ({"tokens": [["a"]], "ner_tags": [["PER"]]}, "tag-form"),
        ({"tokens": [["a"]], "ner_tags": [[1]]}, "hf-label"),
        ({"tokens": [[" "]], "ner_tags": [["B-PER"]]}, "token-form"),
        ({"tokens": ["a"], "ner_tags": ["O"]}, "hf-columns"),
        ({"doc_id": ["a"], "text": ["b"], "start": [0]}, "hf-columns"),
        ({"url": ["a"]}, "hf-columns"),
        ({"doc_id": ["a"], "text": [3]}, "schema"),
        ({"doc_id": ["a"], "mentions": [[{"start": 0, "end": 1}]]}, "schema"),
        ({"doc_id": ["a"], "mentions": [[{"start": 0, "end": 1, "type": "A", "x": 1}]]}, "schema"),
        ({"doc_id": ["a"], "text": ["b"], "image": [b"\xff"]}, "schema"),
    ],
)
def test_rows_of_another_shape_are_refused(
    tmp_path: Path, columns: dict[str, Any], code: str
) -> None:
    path = parquet(tmp_path / "a.parquet", **columns)

    with pytest.raises(InputError) as caught:
        HF.read(path)

    assert (caught.value.code, caught.value.where.file) == (code, str(path))


def test_text_that_was_not_given_is_told(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", id=["a"], tokens=[["a"]], ner_tags=[["O"]])

    with pytest.raises(InvalidError, match="doc-unknown"):
        HF.read(path, {"b": "a"})


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "folder/state.json", "folder/a.parquet"])
@pytest.mark.parametrize("content", [b"", b"Nga", b"ARROW1", b"PAR1"])
def test_broken_files_are_told(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / name).write_bytes(content)

    with pytest.raises(InputError, match="unreadable"):
        HF.read(tmp_path / name.partition("/")[0])


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_nothing_is_looked_for_elsewhere(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "socket", None)
    (tmp_path / "empty").mkdir()

    with pytest.raises(InputError, match="no-documents"):
        HF.read(tmp_path / name)


@pytest.mark.parametrize(
    "document",
    [
        Document("a", mentions=(Mention(0, 1 << 31, "PER"),)),
        Document("a", "Nga", meta={"score": float("inf")}),
        Document("a", "\ud800"),
        Document("a", events=(Event("X", Span(0, 1), polarity="NO"),)),  # type: ignore[arg-type]
    ],
)
def test_what_a_column_cannot_hold_is_refused(tmp_path: Path, document: Document) -> None:
    with pytest.raises(InputError) as caught:
        HF.write([document], tmp_path / "out")

    assert caught.value.where.doc_id == "a"
    assert list(tmp_path.iterdir()) == []


def test_import_is_light() -> None:
    code = "import sys, vinee.formats.hf; print({'datasets', 'pyarrow', 'yaml'} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"
