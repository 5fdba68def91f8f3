"""Counts of the corpus: small documents whose numbers can be seen, and laws over random ones."""

from __future__ import annotations

from collections import Counter
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vinee import text as segment
from vinee.corpus import gold
from vinee.corpus.export import rows
from vinee.corpus.statistics import NOT_GIVEN, by_level, cut_by_words, statistics
from vinee.model import (
    Argument,
    Chain,
    Document,
    Entity,
    Event,
    Level,
    Mention,
    Polarity,
    Realis,
    Section,
    Span,
    Timex,
)

TEXT = "Tổng thống Nga Vladimir Putin gặp ông Trump ngày 7/8."
MEETING = Document(
    "a",
    TEXT,
    sections=(Section(0, 53, "body"),),
    sentences=(Span(0, 53),),
    mentions=(
        Mention(0, 29, "PER", entity="e1"),
        Mention(11, 14, "GPE", gpe_role="LOC", entity="e2"),
        Mention(15, 29, "PER", entity="e1"),
        Mention(34, 37, "PER", level="NOM", entity="e3"),
        Mention(38, 43, "PER", entity="e3"),
    ),
    entities=(
        Entity("e1", "PER", corpus_id="putin", wikidata="Q7747"),
        Entity("e2", "GPE", wikidata="Q159"),
        Entity("e3", "PER", corpus_id="trump"),
    ),
    timexes=(Timex(44, 52, type="DATE", value="2025-08-07"),),
    events=(
        Event(
            "Contact.Meet",
            Span(30, 33),
            arguments=(Argument("Entity", ref="m1"), Argument("Time", ref="t1", implicit=True)),
            polarity="POSITIVE",
            realis="OTHER",
            modality="PLANNED",
            chain="c1",
        ),
    ),
    chains=(Chain("c1"),),
)


def test_sizes_of_an_article() -> None:
    assert statistics([MEETING])["documents"] == {
        "a": {
            "characters": 53,
            "syllables": 11,
            "sentences": 1,
            "names": 4,
            "other mentions": 1,
            "entities": 3,
            "times": 1,
            "events": 1,
            "event chains": 1,
            "arguments": 2,
        }
    }


@pytest.mark.parametrize(
    ("table", "counts"),
    [
        ("mentions", {"PER NAM": 3, "GPE NAM": 1, "PER NOM": 1}),
        ("gpe_roles", {"LOC": 1}),
        ("nesting", {"0": 2, "1": 2}),
        ("entity_chains", {"1": 1, "2": 2}),
        ("timexes", {"DATE": 1}),
        ("events", {"Contact.Meet": 1}),
        ("polarity", {"POSITIVE": 1}),
        ("realis", {"OTHER": 1}),
        ("modality", {"PLANNED": 1}),
        ("events_by_realis", {"Contact.Meet": {"OTHER": 1}}),
        ("roles", {"Entity": 1, "Time": 1}),
        ("arguments", {"explicit": 1, "implicit": 1}),
        ("event_chains", {"1": 1}),
        ("sections", {"body": 1}),
        ("links", {"Wikidata": 2, NOT_GIVEN: 1}),
    ],
)
def test_table_of_an_article(table: str, counts: dict[str, Any]) -> None:
    assert statistics([MEETING])[table] == counts


def test_entity_of_two_articles_is_linked_once() -> None:
    other = msgspec.structs.replace(MEETING, doc_id="b")

    # putin and trump are of the corpus; e2 has no corpus_id, so each article has its own.
    assert statistics([MEETING, other])["links"] == {"Wikidata": 3, NOT_GIVEN: 1}


def test_what_is_not_annotated_is_left_out_and_not_zero() -> None:
    bare = Document("a", TEXT, sentences=(Span(0, 53),))

    assert statistics([bare]) == {
        "documents": {"a": {"characters": 53, "syllables": 11, "sentences": 1}},
        "total": {"characters": 53, "syllables": 11, "sentences": 1},
    }


def test_attribute_that_no_event_has_is_left_out() -> None:
    event = Event("Contact.Meet", Span(30, 33))

    counted = statistics([Document("a", TEXT, events=(event,))])

    assert counted["events"] == {"Contact.Meet": 1}
    assert not {"realis", "events_by_realis", "polarity", "modality"} & counted.keys()


def test_annotated_layer_that_holds_nothing_is_an_empty_table() -> None:
    counted = statistics([Document("a", TEXT, events=())])

    assert counted["events"] == {}
    assert counted["total"]["events"] == 0


def test_layer_that_one_article_lacks_has_no_size_there() -> None:
    bare = Document("b", TEXT)

    counted = statistics([MEETING, bare])

    assert counted["documents"]["b"]["events"] is None
    assert counted["total"]["events"] == 1


def test_levels_of_a_type_whose_name_has_a_space() -> None:
    counts = {"PER NOM": 2, "WORK OF ART NAM": 3, "PER NAM": 4}

    assert by_level(counts) == {"PER": {"NOM": 2, "NAM": 4}, "WORK OF ART": {"NAM": 3}}


def test_names_that_words_cut_are_those_that_the_dataset_lists() -> None:
    document = gold.documents()[0]
    listed = Counter(cut["type"] for row in rows.rows("ner_word", document) for cut in row["cut"])

    counted = cut_by_words([document])

    assert counted["tool"] == segment.word_tool()
    assert {label: number for label, number in counted["cut"].items() if number} == listed
    assert all(counted["cut"][label] <= number for label, number in counted["names"].items())


SPANS = st.tuples(st.integers(0, 50), st.integers(1, 3)).map(lambda pair: (pair[0], sum(pair)))
LABELS = st.sampled_from(["PER", "GPE", "ORG"])
MENTIONS = st.builds(
    lambda span, kind, level, entity: Mention(span[0], span[1], kind, level=level, entity=entity),
    SPANS,
    LABELS,
    st.sampled_from(get_args(Level)),
    st.none() | st.sampled_from(["e1", "e2"]),
)
ROLES = st.builds(
    lambda role, implicit: Argument(role, span=Span(0, 1), implicit=implicit),
    st.sampled_from(["Agent", "Place"]),
    st.booleans(),
)
EVENTS = st.builds(
    lambda kind, arguments, polarity, realis, chain: Event(
        kind, Span(0, 1), None, tuple(arguments), polarity, realis, chain=chain
    ),
    LABELS,
    st.lists(ROLES, max_size=3),
    st.none() | st.sampled_from(get_args(Polarity)),
    st.none() | st.sampled_from(get_args(Realis)),
    st.none() | st.sampled_from(["c1", "c2"]),
)
DOCUMENTS = st.lists(
    st.builds(
        lambda mentions, events: Document("", TEXT, mentions=mentions, events=events),
        st.none() | st.lists(MENTIONS, max_size=5).map(tuple),
        st.none() | st.lists(EVENTS, max_size=5).map(tuple),
    ),
    min_size=1,
    max_size=4,
).map(
    lambda documents: [
        msgspec.structs.replace(document, doc_id=str(number))
        for number, document in enumerate(documents)
    ]
)


@given(DOCUMENTS)
def test_totals_are_the_sums_of_the_articles(documents: list[Document]) -> None:
    counted = statistics(documents)

    sums: Counter[str] = Counter()
    for row in counted["documents"].values():
        sums.update({name: number or 0 for name, number in row.items()})
    assert counted["total"] == dict(sums)


@given(DOCUMENTS)
def test_tables_add_up_to_the_totals(documents: list[Document]) -> None:
    counted = statistics(documents)
    total = counted["total"]

    for table, sizes in (
        ("mentions", ("names", "other mentions")),
        ("events", ("events",)),
        ("roles", ("arguments",)),
        ("arguments", ("arguments",)),
    ):
        assert sum(counted.get(table, {}).values()) == sum(total.get(size, 0) for size in sizes)


@given(DOCUMENTS)
def test_realis_of_a_type_adds_up_to_its_events(documents: list[Document]) -> None:
    counted = statistics(documents)

    crossed = counted.get("events_by_realis", {})

    assert all(sum(row.values()) == counted["events"][name] for name, row in crossed.items())
    assert ("realis" in counted) == bool(crossed)


@given(DOCUMENTS)
def test_chains_hold_the_mentions_that_have_one(documents: list[Document]) -> None:
    entities = tuple(Entity(name, "PER") for name in ("e1", "e2"))
    full = [msgspec.structs.replace(each, entities=entities) for each in documents]

    counted = statistics(full)["entity_chains"]

    grouped = sum(m.entity is not None for each in full for m in each.mentions or ())
    assert sum(int(length) * number for length, number in counted.items()) == grouped


@given(DOCUMENTS)
def test_order_of_articles_does_not_matter(documents: list[Document]) -> None:
    assert statistics(documents[::-1]) == statistics(documents)
