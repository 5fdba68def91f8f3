"""``croissant.json`` of the built dataset, read by the real ``mlcroissant``."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import mlcroissant
import msgspec
import pytest
import yaml
from datasets import load_dataset

from vinee import ontology
from vinee.corpus import gold, seeds
from vinee.corpus.export import build, configs
from vinee.corpus.statistics import statistics
from vinee.model import LAYERS, Argument, Chain, Document, Entity, Event, Mention, Timex

# What mlcroissant does inside rdflib is not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")

DOCUMENTED = {  # what no record set can hold; the description says so
    "documents": {"events.arguments"},
    "events": {"events.arguments"},
    "coref": {"entities.mentions", "event_chains.mentions"},
    "kb": {"entities.normalized", "events.arguments", "relations.normalized"},
}


def full(document: Document) -> Document:
    """The article with every layer: each mention an entity, each event a chain of its own."""

    def mention(number: int, each: Mention) -> Mention:
        return msgspec.structs.replace(each, entity=f"e{number}")

    def event(number: int, each: Event) -> Event:
        arguments = (*each.arguments, Argument("Place", ref="m1", implicit=True))
        return msgspec.structs.replace(
            each, arguments=arguments, polarity="POSITIVE", realis="OTHER", chain=f"c{number}"
        )

    def timex(each: Timex) -> Timex:
        return msgspec.structs.replace(each, value="2025-08-07")

    mentions, events = document.mentions or (), document.events or ()
    return msgspec.structs.replace(
        document,
        mentions=tuple(mention(number, each) for number, each in enumerate(mentions)),
        entities=tuple(
            Entity(f"e{number}", each.type, each.text, wikidata="NIL" if number % 2 else "Q7747")
            for number, each in enumerate(mentions)
        ),
        timexes=tuple(timex(each) for each in document.timexes or ()),
        events=tuple(event(number, each) for number, each in enumerate(events)),
        chains=tuple(Chain(f"c{number}") for number in range(len(events))),
    )


CONFIGS = configs.configs(seeds.doc_ids())
GOLDS = {"as it is": gold.documents(), "with every layer": tuple(map(full, gold.documents()))}


class Built:
    """A dataset folder, and what ``mlcroissant`` makes of it."""

    def __init__(self, folder: Path, documents: tuple[Document, ...]) -> None:
        self.folder = folder
        self.documents = documents
        build.build(folder, documents)
        self.json: dict[str, Any] = json.loads((folder / "croissant.json").read_text("utf-8"))
        self.dataset = mlcroissant.Dataset(jsonld=folder / "croissant.json")

    def records(self, name: str) -> list[dict[str, Any]]:
        return [short(record) for record in self.dataset.records(name)]

    def reopened(self) -> Built:
        """Open the file again: mlcroissant reads a joined record set once."""
        other = copy.copy(self)
        other.dataset = mlcroissant.Dataset(jsonld=self.folder / "croissant.json")
        return other

    def loaded(self, name: str) -> list[dict[str, Any]]:
        splits = load_dataset(str(self.folder), name)
        return [
            {**row, "split": split} if len(splits) > 1 else row
            for split, rows in splits.items()
            for row in rows
        ]

    def names(self) -> set[str]:
        return {node["@id"] for node in self.json["recordSet"]}


def short(value: Any) -> Any:
    """A record with its fields' own names, and text for bytes."""
    if isinstance(value, Mapping):
        return {key.rpartition("/")[2]: short(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [short(inner) for inner in value]
    return value.decode("utf-8") if isinstance(value, bytes) else value


def flat(value: Any, path: str = "") -> dict[str, Any]:
    """A struct's values by their paths; lists of structs, which no field holds, are left out."""
    if isinstance(value, Mapping):
        return {
            name: leaf
            for key, inner in value.items()
            for name, leaf in flat(inner, f"{path}.{key}" if path else key).items()
        }
    structs = isinstance(value, list) and any(isinstance(inner, dict) for inner in value)
    return {} if structs else {path: value}


@pytest.fixture(scope="module", params=GOLDS)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(tmp_path_factory.mktemp("built") / "corpus", GOLDS[request.param])


def test_mlcroissant_has_nothing_to_report(built: Built) -> None:
    issues = built.dataset.metadata.ctx.issues

    assert (issues.errors, issues.warnings) == (set(), set())


def test_every_config_that_is_built_is_a_record_set(built: Built) -> None:
    card = yaml.safe_load((built.folder / "README.md").read_text("utf-8").split("---\n")[1])

    assert {each["config_name"] for each in card["configs"]} <= built.names()


def test_record_sets_have_the_rows_of_their_configs(built: Built) -> None:
    for config in configs.configs(seeds.doc_ids(), configs.kinds(built.documents)):
        key = "doc_id" if config.data in ("documents", "coref") else "id"
        rows = {row[key]: row for row in built.loaded(config.name)}

        records = {record[key]: record for record in built.records(config.name)}

        assert records.keys() == rows.keys(), config.name
        for name, record in records.items():
            expected = {column: like(record[column], rows[name][column]) for column in record}
            assert record == expected, config.name


def like(value: Any, expected: Any) -> Any:
    """What is expected of a field, in the form that the field has: structs are flat."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [{path: flat(part).get(path) for path in value[0]} for part in expected]
    return flat(expected) if isinstance(value, dict) else expected


def test_what_no_record_set_holds_is_what_the_description_says() -> None:
    """A list inside an empty list shows no structure, so the features are looked at, not rows."""
    from vinee.corpus.export import features
    from vinee.corpus.export.croissant import record_sets

    described = record_sets.record_sets(GOLDS["with every layer"])
    fields = {
        node["@id"]: {
            f"{field['name']}.{part['name']}"
            for field in node["field"]
            for part in field.get("subField", [{"name": ""}])
        }
        for node in described.nodes
    }

    assert {name: set(paths) for name, paths in described.left_out.items()} == DOCUMENTED
    for config in CONFIGS:
        columns = {field.partition(".")[0] for field in fields[config.name]} - {"split"}
        assert columns == set(features.features(config.data)), config.name


def test_description_names_what_is_left_out(built: Built) -> None:
    for name in DOCUMENTED.keys() & built.names():
        described = next(node for node in built.json["recordSet"] if node["@id"] == name)

        assert all(path in described["description"] for path in DOCUMENTED[name])
        assert all(path in built.json["description"] for path in DOCUMENTED[name])


def test_layer_that_articles_lack_is_left_out(built: Built) -> None:
    lacking = {layer for layer in LAYERS if getattr(built.documents[0], layer) is None}

    record = built.records("documents")[0]

    assert record.keys() & set(LAYERS) == set(LAYERS) - lacking


def test_fold_splits_its_rows_by_article(built: Built) -> None:
    records = built.reopened().records("ner_fold2")

    held_out = {record["doc_id"] for record in records if record["split"] == "test"}
    assert held_out == {seeds.doc_ids()[2]}
    assert len(records) == len(built.records("ner"))


def test_label_numbers_are_those_of_datasets(built: Built) -> None:
    tags = load_dataset(str(built.folder), "ner_fine", split="test").features["ner_tags"].feature

    records = built.records("fine_tags")

    assert [record["name"] for record in records] == tags.names
    assert [record["index"] for record in records] == list(range(len(tags.names)))


def test_label_definitions_are_those_of_the_ontology(built: Built) -> None:
    records = built.records("event_types")

    assert {record["name"]: record["definition"] for record in records} == {
        event.name: event.definition for event in ontology.default().events
    }


def test_every_parquet_file_is_listed_with_its_hash_and_size(built: Built) -> None:
    files = {
        path.relative_to(built.folder).as_posix(): path.read_bytes()
        for path in built.folder.rglob("*.parquet")
    }

    listed = {
        node["contentUrl"]: (node["sha256"], node["contentSize"])
        for node in built.json["distribution"]
        if node["@type"] == "cr:FileObject"
    }

    assert listed == {
        name: (hashlib.sha256(content).hexdigest(), f"{len(content)} B")
        for name, content in files.items()
    }


def test_file_beside_the_dataset_is_not_read(tmp_path: Path) -> None:
    made = Built(tmp_path / "corpus", GOLDS["as it is"])
    article = tmp_path / "corpus" / "data" / "ner" / f"{seeds.doc_ids()[0]}.parquet"
    (article.parent / "mine.parquet").write_bytes(article.read_bytes())

    assert len(made.records("ner")) == 95


def test_edition_and_content_are_named(built: Built) -> None:
    identifiers = {node["propertyID"]: node["value"] for node in built.json["identifier"]}

    assert built.dataset.metadata.version == gold.edition().version
    assert identifiers["canary"] == gold.edition().canary
    assert gold.content_hash(built.documents) in identifiers.values()
    assert gold.edition().canary in built.json["description"]


def test_numbers_are_those_of_the_statistics(built: Built) -> None:
    total = statistics(built.documents)["total"]

    assert all(f"{name} {number}" in built.json["description"] for name, number in total.items())


def test_responsible_ai_says_that_annotators_are_language_models(built: Built) -> None:
    metadata = built.dataset.metadata

    assert "language models" in metadata.annotator_demographics[0]
    assert metadata.data_limitations
    assert "publishers" in built.json["license"]["description"]


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (tmp_path / name for name in ("first", "second"))
    for folder in (first, second):
        build.build(folder)

    assert (first / "croissant.json").read_bytes() == (second / "croissant.json").read_bytes()
    assert "croissant.json" in (first / "SHA256SUMS").read_text("ascii")
