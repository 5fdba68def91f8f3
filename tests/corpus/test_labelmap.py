"""Label maps: what they rename and drop, how they are written, and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vinee import ontology
from vinee.corpus import gold, labelmap
from vinee.errors import InputError, InvalidError, MalformedError, SchemaError
from vinee.model import Argument, Document, Entity, Event, Mention, Span

TEXT = "Bà Vũ Hoa thăm Lào hôm 2/9."
HOA = Mention(3, 9, "PERSON", id="m1")
LAOS = Mention(15, 18, "LOCATION", id="m2")
VISIT = Event(
    "Visit",
    Span(10, 14),
    arguments=(Argument("Traveller", ref="m1"), Argument("Place", ref="m2")),
)
DOCUMENT = Document("a", TEXT, mentions=(HOA, LAOS), events=(VISIT,))


def applied(*items: str, to: Document = DOCUMENT) -> tuple[Document, labelmap.Mapped]:
    found = labelmap.apply(labelmap.parse(items), [to])
    return found.documents[0], found.mapped


def types(document: Document) -> list[str]:
    return [mention.type for mention in document.mentions or ()]


def test_entity_labels_are_renamed_and_counted() -> None:
    document, mapped = applied("PERSON=PER", "LOCATION=GPE")

    assert types(document) == ["PER", "GPE"]
    assert mapped.renamed == {"entity:LOCATION=GPE": 1, "entity:PERSON=PER": 1}


def test_empty_target_drops_and_counts() -> None:
    for written in ("PERSON=", "PERSON=null", "PERSON = "):
        document, mapped = applied(written)

        assert types(document) == ["LOCATION"]
        assert mapped.dropped == {"entity:PERSON": 1}


def test_labels_that_the_map_does_not_name_stay() -> None:
    assert types(applied("PERSON=PER")[0]) == ["PER", "LOCATION"]


def test_bare_name_means_entity_label_then_event_type_then_role() -> None:
    document, mapped = applied("PERSON=PER", "Visit=Diplomacy.Visit", "Traveller=Visitor")

    event = (document.events or ())[0]
    assert event.type == "Diplomacy.Visit"
    assert [argument.role for argument in event.arguments] == ["Visitor", "Place"]
    assert set(mapped.renamed) == {
        "entity:PERSON=PER",
        "event:Visit=Diplomacy.Visit",
        "role:Traveller=Visitor",
    }


def test_bare_name_of_two_kinds_takes_the_first_and_says_so() -> None:
    both = Document("a", TEXT, mentions=(Mention(10, 14, "Visit"),), events=(VISIT,))

    document, mapped = applied("Visit=EVT", to=both)

    assert types(document) == ["EVT"]
    assert (document.events or ())[0].type == "Visit"
    assert mapped.notes == (
        "the map takes 'Visit' for the entity label; write event:Visit for the other",
    )


def test_prefix_decides_and_leaves_the_bare_name_to_the_other_kind() -> None:
    both = Document("a", TEXT, mentions=(Mention(10, 14, "Visit"),), events=(VISIT,))

    document, _ = applied("entity:Visit=EVT", "Visit=Diplomacy.Visit", to=both)

    assert types(document) == ["EVT"]
    assert (document.events or ())[0].type == "Diplomacy.Visit"


def test_label_with_a_colon_is_no_prefix() -> None:
    ace = Document("a", TEXT, events=(Event("Movement:Transport", Span(10, 14)),))

    document, _ = applied("event:Movement:Transport=Diplomacy.Visit", to=ace)

    assert (document.events or ())[0].type == "Diplomacy.Visit"


def test_all_pairs_are_applied_at_once() -> None:
    assert types(applied("PERSON=LOCATION", "LOCATION=PERSON")[0]) == ["LOCATION", "PERSON"]


def test_argument_of_a_dropped_mention_keeps_its_span() -> None:
    document, mapped = applied("PERSON=")

    argument = (document.events or ())[0].arguments[0]
    assert argument == Argument("Traveller", span=Span(3, 9))
    assert mapped.freed == 1


def test_dropped_role_and_event_type_take_their_items_along() -> None:
    without_role, roles = applied("role:Place=")
    without_event, events = applied("event:Visit=")

    assert [a.role for a in (without_role.events or ())[0].arguments] == ["Traveller"]
    assert roles.dropped == {"role:Place": 1}
    assert without_event.events == ()
    assert events.dropped == {"event:Visit": 1}


def test_mentions_that_become_equal_become_one_and_arguments_follow() -> None:
    twice = Document(
        "a",
        TEXT,
        mentions=(Mention(3, 9, "PERSON", id="m1"), Mention(3, 9, "NAME", id="m2")),
        events=(Event("Visit", Span(10, 14), arguments=(Argument("Traveller", ref="m2"),)),),
    )

    document, mapped = applied("PERSON=PER", "NAME=PER", to=twice)

    assert [mention.id for mention in document.mentions or ()] == ["m1"]
    assert (document.events or ())[0].arguments[0].ref == "m1"
    assert mapped.merged == 1


def test_arguments_that_become_equal_become_one() -> None:
    arguments = (Argument("Agent", ref="m1"), Argument("Traveller", ref="m1"))
    twice = Document(
        "a", TEXT, mentions=(HOA,), events=(Event("Visit", Span(10, 14), arguments=arguments),)
    )

    document, mapped = applied("Agent=Visitor", "Traveller=Visitor", to=twice)

    assert (document.events or ())[0].arguments == (Argument("Visitor", ref="m1"),)
    assert mapped.merged == 1


def test_doubles_that_the_map_did_not_make_are_left_to_the_checks() -> None:
    twice = Document("a", TEXT, mentions=(Mention(3, 9, "PERSON"), Mention(3, 9, "PERSON")))

    document, mapped = applied("PERSON=PER", to=twice)

    assert types(document) == ["PER", "PER"]
    assert mapped.merged == 0


def test_dropped_entity_leaves_no_reference_behind() -> None:
    chained = Document(
        "a",
        TEXT,
        mentions=(Mention(3, 9, "PERSON", entity="e1"), Mention(15, 18, "NAME", entity="e1")),
        entities=(Entity("e1", "PERSON"),),
    )

    document, _ = applied("PERSON=", to=chained)

    assert document.entities == ()
    assert [mention.entity for mention in document.mentions or ()] == [None]


def test_source_that_never_occurs_is_said() -> None:
    _, mapped = applied("PERSON=PER", "JOB=TITLE")

    assert mapped.notes == ("the map names 'JOB=TITLE', and no item has that label",)


def test_unknown_target_lists_the_nearest_and_the_known_ones() -> None:
    with pytest.raises(
        InvalidError, match=r"'PERS' is no entity label; nearest: PER.*known: .*GPE"
    ):
        labelmap.apply(labelmap.parse(["PERSON=PERS"]), [DOCUMENT], ontology.default())


def test_target_of_another_kind_names_the_prefix() -> None:
    with pytest.raises(InvalidError, match="it is one for 'event:PERSON'"):
        labelmap.apply(
            labelmap.parse(["entity:PERSON=Diplomacy.Visit"]), [DOCUMENT], ontology.default()
        )


def test_unknown_target_is_refused_even_where_the_source_never_occurs() -> None:
    with pytest.raises(InvalidError, match="map-target"):
        labelmap.apply(labelmap.parse(["JOB=JOBS"]), [DOCUMENT], ontology.default())


FILES = {
    "map.yaml": "PERSON: PER\nJOB:\nevent:Visit: Diplomacy.Visit\n",
    "deep.yml": "entity: {PERSON: PER, JOB: ~}\nevent:\n  Visit: Diplomacy.Visit\n",
    "map.json": '{"PERSON": "PER", "JOB": null, "event": {"Visit": "Diplomacy.Visit"}}',
}


@pytest.mark.parametrize("name", FILES)
def test_file_says_the_same_as_options(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(FILES[name], "utf-8")

    found = labelmap.parse([str(tmp_path / name)])

    targets = {(rule.source, rule.target) for rule in found.rules}
    assert targets == {("PERSON", "PER"), ("JOB", None), ("Visit", "Diplomacy.Visit")}


def test_label_that_yaml_takes_for_a_boolean_is_a_label(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text("NO: ON\n", "utf-8")

    assert str(labelmap.read(tmp_path / "map.yaml")) == "NO=ON"


BROKEN = {
    "list.yaml": ("- PERSON\n", SchemaError, "map-schema"),
    "empty.yaml": ("", SchemaError, "map-schema"),
    "open.yaml": ("PERSON: [", MalformedError, "not-yaml"),
    "deep.yaml": ("entity:\n  PERSON:\n    x: y\n", SchemaError, "map-schema"),
    "endless.yaml": ("&a\nentity: *a\n", SchemaError, "map-schema"),
    "kind.yaml": ("mention: {PERSON: PER}\n", SchemaError, "map-schema"),
    "twice.yaml": ("PERSON: PER\nPERSON: ORG\n", InvalidError, "map-twice"),
    "twice.json": ('{"PERSON": "PER", "PERSON": "ORG"}', InvalidError, "map-twice"),
    "number.json": ('{"PERSON": 1}', SchemaError, "map-schema"),
    "list.json": ("[]", SchemaError, "map-schema"),
    "open.json": ("{", MalformedError, "not-json"),
    "deep.json": ('{"entity": {"PERSON": {"x": "y"}}}', SchemaError, "map-schema"),
    "abyss.json": ('{"a":' * 5000 + "1" + "}" * 5000, InputError, "not-json"),
    "kinds.yaml": ("event:A: role:B\n", InvalidError, "map-form"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_is_named(tmp_path: Path, name: str) -> None:
    content, kind, code = BROKEN[name]
    (tmp_path / name).write_text(content, "utf-8")

    with pytest.raises(kind, match=name) as caught:
        labelmap.read(tmp_path / name)

    assert caught.value.code == code


def test_contradiction_in_yaml_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text("PERSON: PER\nPERSON: ORG\n", "utf-8")

    with pytest.raises(InvalidError, match=r"map\.yaml:2: "):
        labelmap.read(tmp_path / "map.yaml")


@pytest.mark.parametrize("item", ["PERSON", "=PER", "entity:=PER"])
def test_what_is_no_pair_is_refused(item: str) -> None:
    with pytest.raises(InvalidError, match="map-form"):
        labelmap.parse([item])


def test_map_of_pairs_in_memory_is_that_of_options() -> None:
    assert str(labelmap.of({"PERSON": "PER", "role:X": None})) == "PERSON=PER,role:X="
    assert str(labelmap.parse(["role:X=", "PERSON=PER"])) == "PERSON=PER,role:X="


def test_what_was_done_can_be_stored_and_told() -> None:
    _, mapped = applied("PERSON=", "LOCATION=GPE", "JOB=TITLE")

    stored = json.loads(json.dumps(mapped.to_json()))

    assert stored["dropped"] == {"entity:PERSON": 1}
    assert mapped.lines()[:2] == ["renamed entity:LOCATION=GPE: 1", "dropped entity:PERSON: 1"]


def test_map_of_labels_onto_themselves_changes_nothing_of_the_gold() -> None:
    documents = gold.documents()
    names = [f"{label}={label}" for label in ontology.default().fine_labels]

    found = labelmap.apply(labelmap.parse(names), documents, ontology.default())

    assert found.documents == documents
    assert found.mapped.renamed == {}


@settings(max_examples=30, derandomize=True)
@given(st.sets(st.sampled_from(ontology.default().fine_labels)))
def test_no_mention_disappears_uncounted(dropped: set[str]) -> None:
    documents = gold.documents()
    found = labelmap.apply(labelmap.of(dict.fromkeys(dropped)), documents)

    def count(of: tuple[Document, ...]) -> int:
        return sum(len(each.mentions or ()) for each in of)

    assert count(found.documents) + sum(found.mapped.dropped.values()) == count(documents)
    used = {mention.type for each in found.documents for mention in each.mentions or ()}
    assert used.isdisjoint(dropped)


@pytest.mark.parametrize(
    ("content", "shown"), [("X: PER\nY: [a]\n", r"\[a\]"), ("Y:\n- a\n", "- a")]
)
def test_a_list_where_a_label_should_be_is_named(content: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text(content, "utf-8")

    with pytest.raises(SchemaError, match=rf"map\.yaml:2: {shown} is no label; "):
        labelmap.read(tmp_path / "map.yaml")
