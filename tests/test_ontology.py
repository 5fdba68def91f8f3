"""The ontology: complete, consistent, and compatible with ACE 2005 and VLSP."""

from __future__ import annotations

from pathlib import Path

import pytest

from vinee import ontology, resources
from vinee.errors import InvalidError, SchemaError
from vinee.model import Mention

ACE_2005 = [
    "Life.Be-Born",
    "Life.Marry",
    "Life.Divorce",
    "Life.Injure",
    "Life.Die",
    "Movement.Transport",
    "Transaction.Transfer-Ownership",
    "Transaction.Transfer-Money",
    "Business.Start-Org",
    "Business.Merge-Org",
    "Business.Declare-Bankruptcy",
    "Business.End-Org",
    "Conflict.Attack",
    "Conflict.Demonstrate",
    "Contact.Meet",
    "Contact.Phone-Write",
    "Personnel.Start-Position",
    "Personnel.End-Position",
    "Personnel.Nominate",
    "Personnel.Elect",
    "Justice.Arrest-Jail",
    "Justice.Release-Parole",
    "Justice.Trial-Hearing",
    "Justice.Charge-Indict",
    "Justice.Sue",
    "Justice.Convict",
    "Justice.Sentence",
    "Justice.Fine",
    "Justice.Execute",
    "Justice.Extradite",
    "Justice.Acquit",
    "Justice.Appeal",
    "Justice.Pardon",
]

POLECAT = [
    "ACCUSE",
    "AGREE",
    "AID",
    "ASSAULT",
    "COERCE",
    "CONCEDE",
    "CONSULT",
    "COOPERATE",
    "MOBILIZE",
    "PROTEST",
    "REJECT",
    "REQUEST",
    "RETREAT",
    "SANCTION",
    "SUPPORT",
    "THREATEN",
]


TYPES: tuple[ontology.EntityType | ontology.EventType, ...] = (
    *ontology.default().entities,
    *ontology.default().events,
)


def test_all_thirty_three_types_of_ace_are_there_under_their_names() -> None:
    assert len(ACE_2005) == 33
    assert set(ACE_2005) <= set(ontology.default().event_labels)


def test_crosswalks_name_types_that_the_other_scheme_has() -> None:
    for event in ontology.default().events:
        ace, plover = event.crosswalk["ace2005"], event.crosswalk["plover"]
        assert ace is None or ace[0] in ACE_2005, event.name
        assert plover is None or plover[0] in POLECAT, event.name


def test_every_type_answers_for_all_three_schemes() -> None:
    assert all(
        event.crosswalk.keys() == {"ace2005", "rich_ere", "plover"}
        for event in ontology.default().events
    )


def test_every_label_has_a_vietnamese_name_a_definition_and_an_example() -> None:
    for item in TYPES:
        assert item.vi, item.name
        assert item.definition.endswith("."), item.name
        assert item.positive, item.name


def test_positive_examples_mark_a_span() -> None:
    for item in TYPES:
        assert all("[" in example and "]" in example for example in item.positive), item.name


@pytest.mark.parametrize(
    ("mention", "coarse"),
    [
        (Mention(0, 3, "GPE", gpe_role="ORG"), "LOC"),
        (Mention(0, 3, "FAC", gpe_role="ORG"), "ORG"),
        (Mention(0, 3, "FAC", gpe_role="LOC"), "LOC"),
        (Mention(0, 3, "FAC"), "LOC"),
        (Mention(0, 3, "MEDIA"), "ORG"),
        (Mention(0, 3, "TITLE"), None),
        (Mention(0, 3, "MISC"), "MISC"),
        (Mention(0, 3, "NOTHING"), None),
    ],
)
def test_fine_types_map_onto_the_coarse_ones(mention: Mention, coarse: str | None) -> None:
    assert ontology.default().coarse_of(mention) == coarse


def test_common_roles_are_roles_of_every_type() -> None:
    labels = ontology.default()

    assert all(
        labels.fillers(event, "Time") == frozenset({"TIMEX"}) for event in labels.event_labels
    )


def test_filler_groups_are_spelt_out() -> None:
    assert ontology.default().fillers("Contact.Meet", "Place") == frozenset({"GPE", "LOC", "FAC"})


def test_unknown_role_has_no_fillers() -> None:
    assert ontology.default().fillers("Contact.Meet", "Winner") is None
    assert ontology.default().fillers("Contact.Dance", "Place") is None


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("name: ORG", "name: PER", "ontology-twice"),
        ("coarse: MISC", "coarse: THING", "ontology-coarse"),
        ("coarse: LOC\n", "coarse: ORG\n", "ontology-coarse"),
        ("levels: [NAM, NOM]", "levels: [NAM, XYZ]", "ontology-level"),
        ("fillers: [WHERE]", "fillers: [ANYWHERE]", "ontology-filler"),
    ],
)
def test_inconsistent_ontology_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = (resources.root() / "annotations" / "ontology.yaml").read_text("utf-8")
    assert old in text
    path = tmp_path / "ontology.yaml"
    path.write_text(text.replace(old, new), "utf-8")

    with pytest.raises(InvalidError) as caught:
        ontology.read(path)

    assert caught.value.code == code


def test_ontology_of_another_shape_is_refused_with_the_path(tmp_path: Path) -> None:
    path = tmp_path / "ontology.yaml"
    path.write_text("version: 1\n", "utf-8")

    with pytest.raises(SchemaError, match=r"ontology\.yaml: Expected `str`, got `int`"):
        ontology.read(path)
