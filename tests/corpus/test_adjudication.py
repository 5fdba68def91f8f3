"""What two annotators agree on is gold; on what they do not, a decision with a reason says."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from vinee.corpus import quoted
from vinee.corpus.adjudication import (
    Decision,
    adjudicate,
    common_names,
    disagreements,
)
from vinee.errors import InvalidError
from vinee.model import Document

TEXT = "Ông Lê An thăm Lào hôm 2/9.\nÔng gặp bà Vũ Hoa ở đó.\n"
FIRST = {
    "mentions": [
        {"id": "m1", "quote": "Lê An", "type": "PER", "extent": "Ông Lê An", "entity": "an"},
        {"id": "m2", "quote": "Lào", "type": "GPE", "gpe_role": "LOC", "entity": "laos"},
    ],
    "timexes": [{"id": "t1", "quote": "hôm 2/9", "type": "DATE", "value": "XXXX-09-02"}],
    "events": [
        {
            "id": "ev1",
            "quote": "thăm",
            "type": "Diplomacy.Visit",
            "realis": "ACTUAL",
            "arguments": {"Visitor": ["m1"], "Destination": ["m2"], "Time": ["t1"]},
        }
    ],
}
SECOND = {
    "mentions": [
        {"id": "m3", "quote": "Ông", "type": "PER", "level": "PRO", "entity": "an"},
        {"id": "m4", "quote": "Vũ Hoa", "type": "PER", "extent": "bà Vũ Hoa", "entity": "hoa"},
    ],
    "events": [
        {
            "id": "ev2",
            "quote": "gặp",
            "type": "Contact.Meet",
            "realis": "ACTUAL",
            "arguments": {"Entity": ["m3", "m4"]},
            "implicit": {"Place": ["laos"]},
        }
    ],
}


def resolved(first: Any = FIRST, second: Any = SECOND) -> Document:
    handed_in = {
        "doc_id": "d",
        "annotator": "a",
        "guidelines": "1.0",
        "sections": [{"kind": "body", "starts": "Ông", "n": 1}],
        "sentences": [
            {"s": 0, "starts": "Ông Lê", **first},
            {"s": 1, "starts": "Ông gặp", **second},
        ],
    }
    return quoted.resolve(TEXT, msgspec.convert(handed_in, quoted.Pass))


def changed(sentence: Any, layer: str, index: int, **attributes: Any) -> Any:
    items = [dict(item) for item in sentence[layer]]
    items[index].update(attributes)
    return {**sentence, layer: items}


def compared(second: Document) -> list[tuple[str, str | None, str | None]]:
    first = resolved()
    found = disagreements(first, second, common_names([first], [second]))
    return [(each.id, each.first, each.second) for each in found]


def decided(second: Document, take: Any) -> Document:
    first = resolved()
    naming = common_names([first], [second])
    ids = [each.id for each in disagreements(first, second, naming)]
    return adjudicate(first, second, naming, dict.fromkeys(ids, Decision(take, "M1")))


def test_annotator_agrees_with_himself() -> None:
    assert compared(resolved()) == []


def test_names_of_entities_are_each_annotators_own() -> None:
    renamed = changed(
        changed(SECOND, "mentions", 0, entity="le-an"), "events", 0, implicit={"Place": ["lao"]}
    )
    first = changed(changed(FIRST, "mentions", 0, entity="le-an"), "mentions", 1, entity="lao")

    assert compared(resolved(first, renamed)) == []


def test_other_attribute_is_one_disagreement() -> None:
    second = resolved(changed(FIRST, "mentions", 1, gpe_role="ORG"))

    assert compared(second) == [("s0 mention Lào@15 GPE gpe_role", "LOC", "ORG")]


def test_other_span_is_two() -> None:
    second = resolved(changed(FIRST, "timexes", 0, quote="2/9"))

    found = compared(second)

    assert [(id_, one is None) for id_, one, _ in found] == [
        ("s0 event thăm@10 argument Time ref 19:26", False),
        ("s0 event thăm@10 argument Time ref 23:26", True),
        ("s0 time hôm 2/9@19 exists", False),
        ("s0 time 2/9@23 exists", True),
    ]


def test_mention_that_joins_another_entity_is_a_disagreement() -> None:
    second = resolved(FIRST, changed(SECOND, "mentions", 0, entity="somebody"))

    assert compared(second) == [("s1 mention Ông@28 PER entity", "an", "somebody*")]


def test_implicit_arguments_are_compared_by_their_entity() -> None:
    second = resolved(FIRST, changed(SECOND, "events", 0, implicit={}))

    assert compared(second) == [
        ("s1 event gặp@32 argument Place implicit laos", "Place: (implicit) laos", None)
    ]


@pytest.mark.parametrize("take", ["first", "second"])
def test_decisions_for_one_side_give_that_side(take: str) -> None:
    second = resolved(
        changed(FIRST, "timexes", 0, quote="2/9"),
        changed(SECOND, "events", 0, realis="OTHER", modality="PLANNED", type="Contact.Contact"),
    )
    first = resolved()

    result = decided(second, take)

    expected = first if take == "first" else second
    assert disagreements(result, expected, common_names([result], [expected])) == []


def test_undecided_disagreement_is_an_error() -> None:
    first, second = resolved(), resolved(changed(FIRST, "mentions", 1, gpe_role="ORG"))

    with pytest.raises(InvalidError, match="undecided, the first is 's0 mention Lào@15"):
        adjudicate(first, second, common_names([first], [second]), {})


def test_decision_on_what_is_agreed_is_an_error() -> None:
    first = resolved()
    idle = {"s0 mention Lào@15 GPE level": Decision("first", "M3")}

    with pytest.raises(InvalidError, match="is decided, but no disagreement"):
        adjudicate(first, first, common_names([first], [first]), idle)


def test_argument_whose_filler_was_decided_away_is_an_error() -> None:
    first = resolved()
    second = resolved(changed(FIRST, "timexes", 0, quote="2/9"))
    naming = common_names([first], [second])
    decisions = {
        each.id: Decision("second" if " time " in each.id else "first", "T1")
        for each in disagreements(first, second, naming)
    }

    with pytest.raises(InvalidError, match="'hôm 2/9'@19, which was decided away"):
        adjudicate(first, second, naming, decisions)
