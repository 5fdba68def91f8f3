"""Each difference that is counted has a spot, and each spot is a difference that is counted."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from vinee import resources
from vinee.bench import agreement
from vinee.bench.agreement.layers import is_shown, item_layers
from vinee.corpus import quoted
from vinee.model import (
    Argument,
    Chain,
    Document,
    Entity,
    Event,
    Mention,
    Span,
    Timex,
)

TEXT = "Nga và Mỹ gặp nhau hôm nay. Họ ký."
PASSES = resources.root() / "annotations" / "passes"


def compared(first: Document, second: Document) -> agreement.Pairwise:
    return agreement.agreement({"a": [first], "b": [second]}, {}).pairs[0]


def spots_of(first: Document, second: Document) -> list[agreement.Spot]:
    return [spot for spot in compared(first, second).spots if is_shown(spot.layers)]


def doc(**layers: object) -> Document:
    return replace(Document("d", TEXT, mentions=(), timexes=(), events=()), **layers)


def check(pair: agreement.Pairwise) -> None:
    for name, layer in pair.layers.items():
        mine = [spot for spot in pair.spots if name in spot.layers]
        assert sum(spot.first is not None for spot in mine) == layer.all.first - layer.all.both
        assert sum(spot.second is not None for spot in mine) == layer.all.second - layer.all.both
    for name, attribute in pair.attributes.items():
        numbers = sum(name in spot.layers for spot in pair.spots)
        assert numbers == attribute.items - attribute.agreed


@cache
def passes() -> agreement.Agreement:
    found = {name: quoted.resolved(PASSES / name) for name in ("a0", "a1", "a3", "a4")}
    return agreement.agreement(found, {})


@pytest.mark.parametrize("number", range(6))
def test_there_are_as_many_spots_as_items_given_and_not_matched_in_each_layer(number: int) -> None:
    pair = passes().pairs[number]

    check(pair)
    assert pair.spots


def test_most_layers_have_spots_of_the_real_passes() -> None:
    counted = {name for pair in passes().pairs for s in pair.spots for name in s.layers}

    agreed = {"names", "titles", "timex.span", "timex.value", "timex.full"}
    assert {layer.name for layer in item_layers()} - counted == agreed
    assert {"chains", "mentions.gpe_role", "events.modality"} <= counted


SPANS = st.tuples(st.integers(0, 20), st.integers(1, 8)).map(lambda s: (s[0], s[0] + s[1]))
MENTIONS = st.builds(
    lambda span, type_, level, number: Mention(
        span[0], span[1], type_, id=f"m{number}", level=level, entity=f"e{number % 3}"
    ),
    SPANS,
    st.sampled_from(("GPE", "PER", "TITLE")),
    st.sampled_from(("NAM", "NOM")),
    st.integers(0, 9),
)
TIMEXES = st.builds(
    lambda span, type_, value: Timex(span[0], span[1], type=type_, value=value),
    SPANS,
    st.sampled_from(("DATE", "TIME")),
    st.sampled_from(("2025", "2026", None)),
)
ARGUMENTS = st.builds(
    lambda role, span, implicit: Argument(role, span=Span(*span), implicit=implicit),
    st.sampled_from(("Entity", "Place")),
    SPANS,
    st.booleans(),
)
EVENTS = st.builds(
    lambda span, type_, arguments, realis, chain: Event(
        type_, Span(*span), arguments=tuple(arguments), realis=realis, chain=chain
    ),
    SPANS,
    st.sampled_from(("Contact.Meet", "Diplomacy.Sign")),
    st.lists(ARGUMENTS, max_size=4),
    st.sampled_from(("ACTUAL", "OTHER")),
    st.none(),
)
ENTITIES = tuple(Entity(f"e{number}", "GPE") for number in range(3))
DOCUMENTS = st.builds(
    lambda mentions, timexes, events: doc(
        mentions=tuple(mentions), timexes=tuple(timexes), events=tuple(events), entities=ENTITIES
    ),
    st.lists(MENTIONS, max_size=6, unique_by=(lambda m: m.id, lambda m: (m.start, m.end, m.type))),
    st.lists(TIMEXES, max_size=5),
    st.lists(EVENTS, max_size=4),
)


@given(DOCUMENTS, DOCUMENTS)
def test_spots_are_as_many_as_differences_whatever_was_annotated(
    first: Document, second: Document
) -> None:
    check(compared(first, second))


@settings(max_examples=50)
@given(DOCUMENTS, DOCUMENTS)
def test_the_same_spots_are_found_whoever_comes_first(first: Document, second: Document) -> None:
    def turned(spot: agreement.Spot) -> agreement.Spot:
        return replace(spot, first=spot.second, second=spot.first)

    def items(pair: agreement.Pairwise) -> list[agreement.Spot]:
        return [spot for spot in pair.spots if spot.kind != "chain"]

    one, other = compared(first, second), compared(second, first)

    assert {*map(turned, items(other))} == {*items(one)}


@settings(max_examples=50)
@given(DOCUMENTS)
def test_who_agrees_with_himself_has_no_spot(document: Document) -> None:
    assert compared(document, document).spots == ()


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (Mention(0, 3, "GPE"), None, "only"),
        (Mention(0, 3, "GPE"), Mention(0, 9, "GPE"), "boundary"),
        (Mention(0, 3, "GPE"), Mention(0, 3, "PER"), "type"),
        (Mention(0, 3, "GPE"), Mention(0, 9, "PER"), "boundary+type"),
        (Mention(0, 3, "GPE", gpe_role="ORG"), Mention(0, 3, "GPE"), "attribute"),
        (Mention(7, 9, "GPE"), Mention(7, 9, "GPE", extent=Span(4, 9)), "attribute"),
    ],
)
def test_what_differs_of_a_mention_is_one_spot(
    first: Mention, second: Mention | None, kind: str
) -> None:
    given_ = () if second is None else (second,)

    found = spots_of(doc(mentions=(first,)), doc(mentions=given_))

    assert [(spot.item, spot.kind) for spot in found] == [("mention", kind)]
    assert found[0].first is not None
    assert found[0].first.text == TEXT[first.start : first.end]
    assert (found[0].second is None) == (second is None)


def test_an_extent_is_shown_as_the_text_that_it_covers() -> None:
    bare, whole = Mention(7, 9, "GPE"), Mention(7, 9, "GPE", extent=Span(4, 9))

    (spot,) = spots_of(doc(mentions=(bare,)), doc(mentions=(whole,)))

    assert spot.layers == ("mentions.extent",)
    assert spot.second is not None
    assert (spot.second.text, spot.second.said) == ("và Mỹ", "extent")


def test_a_level_that_differs_is_an_attribute_and_counts_in_both_levels() -> None:
    name, nominal = Mention(0, 3, "GPE"), Mention(0, 3, "GPE", level="NOM")

    pair = compared(doc(mentions=(name,)), doc(mentions=(nominal,)))

    layers = {layer for spot in pair.spots for layer in spot.layers}
    assert layers == {"names", "nominals", "mentions.level"}
    assert len([spot for spot in pair.spots if is_shown(spot.layers)]) == 1


def test_an_argument_is_a_spot_with_its_trigger_and_both_sentences() -> None:
    sentences = (Span(0, 27), Span(28, 34))
    event = Event("Diplomacy.Sign", Span(31, 33))
    filled = replace(event, arguments=(Argument("Agreement", span=Span(0, 3), implicit=True),))

    (spot,) = spots_of(
        doc(events=(event,), sentences=sentences), doc(events=(filled,), sentences=sentences)
    )

    assert (spot.item, spot.kind, spot.first) == ("argument", "only", None)
    assert spot.second is not None
    assert spot.about is not None
    assert (spot.second.said, spot.about.text) == ("Agreement (implicit)", "ký")
    assert [span.text for span in spot.sentences] == [TEXT[:27], TEXT[28:]]


def test_a_role_that_differs_is_one_spot_of_the_argument() -> None:
    def with_role(role: str) -> Document:
        argument = Argument(role, span=Span(0, 3))
        return doc(events=(Event("Contact.Meet", Span(10, 13), arguments=(argument,)),))

    (spot,) = spots_of(with_role("Entity"), with_role("Place"))

    assert (spot.kind, spot.first and spot.first.said, spot.second and spot.second.said) == (
        "role",
        "Entity",
        "Place",
    )


def test_a_value_that_differs_is_an_attribute_of_the_time() -> None:
    first, second = (doc(timexes=(Timex(19, 26, type="DATE", value=v),)) for v in ("2025", "2026"))

    pair = compared(first, second)

    shown = [spot for spot in pair.spots if is_shown(spot.layers)]
    assert [(spot.kind, spot.layers) for spot in shown] == [("attribute", ("timexes.value",))]
    assert {"timex.value", "timex.full"} <= {layer for s in pair.spots for layer in s.layers}


def test_chains_differ_by_what_they_hold_not_by_their_names() -> None:
    def chained(*names: str) -> Document:
        spans = ((0, 3), (7, 9), (28, 30))
        mentions = tuple(Mention(*s, "GPE", entity=n) for s, n in zip(spans, names, strict=True))
        return doc(mentions=mentions, entities=tuple(Entity(n, "GPE") for n in sorted({*names})))

    same = spots_of(chained("x", "y", "x"), chained("e1", "e2", "e1"))
    other = spots_of(chained("x", "y", "x"), chained("e1", "e2", "e3"))

    assert same == []
    assert [(spot.kind, spot.layers, spot.first and spot.first.start) for spot in other] == [
        ("chain", ("entities",), 28)
    ]


def test_a_chain_of_events_that_only_one_made_is_a_spot_of_each_event() -> None:
    def chained(chain: str | None) -> Document:
        events = tuple(
            Event("Contact.Meet", Span(*s), realis="ACTUAL", chain=chain)
            for s in ((10, 13), (31, 33))
        )
        chains = () if chain is None else (Chain(chain, corpus_id=chain),)
        return doc(events=events, chains=chains)

    found = spots_of(chained("c"), chained(None))

    assert [(spot.item, spot.kind) for spot in found] == [("event", "chain")] * 2
