"""Annotators quote; the tool finds the offsets, and refuses what is not there or not clear."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from vinee.corpus import quoted
from vinee.corpus.quoted.chains import events
from vinee.errors import InvalidError, SchemaError
from vinee.model import Chain, Event, Span

TEXT = " date 2025-01-02 Ông Lê An thăm Lào.\n\nLào: “Lào đón ông Lê An”, hãng tin KPL viết.\n"
SECTIONS = [{"kind": "dateline", "starts": "date"}, {"kind": "body", "starts": "Ông Lê An"}]


def resolve(*sentences: dict[str, Any]) -> Any:
    handed_in = {
        "doc_id": "d",
        "annotator": "a1",
        "guidelines": "0.1",
        "sections": SECTIONS,
        "sentences": sentences,
    }
    return quoted.resolve(TEXT, msgspec.convert(handed_in, quoted.Pass))


def test_sections_reach_to_the_next_and_cut_sentences() -> None:
    document = resolve()

    assert [(s.kind, s.text) for s in document.sections] == [
        ("dateline", "date 2025-01-02"),
        ("body", TEXT[17:].strip()),
    ]
    assert [s.text for s in document.sentences] == [
        "date 2025-01-02",
        "Ông Lê An thăm Lào.",
        "Lào: “Lào đón ông Lê An”, hãng tin KPL viết.",
    ]


def test_quote_is_found_in_its_sentence() -> None:
    document = resolve(
        {
            "s": 2,
            "starts": "Lào",
            "mentions": [
                {"id": "m1", "quote": "Lê An", "type": "PER", "extent": "ông Lê An"},
                {"id": "m2", "quote": "Lào", "n": 2, "type": "GPE"},
            ],
            "timexes": [],
            "events": [
                {
                    "id": "e1",
                    "quote": "đón",
                    "type": "Contact.Meet",
                    "arguments": {"Entity": ["m1", "m2"], "Topic": [{"quote": "hãng tin"}]},
                }
            ],
        }
    )

    first, second = document.mentions
    assert TEXT[first.start : first.end] == "Lê An"
    assert first.start > TEXT.index("\n")
    assert first.extent.text == "ông Lê An"
    assert second.start == TEXT.index("“Lào") + 1
    assert [a.role for a in document.events[0].arguments] == ["Entity", "Entity", "Topic"]


@pytest.mark.parametrize(
    ("mention", "message"),
    [
        ({"quote": "Lào"}, "stands 2 times"),
        ({"quote": "Lào", "n": 3}, "n is 3"),
        ({"quote": "Vũ Hoa"}, "does not stand in"),
        ({"quote": "Lê Án"}, "does not stand in"),
        ({"quote": "KPL", "extent": "ông Lê An"}, "does not hold 'KPL'"),
    ],
)
def test_quote_that_does_not_resolve_is_refused(mention: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidError, match=message) as caught:
        resolve({"s": 2, "starts": "Lào", "mentions": [{"id": "m1", "type": "GPE", **mention}]})

    assert (caught.value.where.path or "").startswith("$.sentences[0].mentions[0]")


def test_differently_spelt_quote_is_refused_although_it_could_be_repaired() -> None:
    """Gold quotes the article as it is: the aligner's repairs are for systems."""
    with pytest.raises(InvalidError, match="quote it exactly"):
        resolve(
            {"s": 2, "starts": "Lào", "mentions": [{"id": "m", "type": "PER", "quote": "lê an"}]}
        )


@pytest.mark.parametrize(("number", "starts"), [(7, "Lào"), (2, "Thái Lan")])
def test_wrong_sentence_is_refused(number: int, starts: str) -> None:
    with pytest.raises(InvalidError, match="pass-sentence"):
        resolve({"s": number, "starts": starts})


def test_pass_of_another_shape_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text(json.dumps({"doc_id": "d"}), "utf-8")

    with pytest.raises(SchemaError, match="missing required field"):
        quoted.read(path)


FULL = [
    {
        "s": 1,
        "starts": "Ông Lê An",
        "mentions": [
            {"id": "m1", "quote": "Lê An", "type": "PER", "entity": "an", "extent": "Ông Lê An"},
            {"id": "m2", "quote": "Lào", "type": "GPE", "entity": "laos", "gpe_role": "LOC"},
        ],
        "events": [
            {
                "id": "e1",
                "quote": "thăm",
                "type": "Diplomacy.Visit",
                "realis": "ACTUAL",
                "arguments": {"Visitor": ["m1"], "Destination": ["m2"]},
                "implicit": {"Time": ["t1"]},
                "chain": "visit",
            }
        ],
    },
    {
        "s": 0,
        "starts": "date",
        "timexes": [{"id": "t1", "quote": "2025-01-02", "type": "DATE", "value": "2025-01-02"}],
    },
    {
        "s": 2,
        "starts": "Lào",
        "mentions": [
            {"id": "m3", "quote": "Lào", "n": 1, "type": "GPE", "entity": "laos"},
            {"id": "m4", "quote": "Lào", "n": 2, "type": "GPE", "entity": "laos"},
            {"id": "m5", "quote": "KPL", "type": "MEDIA", "entity": "kpl"},
        ],
        "events": [
            {
                "id": "e2",
                "quote": "đón",
                "type": "Contact.Meet",
                "realis": "OTHER",
                "modality": "DESIRED",
                "arguments": {"Entity": ["m4"]},
                "implicit": {"Entity": ["an"]},
            },
            {
                "id": "e3",
                "quote": "viết",
                "type": "Speech.Statement",
                "realis": "ACTUAL",
                "polarity": "NEGATIVE",
                "implicit": {"Topic": [{"quote": "thăm Lào", "s": 1}]},
            },
        ],
    },
]


def test_names_given_to_entities_become_numbered_chains() -> None:
    document = resolve(*FULL)

    assert [(e.id, e.type, e.name, e.corpus_id) for e in document.entities] == [
        ("e1", "PER", "Lê An", "an"),
        ("e2", "GPE", "Lào", "laos"),
        ("e3", "MEDIA", "KPL", "kpl"),
    ]
    assert [m.entity for m in document.mentions] == ["e1", "e2", "e2", "e2", "e3"]


def test_event_without_a_name_has_a_chain_of_its_own() -> None:
    document = resolve(*FULL)

    assert [(e.id, e.chain) for e in document.events] == [("e1", "c1"), ("e2", "c2"), ("e3", "c3")]
    assert [chain.corpus_id for chain in document.chains] == ["visit", None, None]


def test_implicit_filler_is_the_nearest_mention_of_the_entity() -> None:
    document = resolve(*FULL)

    implicit = [a for e in document.events for a in e.arguments if a.implicit]
    assert [(a.role, a.ref or a.span) for a in implicit][:2] == [
        ("Time", "t1"),
        ("Entity", "m1"),
    ]
    assert TEXT[implicit[2].span.start : implicit[2].span.end] == "thăm Lào"


def test_polarity_is_positive_where_realis_is_given_and_nothing_else_said() -> None:
    document = resolve(*FULL)

    assert [e.polarity for e in document.events] == ["POSITIVE", "POSITIVE", "NEGATIVE"]


@pytest.mark.parametrize(
    ("filler", "message"),
    [
        ("nobody", "neither an entity nor the id of a time"),
        ("kpl", "in this sentence only"),
        ({"quote": "thăm"}, "needs s"),
        ({"quote": "thăm", "s": 2}, "needs s"),
    ],
)
def test_implicit_filler_that_cannot_be_found_is_an_error(filler: Any, message: str) -> None:
    sentences = json.loads(json.dumps(FULL))
    sentences[2]["events"][0]["implicit"] = {"Entity": [filler]}

    with pytest.raises(InvalidError, match=message):
        resolve(*sentences)


def test_an_event_without_a_name_gets_its_own_chain_unless_it_is_generic() -> None:
    said = [
        Event("Contact.Meet", Span(0, 3), realis="ACTUAL"),
        Event("Contact.Meet", Span(4, 7), realis="GENERIC"),
        Event("Contact.Meet", Span(8, 11), realis="ACTUAL", chain="summit"),
    ]

    numbered, chains = events(said)

    assert [each.chain for each in numbered] == ["c1", None, "c2"]
    assert chains == (Chain("c1"), Chain("c2", corpus_id="summit"))
