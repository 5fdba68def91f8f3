"""From decided gold to an edition, in a copy of the project."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from vinee import resources
from vinee.corpus import adjudication, gold, links, release
from vinee.corpus.links import EntityLink, EventLink, Links
from vinee.corpus.release.describing import describe, with_described
from vinee.corpus.release.releasing import Differing
from vinee.errors import IntegrityError, InvalidError
from vinee.formats import native
from vinee.model import Chain, Document, Entity, Mention

DOC = "000_050def64e66b55bf"
EDITION = (resources.root() / "annotations" / "edition.yaml").read_text("utf-8")
UNUSED = gold.edition().unused


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for folder in ("seeds", "annotations"):
        shutil.copytree(resources.root() / folder, root / folder)
    return root


def renamed(project: Path, corpus_id: str, new: str, wikidata: str | None) -> None:
    path = project / "annotations" / "gold" / f"{DOC}.json"
    document = native.read(path)
    entities = tuple(
        msgspec.structs.replace(entity, corpus_id=new, wikidata=wikidata)
        if entity.corpus_id == corpus_id
        else entity
        for entity in document.entities or ()
    )
    native.write(path, msgspec.structs.replace(document, entities=entities))


def test_gold_shipped_needs_no_link(project: Path) -> None:
    before = links.path(project).read_bytes()

    done = release.link(project)

    assert done == release.Linked(Links({}, {}), (), 5)
    assert links.path(project).read_bytes() == before


def test_entity_that_the_table_lacks_is_described_with_the_item_that_annotators_gave(
    project: Path,
) -> None:
    renamed(project, "dpa", "news-agency-dpa", "Q312653")

    done = release.link(project)

    found = links.read(links.path(project)).entities["news-agency-dpa"]
    assert [*done.described.entities] == ["news-agency-dpa"]
    assert found == EntityLink("dpa", "MEDIA", "Q312653", (f"given by the annotators of {DOC}",))


def test_entity_without_an_item_stays_unknown(project: Path) -> None:
    renamed(project, "dpa", "news-agency-dpa", None)

    release.link(project)

    assert links.read(links.path(project)).entities["news-agency-dpa"].wikidata is None


def test_names_that_annotators_gave_are_preferred_to_those_of_mentions() -> None:
    def article(doc_id: str, entity: str, chain: str | None) -> Document:
        return Document(
            doc_id,
            "nước này",
            mentions=(Mention(0, 8, "GPE", entity="e1"),),
            entities=(Entity("e1", "GPE", name=entity, corpus_id="laos"),),
            chains=(Chain("c1", name=chain, corpus_id="visit"),),
        )

    described = describe(
        [article("a", "nước này", None), article("b", "Laos", "state visit")], Links({}, {})
    )

    assert described.entities["laos"].name == "Laos"
    assert described.events["visit"].name == "state visit"


@pytest.mark.parametrize(("entity", "kept"), [("vladimir-putin", "Q7747"), ("yuri-ushakov", None)])
def test_item_of_the_gold_that_gives_way_to_the_table_is_told(
    project: Path, entity: str, kept: str | None
) -> None:
    assert links.read(links.path(project)).entities[entity].wikidata == kept
    renamed(project, entity, entity, "Q42")

    done = release.link(project)

    assert done.differing == (Differing(DOC, entity, "Q42", kept),)
    assert release.link(project).differing == ()
    assert gold.documents(project / "annotations" / "gold") == gold.documents()


def test_names_and_items_of_the_table_go_into_the_gold(project: Path) -> None:
    renamed(project, "vladimir-putin", "vladimir-putin", None)

    done = release.link(project)

    assert done.changed == (DOC,)
    assert gold.documents(project / "annotations" / "gold") == gold.documents()


def test_comments_of_the_table_stay(project: Path) -> None:
    renamed(project, "dpa", "news-agency-dpa", None)
    before = links.path(project).read_text("utf-8").splitlines()

    release.link(project)

    after = links.path(project).read_text("utf-8").splitlines()
    assert len(after) - len(before) == 6
    assert after[: before.index("events:")] == before[: before.index("events:")]
    assert after[after.index("events:") :] == before[before.index("events:") :]


def test_articles_that_disagree_on_an_item_leave_it_unknown() -> None:
    documents = [
        Document("a", entities=(Entity("e1", "PER", "Lan", "lan", "Q1"),)),
        Document("b", entities=(Entity("e1", "PER", "Lan", "lan", "Q2"),)),
    ]

    described = describe(documents, Links({}, {}))

    evidence = ("the articles a, b disagree: Q1, Q2",)
    assert described.entities == {"lan": EntityLink("Lan", "PER", None, evidence)}


def test_event_that_the_table_lacks_is_described() -> None:
    document = Document("a", chains=(Chain("c1", None, "talks"), Chain("c2")))

    described = describe([document], Links({}, {}))

    assert described.events == {"talks": EventLink("talks")}


@pytest.mark.parametrize("name", ['a: "b" #c', "- x", "null", "đàm phán", "'"])
def test_any_name_can_be_described(name: str, tmp_path: Path) -> None:
    described = Links({name: EntityLink(name, "PER", None, (name,))}, {name: EventLink(name)})
    file = tmp_path / "entities.yaml"

    file.write_text(with_described("entities:\nevents:\n", described), "utf-8")

    assert links.read(file) == described


@pytest.mark.parametrize("content", ["", "events:\nentities:\n", "entities:\nevents:\nmore:\n"])
def test_table_of_another_order_is_not_added_to(content: str) -> None:
    with pytest.raises(IntegrityError, match="must hold the block"):
        with_described(content, Links({}, {"a": EventLink("a")}))


def test_release_raises_the_version_and_changes_nothing_else(project: Path) -> None:
    findings = release.release(project, "1.0.1")

    after = (project / "annotations" / "edition.yaml").read_text("utf-8")
    assert findings == []
    assert after == EDITION.replace('version: "1.0.0"', 'version: "1.0.1"')


def test_release_is_refused_while_a_disagreement_is_undecided(project: Path) -> None:
    path = project / "annotations" / "adjudication" / f"{DOC}.json"
    log = adjudication.read_log(path)
    open_ = msgspec.structs.replace(log.decisions[0], take=None)
    adjudication.write_log(
        path, msgspec.structs.replace(log, decisions=(open_, *log.decisions[1:]))
    )

    findings = release.release(project, "1.0.1")

    assert [(f.id, f.where.doc_id, f.where.path) for f in findings] == [
        ("undecided", DOC, "$.decisions[0]")
    ]
    assert (project / "annotations" / "edition.yaml").read_text("utf-8") == EDITION


def test_release_is_refused_while_a_decision_or_a_change_has_no_reason(project: Path) -> None:
    path = project / "annotations" / "adjudication" / "003_db0b2b193ebff8e5.json"
    log = adjudication.read_log(path)
    decision = msgspec.structs.replace(log.decisions[1], why=" ")
    change = msgspec.structs.replace(log.sweep[0], why="")
    adjudication.write_log(
        path,
        msgspec.structs.replace(
            log,
            decisions=(log.decisions[0], decision, *log.decisions[2:]),
            sweep=(change, *log.sweep[1:]),
        ),
    )

    findings = release.release(project, "1.0.1")

    assert [(f.id, f.where.path) for f in findings] == [
        ("reason-missing", "$.decisions[1]"),
        ("reason-missing", "$.sweep[0]"),
    ]


def test_release_is_refused_while_gold_is_invalid_and_the_edition_is_as_it_was(
    project: Path,
) -> None:
    (project / "annotations" / "gold" / f"{DOC}.json").unlink()

    findings = release.release(project, "1.0.1")

    assert "gold-missing" in {finding.id for finding in findings}
    assert (project / "annotations" / "edition.yaml").read_text("utf-8") == EDITION


@pytest.mark.parametrize("version", ["1.0.0", "0.9.9", "1", "1.0", "v1.0.1", "1.0.01", "1.0.1\n"])
def test_version_must_be_three_numbers_and_higher(version: str) -> None:
    with pytest.raises(InvalidError, match="edition-version"):
        release.edited(EDITION, version, UNUSED, "edition.yaml")


def test_versions_are_compared_as_numbers() -> None:
    assert 'version: "1.0.10"' in release.edited(EDITION, "1.0.10", UNUSED, "edition.yaml")


def test_labels_that_occur_now_are_no_longer_named_as_unused() -> None:
    unused = {**UNUSED, "realis": (), "timexes": ("SET",)}

    after = release.edited(EDITION, "1.1.0", unused, "edition.yaml")

    assert "\n  realis: []\n" in after
    assert "\n  timexes: [SET]\n" in after


@pytest.mark.parametrize(
    "content",
    [EDITION.replace("version:", "edition:"), EDITION.replace("  realis: [", "  realis: &a [")],
)
def test_edition_file_of_another_shape_is_refused(content: str) -> None:
    with pytest.raises(InvalidError, match="must be"):
        release.edited(content, "1.1.0", UNUSED, "edition.yaml")
