"""The dataset folder, built from the real gold and read by the real `datasets`."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq
import pytest
import yaml
from datasets import load_dataset

from vinee import resources, text
from vinee.corpus import gold, seeds
from vinee.corpus.export import build, configs
from vinee.corpus.views import EntityView
from vinee.errors import IntegrityError, UnknownNameError
from vinee.model import Document, Event, Mention, Timex

NAMES = [config.name for config in configs.configs(seeds.doc_ids())]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "corpus"
    build.build(folder)
    return folder


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_building_twice_gives_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    build.build(tmp_path)

    assert snapshot(tmp_path) == snapshot(corpus)


def test_committed_corpus_is_the_one_that_the_gold_gives(corpus: Path) -> None:
    assert snapshot(resources.root() / "corpus") == snapshot(corpus)


def test_checksums_hold_for_every_file(corpus: Path) -> None:
    lines = (corpus / "SHA256SUMS").read_text("ascii").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}

    files = {k: v for k, v in snapshot(corpus).items() if k != "SHA256SUMS"}
    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


@pytest.mark.parametrize("name", NAMES)
def test_config_loads_offline_with_the_rows_that_the_card_states(corpus: Path, name: str) -> None:
    card = yaml.safe_load((corpus / "README.md").read_text("utf-8").split("---\n")[1])
    stated = next(info for info in card["dataset_info"] if info["config_name"] == name)

    loaded = load_dataset(str(corpus), name)

    assert {split: rows.num_rows for split, rows in loaded.items()} == {
        split["name"]: split["num_examples"] for split in stated["splits"]
    }


def test_default_config_is_documents(corpus: Path) -> None:
    rows = load_dataset(str(corpus), split="test")

    assert rows["doc_id"] == list(seeds.doc_ids())


def test_folds_hold_out_each_article_once_and_copy_nothing(corpus: Path) -> None:
    folds = [load_dataset(str(corpus), f"ner_fold{number}") for number in range(5)]

    held_out = [set(fold["test"]["doc_id"]) for fold in folds]
    assert sorted(doc for docs in held_out for doc in docs) == list(seeds.doc_ids())
    assert all(
        set(fold["train"]["doc_id"]) == set(seeds.doc_ids()) - out
        for fold, out in zip(folds, held_out, strict=True)
    )
    assert not list((corpus / "data").glob("ner_fold*"))


@pytest.mark.parametrize("name", ["ner", "ner_fine"])
def test_tokens_are_the_text_at_their_offsets(corpus: Path, name: str) -> None:
    articles = {doc_id: seeds.text(doc_id) for doc_id in seeds.doc_ids()}

    for row in load_dataset(str(corpus), name, split="test"):
        spans = zip(row["token_starts"], row["token_ends"], strict=True)
        assert row["tokens"] == [articles[row["doc_id"]][start:end] for start, end in spans]


@pytest.mark.parametrize(("name", "scheme"), [("ner", "coarse"), ("ner_fine", "fine")])
def test_tags_decode_to_the_outermost_names_of_the_gold(
    corpus: Path, name: str, scheme: Any
) -> None:
    rows = load_dataset(str(corpus), name, split="test")
    names = rows.features["ner_tags"].feature.names

    decoded: dict[str, list[tuple[int, int, str]]] = {}
    for row in rows:
        tokens = list(zip(row["token_starts"], row["token_ends"], strict=True))
        spans = text.decode(tokens, [names[tag] for tag in row["ner_tags"]])
        decoded.setdefault(row["doc_id"], []).extend(spans)

    view = EntityView(scheme, "outer")
    assert decoded == {document.doc_id: view(document) for document in gold.documents()}


def test_documents_config_gives_the_gold_back_whole(corpus: Path) -> None:
    rows = load_dataset(str(corpus), "documents", split="test")

    for row, document in zip(rows, gold.documents(), strict=True):
        assert row["text"] == document.text
        assert msgspec.convert(row["mentions"], tuple[Mention, ...]) == document.mentions
        assert msgspec.convert(row["timexes"], tuple[Timex, ...]) == document.timexes
        assert _events(row["events"]) == document.events


def _events(rows: list[dict[str, Any]]) -> tuple[Event, ...]:
    for event in rows:
        for argument in event["arguments"]:
            for filler in ("ref", "span"):
                if argument[filler] is None:
                    del argument[filler]
    return msgspec.convert(rows, tuple[Event, ...])


def test_events_config_has_every_event_in_its_sentence(corpus: Path) -> None:
    rows = load_dataset(str(corpus), "events", split="test")

    exported = {(r["doc_id"], e["id"], len(e["arguments"])) for r in rows for e in r["events"]}

    assert exported == {
        (document.doc_id, event.id, len(event.arguments))
        for document in gold.documents()
        for event in document.events or ()
    }


def test_event_arguments_are_the_text_at_their_offsets(corpus: Path) -> None:
    articles = {doc_id: seeds.text(doc_id) for doc_id in seeds.doc_ids()}

    arguments = [
        (row["doc_id"], argument)
        for row in load_dataset(str(corpus), "events", split="test")
        for event in row["events"]
        for argument in event["arguments"]
    ]

    assert arguments
    assert all(a["text"] == articles[doc_id][a["start"] : a["end"]] for doc_id, a in arguments)


def test_rebuilt_data_are_not_hidden_by_an_old_cache(tmp_path: Path) -> None:
    """Same folder, same cache, one label changed: the new row must come back."""
    folder = tmp_path / "corpus"
    documents = list(gold.documents())
    build.build(folder, documents)
    before = load_dataset(str(folder), "documents", split="test")[0]["mentions"][0]["type"]

    build.build(folder, [_relabelled(documents[0]), *documents[1:]])
    after = load_dataset(str(folder), "documents", split="test")[0]["mentions"][0]["type"]

    assert (before, after) == ("TITLE", "ORG")


def test_another_folder_of_the_same_name_is_not_hidden_either(tmp_path: Path) -> None:
    documents = list(gold.documents())
    for name, first in (("a", documents[0]), ("b", _relabelled(documents[0]))):
        build.build(tmp_path / name / "corpus", [first, *documents[1:]])

    types = [
        load_dataset(str(tmp_path / name / "corpus"), "documents", split="test")[0]["mentions"][0][
            "type"
        ]
        for name in ("a", "b")
    ]

    assert types == ["TITLE", "ORG"]


def _relabelled(document: Document) -> Document:
    mentions = document.mentions or ()
    changed = msgspec.structs.replace(mentions[0], type="ORG")
    return msgspec.structs.replace(document, mentions=(changed, *mentions[1:]))


def test_files_of_an_earlier_build_are_removed(tmp_path: Path) -> None:
    documents = gold.documents()
    build.build(tmp_path / "corpus", documents)
    gone = tmp_path / "corpus" / "data" / "ner" / f"{documents[-1].doc_id}.parquet"
    assert gone.exists()

    build.build(tmp_path / "corpus", documents[:-1])

    assert not gone.exists()


def test_foreign_files_beside_the_dataset_are_left_alone(tmp_path: Path) -> None:
    build.build(tmp_path)
    own = tmp_path / "data" / "mine.parquet"
    own.write_bytes(b"mine")

    build.build(tmp_path)

    assert own.read_bytes() == b"mine"


def test_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", "utf-8")

    with pytest.raises(IntegrityError, match="choose an empty folder"):
        build.build(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_canary_is_in_the_card_and_in_every_parquet_file(corpus: Path) -> None:
    canary = gold.edition().canary

    assert canary in (corpus / "README.md").read_text("utf-8")
    assert all(
        pq.read_schema(path).metadata[b"vinee.canary"].decode() == canary
        for path in corpus.rglob("*.parquet")
    )


def test_card_says_how_many_names_and_events_there_are(corpus: Path) -> None:
    names = sum(m.level == "NAM" for d in gold.documents() for m in d.mentions or ())
    events = sum(len(d.events or ()) for d in gold.documents())

    card = (corpus / "README.md").read_text("utf-8")

    assert f"{names} names and titles" in card
    assert f"{events} events" in card


def test_load_knows_its_configs() -> None:
    from vinee.corpus.load import load

    assert load("ner", split="test").num_rows == 95
    with pytest.raises(UnknownNameError, match="ner_fold4"):
        load("ner_fold9")
    with pytest.raises(UnknownNameError, match="unknown config"):
        load(["ner"])  # type: ignore[arg-type] # what a caller may still do
    with pytest.raises(UnknownNameError, match="unknown split of ner 'train'; known: test"):
        load("ner", split="train")


def test_load_refuses_a_corpus_that_was_changed(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import shutil

    from vinee.corpus import load

    for folder in ("seeds", "annotations"):
        shutil.copytree(resources.root() / folder, tmp_path / folder)
    shutil.copytree(corpus, tmp_path / "corpus")
    (tmp_path / "corpus" / "data" / "ner" / f"{seeds.doc_ids()[0]}.parquet").write_bytes(b"x")
    monkeypatch.setattr(resources, "root", lambda: tmp_path)

    with pytest.raises(IntegrityError, match="was changed"):
        load.load("ner")
