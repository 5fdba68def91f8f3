"""Event nuggets, on spans small enough to check by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from vinee.errors import InvalidError, UnknownNameError
from vinee.metrics.exact import of_counts
from vinee.metrics.nuggets import NuggetMetric
from vinee.metrics.units import UNITS
from vinee.model import Argument, Document, Event, Realis, Span

PLAIN, TYPED = NuggetMetric(), NuggetMetric(type=True)
REAL, BOTH = NuggetMetric(realis=True), NuggetMetric(type=True, realis=True)
METRICS = (PLAIN, TYPED, REAL, BOTH)


def nugget(start: int, end: int, type_: str = "Meet", realis: Realis | None = "ACTUAL") -> Event:
    return Event(type_, Span(start, end), realis=realis)


def counted(
    metric: NuggetMetric, gold: list[Event], predicted: list[Event]
) -> dict[str, tuple[Fraction | int, ...]]:
    sides = [Document("d", events=tuple(side)) for side in (gold, predicted)]
    found = metric.counts(sides[:1], sides[1:])
    return {label: (*cell,) for label, cell in zip(found.labels, found.total(), strict=True)}


def test_an_equal_trigger_earns_one_and_a_part_of_it_the_dice_coefficient() -> None:
    # "ngừng bắn" is [10, 19), "ngừng" is [10, 15): 2 · 5 / (9 + 5).
    assert counted(PLAIN, [nugget(10, 19)], [nugget(10, 19)]) == {"nugget": (1, 1, 1)}
    assert counted(PLAIN, [nugget(10, 19)], [nugget(10, 15)]) == {"nugget": (Fraction(5, 7), 1, 1)}


def test_events_that_differ_in_polarity_or_arguments_alone_are_one() -> None:
    event = nugget(10, 19)
    others = [
        replace(event, polarity="NEGATIVE"),
        replace(event, arguments=(Argument("Place", span=Span(0, 3)),)),
    ]

    for metric in METRICS:
        (cell,) = counted(metric, [event, *others], [event]).values()
        assert cell == (1, 1, 1)


def test_triggers_that_only_touch_earn_nothing() -> None:
    assert counted(PLAIN, [nugget(0, 5)], [nugget(5, 8)]) == {"nugget": (0, 1, 1)}


def test_the_mapping_is_the_best_and_not_greedy() -> None:
    # Greedy takes [0, 4) with [0, 5), 8/9, and nothing is left that [4, 5) shares anything with.
    gold, predicted = [nugget(0, 4), nugget(4, 5)], [nugget(0, 5), nugget(1, 4)]

    best = Fraction(2 * 3, 4 + 3) + Fraction(2 * 1, 1 + 5)

    assert best > Fraction(8, 9)
    assert counted(PLAIN, gold, predicted) == {"nugget": (best, 2, 2)}


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        (PLAIN, {"nugget": (1, 1, 1)}),
        (TYPED, {"Meet": (1, 1, 1)}),
        (REAL, {"ACTUAL": (0, 0, 1), "OTHER": (0, 1, 0)}),
        (BOTH, {"Meet": (0, 1, 1)}),
    ],
)
def test_only_events_that_agree_in_what_is_compared_are_mapped(
    metric: NuggetMetric, expected: dict[str, Any]
) -> None:
    assert counted(metric, [nugget(0, 4)], [nugget(0, 4, realis="OTHER")]) == expected


def test_each_choice_of_attributes_has_a_mapping_of_its_own() -> None:
    # By span alone the first prediction would take the gold trigger, with the wrong type.
    gold, predicted = [nugget(0, 4, "Die")], [nugget(0, 4, "Attack"), nugget(0, 3, "Die")]

    assert counted(PLAIN, gold, predicted) == {"nugget": (1, 2, 1)}
    assert counted(TYPED, gold, predicted) == {
        "Attack": (0, 1, 0),
        "Die": (Fraction(6, 7), 1, 1),
    }


def test_a_trigger_of_two_types_is_two_nuggets() -> None:
    double = [nugget(0, 4, "Attack"), nugget(0, 4, "Die")]

    assert counted(PLAIN, double, double) == {"nugget": (2, 2, 2)}
    assert counted(PLAIN, double, double[:1]) == {"nugget": (1, 1, 2)}


def test_a_trigger_predicted_with_a_type_too_many_is_wrong_once() -> None:
    double = [nugget(0, 4, "Attack"), nugget(0, 4, "Die")]

    assert counted(PLAIN, double[:1], double) == {"nugget": (1, 2, 1)}


def test_equal_events_are_one() -> None:
    assert counted(TYPED, [nugget(0, 4)], [nugget(0, 4)] * 2) == {"Meet": (1, 1, 1)}


def test_a_document_without_gold_events_does_not_hide_false_positives() -> None:
    gold = [Document("a", events=(nugget(0, 4),)), Document("b", events=())]
    predicted = [
        Document("a", events=(nugget(0, 4),)),
        Document("b", events=(nugget(0, 4), nugget(5, 9))),
    ]

    found = PLAIN.counts(gold, predicted)

    assert found.units == ("a", "b")
    assert found.exact()["micro"] == of_counts(1, 3, 1)


def test_gold_without_any_realis_is_left_out_only_where_realis_is_compared() -> None:
    gold = [Document("d", events=(nugget(0, 4, realis=None),))]

    assert [metric.counts(gold, gold).units for metric in METRICS] == [("d",), ("d",), (), ()]


def test_an_event_without_realis_agrees_only_with_another() -> None:
    gold = [nugget(0, 4), nugget(6, 9, realis=None)]

    assert counted(REAL, gold, gold) == {"ACTUAL": (1, 1, 1), "_": (1, 1, 1)}
    assert counted(REAL, gold, [nugget(6, 9)]) == {"ACTUAL": (0, 1, 1), "_": (0, 0, 1)}


def test_only_the_claimed_types_are_scored() -> None:
    metric = NuggetMetric(type=True, types=("Meet", "Phone"))

    found = counted(metric, [nugget(0, 4), nugget(5, 8, "Die")], [nugget(5, 8, "Attack")])

    assert found == {"Meet": (0, 0, 1), "Phone": (0, 0, 0)}


SYLLABLES = NuggetMetric(over="syllable")
# "Họ ngừng bắn." Syllables: [0, 2) [3, 8) [9, 12) [12, 13).
TEXT = "Họ ngừng bắn."


@pytest.mark.parametrize(
    ("span", "credit"),
    [
        ((3, 12), Fraction(1)),
        ((3, 8), Fraction(2, 3)),
        ((3, 9), Fraction(2, 3)),  # a space at the end touches nothing more
        ((2, 13), Fraction(4, 5)),
        ((5, 10), Fraction(1)),  # touches both
        ((8, 9), Fraction(0)),  # a space
    ],
)
def test_over_syllables_a_span_has_each_that_it_touches(
    span: tuple[int, int], credit: Fraction
) -> None:
    gold = Document("d", text=TEXT, events=(nugget(3, 12),))

    found = SYLLABLES.counts([gold], [Document("d", events=(nugget(*span),))])

    assert found.total() == ((credit, 1, 1),)


def test_syllables_need_the_text_of_gold() -> None:
    gold = [Document("d", events=(nugget(3, 12),))]

    with pytest.raises(InvalidError, match=r"^d: \$\.text: a gold document must have its text"):
        SYLLABLES.counts(gold, [])


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({}, "events.nugget"),
        ({"type": "on"}, "events.nugget(type)"),
        ({"realis": "on"}, "events.nugget(realis)"),
        ({"realis": "on", "type": "on"}, "events.nugget(type,realis)"),
        ({"over": "syllable"}, "events.nugget(over=syllable)"),
    ],
)
def test_names_are_spelled_one_way(parameters: dict[str, str], name: str) -> None:
    metric = NuggetMetric.under(parameters)

    assert (metric.name, repr(metric)) == (name, name)


def test_parameters_state_the_policies() -> None:
    assert NuggetMetric(type=True, realis=True, types=("b", "a")).parameters == {
        "unit": "char",
        "match": "dice",
        "pairing": "one-to-one",
        "duplicates": "collapse",
        "compared": "span,type,realis",
        "types": "a,b",
    }


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="value of over"):
        NuggetMetric(over="word")  # type: ignore[arg-type]


events = st.builds(
    lambda at, length, type_, realis: nugget(at, at + length, type_, realis),
    st.integers(0, 9),
    st.integers(1, 5),
    st.sampled_from("XY"),
    st.sampled_from(["ACTUAL", "OTHER", None]),
)
sides = st.lists(events, max_size=4)
law = settings(max_examples=50, deadline=None)


def document(side: list[Event]) -> Document:
    return Document("d", text="Ông gặp. Bà đi. Họ nói.", events=tuple(side))


@law
@given(gold=sides, predicted=sides)
def test_no_other_mapping_earns_more(gold: list[Event], predicted: list[Event]) -> None:
    def dice(one: Event, other: Event) -> Fraction:
        a, b = ({*range(each.trigger.start, each.trigger.end)} for each in (one, other))
        return Fraction(2 * len(a & b), len(a) + len(b)) if one.type == other.type else Fraction(0)

    few, many = sorted(({*gold}, {*predicted}), key=len)
    every = (
        sum((dice(*pair) for pair in zip(few, order, strict=True)), Fraction(0))
        for order in permutations(many, len(few))
    )

    found = TYPED.counts([document(gold)], [document(predicted)]).total()

    assert sum(cell.credit for cell in found) == max(every)


@law
@given(gold=sides, predicted=sides)
def test_changing_sides_swaps_precision_and_recall(
    gold: list[Event], predicted: list[Event]
) -> None:
    for metric in (PLAIN, TYPED, SYLLABLES):
        there = metric.counts([document(gold)], [document(predicted)]).exact()
        back = metric.counts([document(predicted)], [document(gold)]).exact()
        assert {label: (each.precision, each.recall) for label, each in there.items()} == {
            label: (each.recall, each.precision) for label, each in back.items()
        }


@law
@given(gold=sides, predicted=sides, data=st.data())
def test_order_does_not_matter_and_units_add_up(
    gold: list[Event], predicted: list[Event], data: st.DataObject
) -> None:
    mixed = [document(data.draw(st.permutations(side))) for side in (gold, predicted)]
    for metric in (*METRICS, SYLLABLES):
        for unit in UNITS:
            found = metric.counts([document(gold)], [document(predicted)], unit)
            assert metric.counts(mixed[:1], mixed[1:], unit) == found
            whole = metric.counts([document(gold)], [document(predicted)])
            assert found.over_documents() == whole


@law
@given(gold=sides, extra=events)
def test_an_event_more_never_takes_credit_away(gold: list[Event], extra: Event) -> None:
    sure = [replace(each, realis="ACTUAL") for each in gold]
    for metric in METRICS:
        before = metric.counts([document(sure)], [document(sure[1:])]).total()
        after = metric.counts([document(sure)], [document([*sure[1:], extra])]).total()
        assert sum(cell.credit for cell in after) >= sum(cell.credit for cell in before)
