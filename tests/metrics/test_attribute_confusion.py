from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from small_documents import STEMS, SUMMIT, mention

from vinee.errors import UnknownNameError
from vinee.metrics.attributes import Confusion, accuracy, cohen_kappa, confusion, names
from vinee.model import Document, Event, Span, Timex

# "Tổng thống Nga Vladimir Putin gặp Tổng thống Mỹ Donald Trump ..."
PUTIN = replace(mention(SUMMIT, "Vladimir Putin", "PER"), extent=Span(0, 29))
RUSSIA = replace(mention(SUMMIT, "Nga", "GPE"), gpe_role="ORG")
MEET = Event("Contact.Meet", Span(30, 33), polarity="POSITIVE", realis="OTHER", modality="PLANNED")
TODAY = Timex(176, 187, type="DATE", value="2025-08-07")
GOLD = Document(SUMMIT, mentions=(PUTIN, RUSSIA), timexes=(TODAY,), events=(MEET,))


def confused(attribute: str, predicted: Document) -> dict[tuple[str | None, str | None], int]:
    return dict(confusion(attribute, [GOLD], [predicted]).total())


def test_a_document_agrees_with_itself_on_every_attribute() -> None:
    assert {name: accuracy(confusion(name, [GOLD], [GOLD])) for name in names()} == dict.fromkeys(
        names(), 1.0
    )


@pytest.mark.parametrize(
    ("attribute", "changed", "expected"),
    [
        ("mentions.level", {"level": "PRO"}, {("NAM", "PRO"): 1}),
        ("mentions.gpe_role", {"gpe_role": "LOC"}, {(None, "LOC"): 1}),
        ("mentions.extent", {"extent": Span(11, 29)}, {("15,0", "4,0"): 1}),
        ("mentions.extent", {"extent": Span(15, 29)}, {("15,0", None): 1}),
    ],
)
def test_attributes_of_mentions(
    attribute: str, changed: dict[str, object], expected: dict[object, int]
) -> None:
    assert confused(attribute, Document(SUMMIT, mentions=(replace(PUTIN, **changed),))) == expected


@pytest.mark.parametrize(
    ("attribute", "changed", "expected"),
    [
        ("timexes.type", {"type": "TIME"}, {("DATE", "TIME"): 1}),
        ("timexes.value", {"type": "SET", "value": None}, {("2025-08-07", None): 1}),
        ("timexes.mod", {"mod": "START"}, {(None, "START"): 1}),
    ],
)
def test_attributes_of_times(
    attribute: str, changed: dict[str, object], expected: dict[object, int]
) -> None:
    assert confused(attribute, Document(SUMMIT, timexes=(replace(TODAY, **changed),))) == expected


@pytest.mark.parametrize(
    ("attribute", "changed", "expected"),
    [
        ("events.polarity", {"polarity": "NEGATIVE"}, {("POSITIVE", "NEGATIVE"): 1}),
        ("events.realis", {"realis": "ACTUAL"}, {("OTHER", "ACTUAL"): 1}),
        ("events.modality", {"modality": None}, {("PLANNED", None): 1}),
    ],
)
def test_attributes_of_events(
    attribute: str, changed: dict[str, object], expected: dict[object, int]
) -> None:
    assert confused(attribute, Document(SUMMIT, events=(replace(MEET, **changed),))) == expected


def test_items_that_differ_in_span_or_type_are_not_looked_at() -> None:
    prediction = Document(
        SUMMIT,
        mentions=(replace(PUTIN, type="ORG"), replace(RUSSIA, end=RUSSIA.end + 1)),
        events=(replace(MEET, type="Contact.Call"),),
    )

    assert confused("mentions.level", prediction) == {}
    assert confused("events.realis", prediction) == {}


def test_where_one_item_is_given_with_two_values_the_equal_one_is_paired() -> None:
    prediction = Document(SUMMIT, events=(replace(MEET, realis="ACTUAL"), MEET, MEET))

    assert confused("events.realis", prediction) == {("OTHER", "OTHER"): 1}


def test_gold_that_has_no_value_anywhere_is_left_out() -> None:
    bare = Document(
        STEMS[1], timexes=(Timex(6, 16, type="DATE"),), events=(Event("Contact.Meet", Span(1, 4)),)
    )

    scored = {
        name: confusion(name, [GOLD, bare], []).documents
        for name in names()
        if not name.startswith("mentions.")
    }

    expected = dict.fromkeys(scored, (SUMMIT,)) | {"timexes.type": (SUMMIT, STEMS[1])}
    assert scored == expected


def test_tables_are_per_document() -> None:
    other = replace(GOLD, doc_id=STEMS[1], mentions=(replace(RUSSIA, level="NOM"),))

    found = confusion("mentions.level", [other, GOLD], [GOLD, other])

    assert found == Confusion(
        "mentions.level", (SUMMIT, STEMS[1]), ({("NAM", "NAM"): 2}, {("NOM", "NOM"): 1})
    )


def test_an_unknown_attribute_is_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"known: events\.modality"):
        confusion("events.tense", [], [])


def table(cells: dict[tuple[str | None, str | None], int]) -> Confusion:
    return Confusion("events.realis", ("d",), (cells,))


def test_kappa_takes_agreement_by_chance_away() -> None:
    # 35 of 50 agree, 0.7. Gold says A 25 times, predicted 30 times: by chance
    # 0.5 · 0.6 + 0.5 · 0.4 = 0.5. So (0.7 - 0.5)/(1 - 0.5) = 0.4.
    cells = table({("A", "A"): 20, ("A", "B"): 5, ("B", "A"): 10, ("B", "B"): 15})

    assert (accuracy(cells), cohen_kappa(cells)) == (0.7, 0.4)


def test_kappa_is_below_zero_where_chance_would_do_better() -> None:
    assert cohen_kappa(table({("A", "B"): 3, ("B", "A"): 3})) == -1


def test_unset_is_a_value_of_its_own() -> None:
    # 3 of 4 agree; by chance 1/2 · 3/4 + 1/2 · 1/4 = 1/2.
    cells = table({(None, None): 2, ("A", None): 1, ("A", "A"): 1})

    assert (accuracy(cells), cohen_kappa(cells)) == (0.75, 0.5)


def test_one_value_alone_has_an_accuracy_and_no_kappa() -> None:
    cells = table({("A", "A"): 7})

    assert (accuracy(cells), cohen_kappa(cells)) == (1.0, None)


def test_nothing_matched_has_neither() -> None:
    assert (accuracy(table({})), cohen_kappa(table({}))) == (None, None)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("ABC")), min_size=1))
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[str, str]]) -> None:
    from sklearn.metrics import cohen_kappa_score  # type: ignore[import-untyped]

    cells = table({pair: pairs.count(pair) for pair in pairs})
    gold, predicted = zip(*pairs, strict=True)

    found = cohen_kappa(cells)

    if {*gold} == {*predicted} and len({*gold}) == 1:
        assert found is None  # 0/0, of which scikit-learn warns
    else:
        assert found == pytest.approx(cohen_kappa_score(gold, predicted))


events = st.builds(
    lambda at, realis: Event("X", Span(at, at + 1), realis=realis),
    st.integers(0, 2),
    st.sampled_from(["ACTUAL", "OTHER", "GENERIC"]),
)
documents = st.lists(events, min_size=1, max_size=6).map(lambda e: Document("d", events=tuple(e)))


@given(gold=documents, predicted=documents, data=st.data())
def test_order_does_not_matter_and_changing_sides_transposes(
    gold: Document, predicted: Document, data: st.DataObject
) -> None:
    mixed = replace(gold, events=tuple(data.draw(st.permutations(gold.events or ()))))

    found = confusion("events.realis", [gold], [predicted])

    assert confusion("events.realis", [mixed], [predicted]) == found
    back = confusion("events.realis", [predicted], [gold]).total()
    assert {(a, b): n for (b, a), n in back.items()} == dict(found.total())


def test_matched_mentions_need_not_be_in_one_order() -> None:
    prediction = Document(SUMMIT, mentions=(RUSSIA, PUTIN))

    assert confused("mentions.gpe_role", prediction) == {(None, None): 1, ("ORG", "ORG"): 1}
