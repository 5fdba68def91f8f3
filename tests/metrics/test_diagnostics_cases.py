"""What became of each item: a case of each class, and the laws of all of them."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from random import Random
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from small_documents import SUMMIT, article, event, mention

from vinee.corpus.views import EntityView
from vinee.metrics.diagnostics import (
    OUTCOMES,
    Arguments,
    Found,
    Mentions,
    Times,
    Triggers,
    compared,
    confused,
)
from vinee.metrics.diagnostics.cases import cases
from vinee.model import Argument, Document, Mention, Span, Timex

Key: TypeAlias = tuple[int, int, str]

law = settings(max_examples=50, derandomize=True)
MENTIONS = Mentions(EntityView("fine"))

# Few places and labels, so that agreement, nesting and crossing all happen often.
spans = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda t: (t[0], t[0] + t[1]))
frames = st.sampled_from([(0, 3, "Meet"), (5, 8, "Visit")])
items = st.builds(
    lambda span, label, frame: Found(span[0], span[1], label, frame),
    spans,
    st.sampled_from("PL"),
    frames,
)
sides = st.lists(items, unique=True, max_size=6)


def told(gold: list[Found], predicted: list[Found]) -> list[tuple[str, Key | None, Key | None]]:
    return [
        (case.outcome, case.gold and case.gold[:3], case.predicted and case.predicted[:3])
        for case in cases("d", gold, predicted)
    ]


def one(doc_id: str, *mentions: Mention) -> Document:
    return Document(doc_id, text=article(doc_id), mentions=mentions)


@pytest.mark.parametrize(
    ("predicted", "outcome"),
    [
        (("Vladimir Putin", "PER"), "correct"),
        (("Vladimir Putin", "GPE"), "type"),
        (("Nga Vladimir Putin", "PER"), "boundary"),
        (("Nga Vladimir Putin", "ORG"), "both"),
    ],
)
def test_pair_is_told_by_its_span_and_its_label(predicted: tuple[str, str], outcome: str) -> None:
    gold = one(SUMMIT, mention(SUMMIT, "Vladimir Putin", "PER"))

    (document,) = compared(MENTIONS, [gold], [one(SUMMIT, mention(SUMMIT, *predicted))])

    assert [case.outcome for case in document.cases] == [outcome]


def test_item_without_a_partner_is_missed_or_spurious() -> None:
    gold = one(SUMMIT, mention(SUMMIT, "Vladimir Putin", "PER"))
    predicted = one(SUMMIT, mention(SUMMIT, "Donald Trump", "PER"))

    (document,) = compared(MENTIONS, [gold], [predicted])

    assert [case.outcome for case in document.cases] == ["missed", "spurious"]


def test_spans_that_only_touch_are_no_pair() -> None:
    assert told([Found(0, 5, "P")], [Found(5, 8, "P")]) == [
        ("missed", (0, 5, "P"), None),
        ("spurious", None, (5, 8, "P")),
    ]


def test_equal_span_goes_before_two_that_overlap() -> None:
    gold = [Found(0, 10, "P"), Found(6, 12, "P")]
    predicted = [Found(0, 10, "L"), Found(0, 4, "P")]

    # Without the pair of (0, 10) there could be two pairs that overlap.
    assert Counter(each[0] for each in told(gold, predicted)) == {
        "type": 1,
        "missed": 1,
        "spurious": 1,
    }


def test_as_many_overlap_as_can_be() -> None:
    # Of the long one with the first of the two nothing would be left for the other.
    gold = [Found(0, 10, "P"), Found(9, 14, "P")]
    predicted = [Found(1, 4, "P"), Found(8, 13, "P")]

    assert [each[0] for each in told(gold, predicted)] == ["boundary", "boundary"]


def test_of_several_that_overlap_that_of_the_same_label_is_taken() -> None:
    gold = [Found(0, 10, "P")]
    predicted = [Found(0, 9, "L"), Found(4, 6, "P")]

    assert told(gold, predicted) == [
        ("spurious", None, (0, 9, "L")),
        ("boundary", (0, 10, "P"), (4, 6, "P")),
    ]


def test_of_these_the_nearest_is_taken() -> None:
    gold = [Found(0, 10, "P")]
    predicted = [Found(0, 9, "P"), Found(4, 6, "P")]

    assert told(gold, predicted)[0] == ("boundary", (0, 10, "P"), (0, 9, "P"))


def test_arguments_of_different_events_are_no_pair() -> None:
    gold = Document(SUMMIT, events=(event("Contact.Meet", (30, 33), ("Entity", 15, 29)),))
    predicted = Document(SUMMIT, events=(event("Contact.Meet", (68, 88), ("Entity", 15, 29)),))

    (document,) = compared(Arguments(), [gold], [predicted])

    assert [case.outcome for case in document.cases] == ["missed", "spurious"]


def test_arguments_of_one_event_are_told_by_span_and_role() -> None:
    gold = event("Contact.Meet", (30, 33), ("Entity", 15, 29), ("Place", 40, 44), ("Time", 50, 58))
    predicted = event("Contact.Meet", (30, 33), ("Entity", 11, 29), ("Time", 40, 44))

    (document,) = compared(
        Arguments(), [Document(SUMMIT, events=(gold,))], [Document(SUMMIT, events=(predicted,))]
    )

    assert [case.outcome for case in document.cases] == ["boundary", "type", "missed"]


def test_implicit_arguments_are_no_items() -> None:
    implicit = event("Contact.Meet", (30, 33), ("Entity", 15, 29), implicit=True)

    assert Arguments().items(Document(SUMMIT, events=(implicit,))) == []


def test_filler_has_the_level_of_its_mention() -> None:
    document = Document(
        SUMMIT,
        mentions=(Mention(0, 3, "PER", id="m1", level="NOM"),),
        timexes=(Timex(9, 12, id="t1"),),
        events=(
            replace(
                event("Contact.Meet", (30, 33), ("Place", 40, 44)),
                arguments=(
                    Argument("Entity", ref="m1"),
                    Argument("Time", ref="t1"),
                    Argument("Place", span=Span(40, 44)),
                ),
            ),
        ),
    )

    levels = {item.label: item.level for item in Arguments().items(document)}

    assert levels == {"Entity": "NOM", "Time": "TIMEX", "Place": "SPAN"}


def test_same_filler_given_twice_is_one_item_of_the_first_level() -> None:
    both = (Argument("Entity", span=Span(0, 3)), Argument("Entity", ref="m1"))
    mentions = (Mention(0, 3, "PER", id="m1", level="PRO"),)

    for order in permutations(both):
        event_ = replace(event("Contact.Meet", (30, 33)), arguments=order)
        document = Document(SUMMIT, mentions=mentions, events=(event_,))
        assert [item.level for item in Arguments().items(document)] == ["PRO"]


def test_time_without_a_type_is_an_item_of_its_own_label() -> None:
    assert Times().items(Document(SUMMIT, timexes=(Timex(0, 3),))) == [Found(0, 3, "_")]


def test_gold_without_types_of_times_is_left_out() -> None:
    gold = Document(SUMMIT, timexes=(Timex(0, 3),))

    assert compared(Times(), [gold], []) == ()


def test_document_without_the_layer_is_left_out() -> None:
    assert compared(Triggers(), [Document(SUMMIT)], [Document(SUMMIT, events=())]) == ()


def test_mentions_that_are_one_item_count_by_the_first_level() -> None:
    both = (Mention(0, 3, "PER", level="PRO"), Mention(0, 3, "PER", level="NAM"))
    view = EntityView("fine", levels=("NAM", "NOM", "PRO"))

    for order in permutations(both):
        (item,) = Mentions(view).items(Document(SUMMIT, mentions=order))
        assert item.level == "NAM"


@law
@given(sides, sides)
def test_each_item_is_in_exactly_one_case(gold: list[Found], predicted: list[Found]) -> None:
    found = cases("d", gold, predicted)

    assert Counter(case.gold for case in found if case.gold) == Counter(gold)
    assert Counter(case.predicted for case in found if case.predicted) == Counter(predicted)
    assert {case.outcome for case in found} <= set(OUTCOMES)


@law
@given(sides, sides)
def test_outcome_is_what_the_case_shows(gold: list[Found], predicted: list[Found]) -> None:
    for _, outcome, one_, other in cases("d", gold, predicted):
        if one_ is None or other is None:
            assert outcome == ("spurious" if one_ is None else "missed")
            continue
        same = one_[:2] == other[:2], one_.label == other.label
        names = {(True, True): "correct", (True, False): "type", (False, True): "boundary"}
        assert outcome == names.get(same, "both")
        assert one_.frame == other.frame
        assert max(one_.start, other.start) < min(one_.end, other.end)


@law
@given(sides, sides)
def test_items_that_are_equal_are_correct(gold: list[Found], predicted: list[Found]) -> None:
    correct = {case.gold for case in cases("d", gold, predicted) if case.outcome == "correct"}

    assert correct == {*gold} & {*predicted}


@law
@given(sides, sides)
def test_nothing_that_is_left_could_be_a_pair(gold: list[Found], predicted: list[Found]) -> None:
    found = cases("d", gold, predicted)
    missed = [case.gold for case in found if case.outcome == "missed" and case.gold]
    spurious = [case.predicted for case in found if case.outcome == "spurious" and case.predicted]

    for one_ in missed:
        for other in spurious:
            meet = max(one_.start, other.start) < min(one_.end, other.end)
            assert not (meet and one_.frame == other.frame)


@law
@given(sides, sides, st.randoms(use_true_random=False))
def test_order_does_not_matter(gold: list[Found], predicted: list[Found], random: Random) -> None:
    before = cases("d", gold, predicted)
    random.shuffle(gold)
    random.shuffle(predicted)

    assert cases("d", gold, predicted) == before


@law
@given(sides, sides)
def test_sides_may_change_places(gold: list[Found], predicted: list[Found]) -> None:
    turned = {"missed": "spurious", "spurious": "missed"}
    there = {(turned.get(o, o), b, a) for _, o, a, b in cases("d", gold, predicted)}

    assert {(o, a, b) for _, o, a, b in cases("d", predicted, gold)} == there


@law
@given(sides)
def test_identity_is_all_correct_and_only_diagonal(gold: list[Found]) -> None:
    found = cases("d", gold, gold)
    confusion = confused(found)

    assert {case.outcome for case in found} <= {"correct"}
    assert all(one_ == other for one_, other in confusion.equal)
    assert confusion.gold == confusion.predicted == Counter(item.label for item in gold)
    assert sum(confusion.equal.values()) == len(gold)


@law
@given(sides, sides)
def test_margins_of_the_confusion_are_the_items(gold: list[Found], predicted: list[Found]) -> None:
    confusion = confused(cases("d", gold, predicted))

    assert confusion.gold == Counter(item.label for item in gold)
    assert confusion.predicted == Counter(item.label for item in predicted)
    assert set(confusion.labels) == {item.label for item in (*gold, *predicted)}


def test_confusion_keeps_equal_and_overlapping_spans_apart() -> None:
    gold = [Found(0, 3, "P"), Found(5, 9, "P"), Found(20, 22, "P"), Found(30, 32, "L")]
    predicted = [Found(0, 3, "L"), Found(5, 8, "L"), Found(30, 32, "L"), Found(40, 44, "O")]

    assert confused(cases("d", gold, predicted)).to_json() == {
        "equal": [
            {"gold": "L", "predicted": "L", "items": 1},
            {"gold": "P", "predicted": "L", "items": 1},
        ],
        "overlapping": [{"gold": "P", "predicted": "L", "items": 1}],
        "missed": {"P": 1},
        "spurious": {"O": 1},
    }
