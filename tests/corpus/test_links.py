"""What an entity of the whole corpus is called, and which item it is, stands in one file."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import msgspec
import pytest

from vinee import resources
from vinee.corpus import gold, links
from vinee.corpus.findings import Finding
from vinee.corpus.validate import check_corpus
from vinee.errors import InvalidError, SchemaError
from vinee.formats import native
from vinee.model import Chain, Document, Entity

TABLE = """
entities:
  laos: {name: Lào, type: GPE, wikidata: Q819, evidence: [a gazetteer says so]}
  both: {name: hai bên, type: GPE, wikidata: NIL, evidence: []}
events:
  visit: {name: the visit to Laos}
"""
DOCUMENT = Document(
    "d",
    text="Lào",
    entities=(Entity("e1", "GPE", name="nước Lào", corpus_id="laos"), Entity("e2", "PER")),
    chains=(Chain("c1", corpus_id="visit"), Chain("c2")),
)


def read(tmp_path: Path, content: str = TABLE) -> links.Links:
    (tmp_path / "entities.yaml").write_text(content, "utf-8")
    return links.read(tmp_path / "entities.yaml")


def test_entities_and_chains_get_name_and_item(tmp_path: Path) -> None:
    document = links.linked(DOCUMENT, read(tmp_path))

    assert document.entities == (
        Entity("e1", "GPE", name="Lào", corpus_id="laos", wikidata="Q819"),
        Entity("e2", "PER"),
    )
    assert document.chains == (
        Chain("c1", name="the visit to Laos", corpus_id="visit"),
        Chain("c2"),
    )


def test_layer_that_is_not_annotated_stays_so(tmp_path: Path) -> None:
    assert links.linked(Document("d"), read(tmp_path)) == Document("d")


@pytest.mark.parametrize("content", ["entities: {}\nevents: {visit: {name: v}}", "entities: {}"])
def test_what_the_table_lacks_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises((InvalidError, SchemaError)):
        links.linked(DOCUMENT, read(tmp_path, content))


@pytest.mark.parametrize("item", ["'819'", "Q0", "nil", "'https://www.wikidata.org/wiki/Q819'"])
def test_item_that_is_no_id_is_refused(tmp_path: Path, item: str) -> None:
    with pytest.raises(InvalidError, match="give Q and a number, NIL or null"):
        read(tmp_path, TABLE.replace("Q819", item))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project with one article whose only entity is Laos."""
    root = resources.root()
    for folder in ("seeds", "annotations", "corpus"):
        shutil.copytree(root / folder, tmp_path / folder)
    for path in sorted((tmp_path / "annotations" / "gold").glob("*.json")):
        document = msgspec.structs.replace(native.read(path), entities=None, chains=None)
        mentions = tuple(
            msgspec.structs.replace(each, entity=None) for each in document.mentions or ()
        )
        native.write(path, msgspec.structs.replace(document, mentions=mentions))
    return tmp_path


def found(project: Path, entity: Entity, table: str = TABLE) -> list[Finding]:
    path = min((project / "annotations" / "gold").glob("*.json"))
    native.write(path, msgspec.structs.replace(native.read(path), entities=(entity,)))
    (project / "annotations" / "entities.yaml").write_text(table, "utf-8")
    return [finding for finding in check_corpus(project) if finding.id == "link"]


ONLY = "entities:\n  laos: {name: Lào, type: GPE, wikidata: Q819, evidence: []}\nevents: {}\n"
LAOS = Entity("e1", "GPE", name="Lào", corpus_id="laos", wikidata="Q819")


def test_gold_that_says_what_the_table_says_is_right(project: Path) -> None:
    assert found(project, LAOS, ONLY) == []


@pytest.mark.parametrize(
    ("entity", "table", "message"),
    [
        (LAOS, TABLE, "'both' is in no article"),
        (msgspec.structs.replace(LAOS, wikidata="Q1"), ONLY, "resolve the gold again"),
        (msgspec.structs.replace(LAOS, type="LOC"), ONLY, "in this article LOC"),
        (msgspec.structs.replace(LAOS, corpus_id="thai"), ONLY, "'thai' is not in entities.yaml"),
        (LAOS, "entities: []", "links-schema|Expected"),
    ],
)
def test_gold_and_table_must_agree(project: Path, entity: Entity, table: str, message: str) -> None:
    assert any(re.search(message, str(finding)) for finding in found(project, entity, table))


def test_gold_shipped_names_only_what_the_table_has() -> None:
    documents = gold.documents()

    table = links.read()

    assert [links.linked(document, table) for document in documents] == [*documents]
