"""The short forms that cases are written in."""

from __future__ import annotations

from pathlib import Path

import pytest

from vinee.bench.conformance import notation, source
from vinee.bench.conformance.case import Triple
from vinee.bench.conformance.derived import derived
from vinee.errors import InvalidError, SchemaError
from vinee.model import Chain, Document, Entity, Event, Mention, Span, Timex

TEXT = "Putin gặp ông Putin ngày 7/8."


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2 3 4", Triple("2/3", "1/2", "4/7")),
        ("1/2 1 1", Triple("1/2", "1/2", "1/2")),
        ("0 0 3", Triple("0", "0", "0")),
        ("0 0 0", Triple(None, None, None)),
        ("undefined", Triple(None, None, None)),
        ("P=2/4 R=1", Triple("1/2", "1", "2/3")),
        ("P=0 R=0", Triple("0", "0", "0")),
        ("P=1/4 R=1/3 F=2/7", Triple("1/4", "1/3", "2/7")),
    ],
)
def test_scores_follow_from_what_was_derived(written: str, expected: Triple) -> None:
    assert derived(written).scores == expected


@pytest.mark.parametrize("written", ["2 1 1", "1 1", "P=1", "P=1/0 R=1", "all"])
def test_what_cannot_be_derived_is_refused(written: str) -> None:
    with pytest.raises(InvalidError, match="must be counts"):
        derived(written)


def test_mentions_are_found_by_phrase_place_or_offsets() -> None:
    found = notation.document(
        "d", TEXT, {"mentions": ["Putin|PER", "Putin@2|PER|level=NOM|extent=ông Putin", "6-9|X"]}
    )

    assert found.mentions == (
        Mention(0, 5, "PER", "Putin"),
        Mention(14, 19, "PER", "Putin", extent=Span(10, 19, "ông Putin"), level="NOM"),
        Mention(6, 9, "X", "gặp"),
    )


def test_links_times_entities_and_events_are_read() -> None:
    layers = {
        "entities": ["e1|PER|wikidata=Q7747"],
        "timexes": ["7/8|DATE|-|APPROX"],
        "events": ["gặp|Meet|Entity=Putin|Time~=#t1|realis=ACTUAL"],
    }

    found = notation.document("d", TEXT, layers)

    assert found.entities == (Entity("e1", "PER", wikidata="Q7747"),)
    assert found.timexes == (Timex(25, 28, "7/8", type="DATE", mod="APPROX"),)
    (event,) = found.events or ()
    assert (event.trigger, event.realis) == (Span(6, 9, "gặp"), "ACTUAL")
    assert [(each.role, each.implicit) for each in event.arguments] == [
        ("Entity", False),
        ("Time", True),
    ]


def test_a_link_is_a_mention_with_an_entity_of_its_own() -> None:
    found = notation.document("d", TEXT, {"links": ["Putin|PER|Q7747", "ông|PER|-"]})

    assert [each.entity for each in found.mentions or ()] == ["e0", "e1"]
    assert [each.wikidata for each in found.entities or ()] == ["Q7747", None]


@pytest.mark.parametrize(
    ("layers", "problem"),
    [
        ({"mentions": ["Biden|PER"]}, "does not stand in"),
        ({"mentions": ["Putin@3|PER"]}, "does not stand in"),
        ({"mentions": ["5-99|PER"]}, "lies outside"),
        ({"names": []}, "no layer 'names'"),
    ],
)
def test_what_is_not_there_is_refused(layers: dict[str, list[str]], problem: str) -> None:
    with pytest.raises(InvalidError, match=problem):
        notation.document("d", TEXT, layers)


def test_words_are_chains_of_mentions_or_of_events() -> None:
    mentions = notation.lettered("d", "abc", "x:ab c")
    events = notation.lettered("d", "abc", "c", events=True)

    assert mentions == Document(
        "d",
        text="a b c",
        mentions=(
            Mention(0, 1, "PER", "a", entity="c0"),
            Mention(2, 3, "PER", "b", entity="c0"),
            Mention(4, 5, "PER", "c", entity="c1"),
        ),
        entities=(Entity("c0", "PER", corpus_id="x"), Entity("c1", "PER")),
    )
    assert events == Document(
        "d",
        text="a b c",
        events=(Event("Meet", Span(4, 5, "c"), chain="c0"),),
        chains=(Chain("c0"),),
    )


def scenarios(tmp_path: Path, written: str) -> Path:
    path = tmp_path / "few.yaml"
    path.write_text(f"group: few\nabout: a\nlayer: mentions\nscenarios:\n{written}")
    return path


def test_a_scenario_is_a_case_for_each_metric_and_again_shuffled(tmp_path: Path) -> None:
    path = scenarios(
        tmp_path,
        "- {name: n, why: w, text: Nga Mỹ, shuffled: true, gold: [Nga|GPE, Mỹ|GPE],"
        " predicted: [Nga|GPE], expected: {'ner.strict, boundary': 1 1 2}}\n",
    )

    made = source.read(path).cases

    assert [each.id for each in made] == [
        "n@ner.strict",
        "n-shuffled@ner.strict",
        "n@boundary",
        "n-shuffled@boundary",
    ]
    straight, turned = (
        [each.text for each in (case.gold or ())[0].mentions or ()] for case in made[:2]
    )
    assert turned == straight[::-1]
    assert made[0].derivation == "1 correct, 1 predicted, 2 gold"


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("- {name: n, why: w, expected: {ner.strict: many}, gold: []}", r"n: .*must be counts"),
        ("- {name: n, why: w, text: Nga, gold: [Mỹ|GPE], expected: {boundary: 0 0 1}}", "Mỹ"),
        ("- {name: n}", "few"),
        ("- [", "few"),
    ],
)
def test_a_broken_scenario_is_named(tmp_path: Path, written: str, problem: str) -> None:
    with pytest.raises(SchemaError, match=problem):
        source.read(scenarios(tmp_path, written))
