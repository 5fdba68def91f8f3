"""The lists of the `rules` baseline were written without looking at the gold or the articles.

These tests hold them to the ontology, and to nothing else: no list is compared with the corpus.
"""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from vinee import ontology
from vinee.extractors.rules import RulesExtractor, roles
from vinee.extractors.rules.lexicon import Lexicon, Line, labels, read
from vinee.extractors.rules.tokens import sentences_of

if TYPE_CHECKING:
    from vinee.extractors.rules.tokens import Sentence

LISTS = ("heads", "names", "places", "titles", "triggers")
ONTOLOGY = ontology.default()


def sentence(text: str) -> Sentence:
    return sentences_of(text, [(0, len(text))])[0]


def test_every_list_of_the_folder_is_tested_here() -> None:
    folder = files("vinee.extractors.rules") / "lists"

    assert sorted(path.name for path in folder.iterdir()) == [f"{name}.txt" for name in LISTS]


@pytest.mark.parametrize("name", ["heads", "names", "places"])
def test_name_lists_are_labelled_with_entity_types(name: str) -> None:
    assert set(labels(name)) <= set(ONTOLOGY.fine_labels)


def test_titles_are_labelled_with_title_or_only_introduce_one() -> None:
    assert labels("titles") == ("TITLE", "honorific", "surname")


def test_triggers_cover_the_event_types_of_the_ontology() -> None:
    assert set(labels("triggers")) == set(ONTOLOGY.event_labels)


def test_every_event_type_of_the_triggers_has_its_sides() -> None:
    assert set(roles.SIDES) == set(labels("triggers"))


@pytest.mark.parametrize(("event_type", "sides"), roles.SIDES.items())
def test_roles_exist_in_the_ontology(event_type: str, sides: roles.Sides) -> None:
    for role in filter(None, sides):
        assert ONTOLOGY.fillers(event_type, role)


def test_claims_name_only_labels_of_the_ontology() -> None:
    claims = RulesExtractor().claims

    assert set(claims.entities) <= set(ONTOLOGY.fine_labels)
    assert set(claims.events) <= set(ONTOLOGY.event_labels)
    assert set(claims.roles) <= set(ONTOLOGY.role_labels)


@pytest.mark.parametrize("name", LISTS)
def test_no_entry_stands_twice_in_a_list(name: str) -> None:
    counts = Counter((line.forms, line.inner) for line in read(name))

    assert [forms for (forms, _), count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", LISTS)
def test_no_entry_is_empty(name: str) -> None:
    assert all(
        line.label and line.inner[0] < line.inner[1] <= len(line.forms) for line in read(name)
    )


def test_no_trigger_begins_with_a_nominaliser() -> None:
    nominalisers = {"cuộc", "việc", "sự", "chuyến"}

    marked = [line.forms[line.inner[0]] for line in read("triggers") if line.label != "none"]

    assert nominalisers.isdisjoint(marked)


def test_the_longest_entry_wins() -> None:
    lexicon = Lexicon(
        [Line("A", ("Hà",), (0, 1), initial=True), Line("B", ("Hà", "Nội"), (0, 2), initial=True)],
        cased=True,
    )

    assert [span.label for span in lexicon.spans(sentence("ở Hà Nội"))] == ["B"]


def test_an_entry_is_found_on_syllable_boundaries_only() -> None:
    lexicon = Lexicon([Line("GPE", ("Nga",), (0, 1), initial=True)], cased=True)

    assert lexicon.spans(sentence("Ngay cả Nga-Mỹ"))[0].first == 2


def test_capitals_match_an_entry_but_lower_case_does_not() -> None:
    lexicon = Lexicon([Line("GPE", ("Nga",), (0, 1), initial=True)], cased=True)

    assert len(lexicon.spans(sentence("NGA và nga"))) == 1
