"""What changed in chains of mentions and of events."""

from __future__ import annotations

from pathlib import Path

from diff_documents import article, changed, changes, mentions
from msgspec.structs import replace

from vinee.corpus.diff import compare
from vinee.model import Chain, Entity


def test_merged_entities_name_both_chains(tmp_path: Path) -> None:
    linked = [replace(m, entity="e5") if m.entity == "e3" else m for m in mentions()]
    entities = [each for each in article().entities or () if each.id != "e3"]

    new = replace(article(), mentions=tuple(linked), entities=tuple(entities))

    assert changes(tmp_path, new) == [
        "entities",
        "- removed PER trump: Donald Trump",
        '> moved PER [s0] "…Tổng thống Mỹ «Donald Trump» và Tổng thống…": trump → putin',
    ]


def test_smaller_chain_that_keeps_its_name_takes_in_the_larger_one(tmp_path: Path) -> None:
    linked = [replace(m, entity="e5") if m.entity == "e1" else m for m in mentions()]
    entities = [each for each in article().entities or () if each.id != "e1"]

    new = replace(article(), mentions=tuple(linked), entities=tuple(entities))

    assert changes(tmp_path, new) == [
        "entities",
        "- removed PER peskov: Dmitry Peskov, Peskov",
        '> moved PER [s0] "…ngôn điện Kremlin «Dmitry Peskov» cho biết Tổng…": peskov → putin',
        '> moved PER [s2] "…tin từ ông «Peskov», hai nhà lãnh…": peskov → putin',
    ]


def test_chain_of_the_same_members_is_the_same_under_another_name(tmp_path: Path) -> None:
    assert changes(tmp_path, changed("entities", 2, name="Trump", corpus_id="djt")) == [
        "entities",
        "~ relabelled PER trump: name Donald Trump → Trump; corpus_id trump → djt",
    ]


def test_other_wikidata_item_is_a_relabelled_entity(tmp_path: Path) -> None:
    assert changes(tmp_path, changed("entities", 3, wikidata="Q159")) == [
        "entities",
        "~ relabelled GPE russia: wikidata none → Q159",
    ]


def test_member_that_leaves_its_chain_is_told(tmp_path: Path) -> None:
    assert changes(tmp_path, changed("events", 2, chain=None)) == [
        "chains",
        '> moved Contact.Meet [s1] "…diễn ra cuộc «gặp» này.…": meeting-2025 → none',
    ]


def test_split_event_chain_is_told_by_the_name_of_the_new_one(tmp_path: Path) -> None:
    new = replace(
        changed("events", 2, chain="c2"), chains=(*(article().chains or ()), Chain("c2", "gặp 2"))
    )

    assert changes(tmp_path, new) == [
        "chains",
        "+ added gặp 2: gặp",
        '> moved Contact.Meet [s1] "…diễn ra cuộc «gặp» này.…": meeting-2025 → gặp 2',
    ]


def test_entity_that_is_named_by_its_members_only_is_compared_too() -> None:
    """A mention refers to an entity that no layer declares."""
    undeclared = replace(article(), entities=None)
    new = replace(
        undeclared,
        mentions=tuple(replace(m, entity="e9") if m.id == "m6" else m for m in mentions()),
    )

    found = compare([undeclared], [new]).summary()["entities"]

    assert found == {"added": 1, "removed": 0, "moved": 1, "relabelled": 0}


def test_entity_without_members_is_the_same_whatever_its_id() -> None:
    old, new = (
        replace(article(), entities=(*(article().entities or ()), Entity(id_, "ORG")))
        for id_ in ("e8", "e9")
    )

    assert compare([old], [new]).is_empty
