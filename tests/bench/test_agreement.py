"""Annotators are compared by the matchers that score systems."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from vinee.bench import agreement
from vinee.bench.agreement import render
from vinee.corpus import gold
from vinee.errors import InvalidError, SchemaError
from vinee.model import Document, Entity, Event, Mention, Span

GOLD = gold.documents()


def compared(**passes: Sequence[Document]) -> agreement.Agreement:
    return agreement.agreement(passes, dict.fromkeys(passes, "1.0"))


def without_an_event(document: Document) -> Document:
    return msgspec.structs.replace(document, events=(document.events or ())[1:])


def with_other_roles(document: Document) -> Document:
    mentions = tuple(
        msgspec.structs.replace(m, gpe_role=None if m.type == "GPE" else m.gpe_role)
        for m in document.mentions or ()
    )
    return msgspec.structs.replace(document, mentions=mentions)


def measured(*others: Document) -> agreement.Pairwise:
    return compared(one=GOLD, other=others).pairs[0]


def test_annotator_agrees_with_himself_on_every_layer() -> None:
    pair = measured(*GOLD)

    assert {layer.all.f1 for layer in pair.layers.values()} <= {1.0, None}
    assert {chain.f1 for chain in pair.chains.values()} <= {1.0, None}
    assert {each.accuracy for each in pair.attributes.values()} <= {1.0, None}


def test_missing_trigger_is_one_of_the_first_annotator_only() -> None:
    pair = measured(without_an_event(GOLD[0]), *GOLD[1:])

    triggers = pair.layers["events.TI"]
    total = sum(len(document.events or ()) for document in GOLD)
    assert (triggers.all.both, triggers.all.first, triggers.all.second) == (
        total - 1,
        total,
        total - 1,
    )
    assert triggers.documents[GOLD[1].doc_id].f1 == 1.0


def test_f1_does_not_depend_on_who_comes_first() -> None:
    fewer = [*map(without_an_event, GOLD)]

    one = compared(a=GOLD, b=fewer).pairs[0]
    other = compared(b=fewer, a=GOLD).pairs[0]

    assert {name: layer.all.f1 for name, layer in one.layers.items()} == {
        name: layer.all.f1 for name, layer in other.layers.items()
    }


def test_attribute_is_compared_on_the_items_that_both_gave() -> None:
    pair = measured(*map(with_other_roles, GOLD))

    roles = pair.attributes["mentions.gpe_role"]
    differing = sum(
        m.type == "GPE" and m.gpe_role is not None for d in GOLD for m in d.mentions or ()
    )
    assert roles.items - roles.agreed == differing
    assert roles.kappa is not None
    assert roles.accuracy is not None
    assert roles.kappa < roles.accuracy < 1


def test_titles_are_not_counted_among_names() -> None:
    pair = measured(*GOLD)

    titles = sum(m.type == "TITLE" for d in GOLD for m in d.mentions or ())
    assert pair.layers["titles"].all.first == titles
    assert "TITLE" not in pair.layers["names"].labels


def test_three_annotators_make_three_pairs() -> None:
    found = compared(a=GOLD, b=GOLD, c=GOLD)

    assert [pair.annotators for pair in found.pairs] == [("a", "b"), ("a", "c"), ("b", "c")]


@pytest.mark.parametrize(
    ("passes", "message"),
    [
        ({"a": GOLD}, "two annotators"),
        ({"a": GOLD[:1], "b": GOLD[1:]}, "no two annotators share an article"),
        ({"a": GOLD, "b": (GOLD[0], GOLD[0])}, "annotated it twice"),
        (
            {"a": GOLD, "b": (msgspec.structs.replace(GOLD[0], text="khác"),)},
            "another text than 'a'",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(
    passes: dict[str, tuple[Document, ...]], message: str
) -> None:
    with pytest.raises(InvalidError, match=message):
        agreement.agreement(passes, {})


def test_a_pair_is_compared_on_the_articles_that_both_did() -> None:
    found = compared(a=GOLD, b=GOLD[:2], c=GOLD[1:3], d=GOLD[3:])

    shared = {pair.annotators: len(pair.documents) for pair in found.pairs}
    assert shared == {("a", "b"): 2, ("a", "c"): 2, ("a", "d"): 2, ("b", "c"): 1}
    assert found.overall.apart == (("b", "d"), ("c", "d"))
    assert found.documents == tuple(sorted(document.doc_id for document in GOLD))
    assert {layer.all.f1 for pair in found.pairs for layer in pair.layers.values()} <= {1.0, None}


def test_a_layer_is_compared_where_both_annotated_it_whoever_comes_first() -> None:
    fewer = (msgspec.structs.replace(GOLD[0], events=None), *GOLD[1:])

    one, other = compared(a=GOLD, b=fewer).pairs[0], compared(b=fewer, a=GOLD).pairs[0]

    for pair in (one, other):
        assert pair.layers["events.TC"].all.f1 == 1.0
        assert GOLD[0].doc_id not in pair.layers["events.TC"].documents
        assert pair.attributes["events.realis"].items == one.attributes["events.realis"].items


def test_overall_f1_is_pooled_and_the_mean_of_pairs() -> None:
    fewer = [*map(without_an_event, GOLD)]

    found = compared(a=GOLD, b=GOLD[:1], c=fewer)

    pairs = [pair.layers["events.TI"].all for pair in found.pairs]
    overall = found.overall.layers["events.TI"].all
    both, given = sum(p.both for p in pairs), sum(p.first + p.second for p in pairs)
    assert (found.overall.annotators, found.overall.pairs, overall.pairs) == (3, 3, 3)
    assert (overall.both, overall.given, overall.f1) == (both, given, 2 * both / given)
    assert overall.mean == pytest.approx(sum(p.f1 or 0 for p in pairs) / 3)
    assert overall.f1 != overall.mean


def test_overall_f1_of_a_label_is_of_the_pairs_that_gave_it() -> None:
    without = [msgspec.structs.replace(document, mentions=(), events=()) for document in GOLD]

    overall = compared(a=GOLD, b=without, c=without).overall.layers["names"]

    assert overall.labels["PER"].pairs == 2
    assert overall.labels["PER"].f1 == 0


def test_alpha_counts_the_items_that_two_annotators_gave() -> None:
    mention = Mention(0, 3, "GPE", gpe_role="LOC")
    other = Mention(4, 6, "GPE", gpe_role="ORG")
    alone = Mention(7, 9, "GPE", gpe_role="PER")
    first = Document("d", "Nga Mỹ Ba", mentions=(mention, other, alone))
    second = Document("d", "Nga Mỹ Ba", mentions=(mention, other))
    third = Document("d", "Nga Mỹ Ba", mentions=(msgspec.structs.replace(mention, gpe_role=None),))

    found = compared(a=[first], b=[second], c=[third]).overall.attributes["mentions.gpe_role"]

    # Values LOC, LOC, none and ORG, ORG: of 5 values, 3 in pairs of equal ones.
    assert (found.reliability.units, found.reliability.values) == (2, 5)
    assert found.reliability.alpha == pytest.approx(1 - (2 * 4) / (20 - 4))


def test_alpha_of_syllables_takes_the_outermost_or_the_innermost_name() -> None:
    text = "Đại học Hà Nội"
    nested = (Mention(0, 14, "ORG"), Mention(8, 14, "GPE"))
    whole = Document("d", text, mentions=nested)
    outer = Document("d", text, mentions=nested[:1])

    found = compared(a=[whole], b=[outer]).overall.syllables

    assert found["outermost"].units == found["innermost"].units == 4
    assert found["outermost"].alpha is None
    assert found["innermost"].alpha == pytest.approx(1 - (7 * 4) / (56 - 6 * 5 - 2))


def test_titles_and_nominals_are_no_names_of_syllables() -> None:
    mentions = (Mention(0, 4, "TITLE"), Mention(5, 7, "PER", level="NOM"))

    found = compared(
        a=[Document("d", "Ông ta họ", mentions=mentions)],
        b=[Document("d", "Ông ta họ", mentions=(Mention(8, 9, "PER"),))],
    )

    assert found.overall.syllables["outermost"].values == 6


def test_wikidata_items_are_an_attribute_where_there_are_any() -> None:
    def linked(item: str | None) -> Document:
        entities = (Entity("e1", "GPE", wikidata=item),)
        return Document(
            "d", "Nga", mentions=(Mention(0, 3, "GPE", entity="e1"),), entities=entities
        )

    differing = compared(a=[linked("Q159")], b=[linked("Q1")]).pairs[0]
    unlinked = compared(a=[linked(None)], b=[linked(None)]).pairs[0]

    links = differing.attributes["mentions.wikidata"]
    assert (links.items, links.agreed) == (1, 0)
    assert [spot.kind for spot in differing.spots] == ["link"]
    assert "mentions.wikidata" not in unlinked.attributes


def test_several_values_of_one_item_are_one_value_for_alpha() -> None:
    twice = tuple(Event("Contact.Meet", Span(0, 3), realis=r) for r in ("ACTUAL", "OTHER"))
    once = Document("d", "gặp", events=twice[:1])
    both = Document("d", "gặp", events=twice)

    found = compared(a=[both], b=[both], c=[once]).overall.attributes["events.realis"]

    assert found.reliability.values == 3
    assert found.reliability.alpha == pytest.approx(0)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    found = compared(a=GOLD, b=GOLD)

    agreement.write(tmp_path / "agreement.json", found)

    assert agreement.read(tmp_path / "agreement.json") == found


def test_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"schema": "other"}', "utf-8")

    with pytest.raises(SchemaError, match="agreement-schema"):
        agreement.read(tmp_path / "a.json")


def test_text_has_a_line_for_each_layer_chain_and_attribute() -> None:
    found = compared(a=GOLD, b=GOLD)

    lines = render.plain(found).splitlines()

    first_words = {line.split()[0] for line in lines if line.strip()}
    pair = found.pairs[0]
    assert {*pair.layers, *pair.chains, *pair.attributes} <= first_words
