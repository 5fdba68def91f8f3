"""Worked examples on invented spans, so that every count can be checked by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from small_documents import event

from vinee.errors import InvalidError, UnknownNameError
from vinee.metrics.events import PARTS, EventMetric, Part
from vinee.metrics.scores import score
from vinee.model import Argument, Document, Event, Mention, Span, Timex

if TYPE_CHECKING:
    from collections.abc import Mapping

MEET, SAY = (10, 13), (30, 33)
PUTIN, TRUMP, RUSSIA = (0, 9), (14, 20), (5, 9)


def f1s(gold: list[Event], predicted: list[Event]) -> dict[str, Fraction]:
    documents = [Document("d", events=tuple(events)) for events in (gold, predicted)]
    found: dict[str, Fraction] = {}
    for part in PARTS:
        counts = EventMetric(part).counts(documents[:1], documents[1:])
        correct, given, wanted = (int(number) for number in counts.total().sum(axis=0))
        found[part] = Fraction(2 * correct, given + wanted)
        assert score(counts).micro.f1 == float(found[part])
    return found


def labelled(metric: EventMetric, gold: Document, predicted: Document) -> Mapping[str, list[int]]:
    counts = metric.counts([gold], [predicted])
    return dict(zip(counts.labels, counts.total().tolist(), strict=True))


def test_one_wrong_role_and_one_missed_argument() -> None:
    gold = [event("Meet", MEET, ("Entity", *PUTIN), ("Entity", *TRUMP), ("Place", *RUSSIA))]
    predicted = [event("Meet", MEET, ("Entity", *PUTIN), ("Place", *TRUMP))]

    assert f1s(gold, predicted) == {
        "TI": 1,
        "TC": 1,
        "AI": Fraction(4, 5),  # Putin and Trump of 2 predicted, 3 gold
        "AC": Fraction(2, 5),  # Putin only
        "AI+": Fraction(4, 5),
        "AC+": Fraction(2, 5),
    }


def test_wrong_event_type_makes_every_argument_wrong() -> None:
    gold = [event("Meet", MEET, ("Entity", *PUTIN))]
    predicted = [event("Phone", MEET, ("Entity", *PUTIN))]

    assert f1s(gold, predicted) == {"TI": 1, "TC": 0, "AI": 0, "AC": 0, "AI+": 0, "AC+": 0}


def test_wrong_trigger_hurts_only_attached_arguments() -> None:
    gold = [event("Meet", MEET, ("Entity", *PUTIN))]
    predicted = [event("Meet", SAY, ("Entity", *PUTIN))]

    assert f1s(gold, predicted) == {"TI": 0, "TC": 0, "AI": 1, "AC": 1, "AI+": 0, "AC+": 0}


def test_two_events_that_share_a_trigger_are_one_trigger_of_two_types() -> None:
    gold = [
        event("Attack", MEET, ("Agent", *PUTIN)),
        event("Die", MEET, ("Victim", *TRUMP)),
    ]
    predicted = [event("Attack", MEET, ("Agent", *PUTIN), ("Target", *TRUMP))]

    assert f1s(gold, predicted) == {
        "TI": 1,  # one span on both sides
        "TC": Fraction(2, 3),
        "AI": Fraction(2, 4),  # (Attack, Trump) is not (Die, Trump)
        "AC": Fraction(2, 4),
        "AI+": Fraction(2, 4),
        "AC+": Fraction(2, 4),
    }


def test_one_argument_with_two_roles_is_one_span_and_two_roles() -> None:
    gold = [event("Move", MEET, ("Agent", *PUTIN), ("Theme", *PUTIN))]
    predicted = [event("Move", MEET, ("Agent", *PUTIN))]

    assert f1s(gold, predicted) == {
        "TI": 1,
        "TC": 1,
        "AI": 1,
        "AC": Fraction(2, 3),
        "AI+": 1,
        "AC+": Fraction(2, 3),
    }


def test_events_of_one_type_pool_arguments_unless_attached() -> None:
    gold = [event("Meet", MEET, ("Entity", *PUTIN)), event("Meet", SAY, ("Entity", *PUTIN))]
    predicted = [event("Meet", MEET, ("Entity", *PUTIN))]

    assert f1s(gold, predicted) == {
        "TI": Fraction(2, 3),
        "TC": Fraction(2, 3),
        "AI": 1,  # (Meet, Putin) is one tuple in gold, though two events have it
        "AC": 1,
        "AI+": Fraction(2, 3),
        "AC+": Fraction(2, 3),
    }


def test_nested_events_are_scored_each_for_itself() -> None:
    # The meeting is what was said: the outer event's argument spans the inner event.
    inner = event("Meet", MEET, ("Entity", *PUTIN), ("Entity", *TRUMP))
    outer = event("Say", SAY, ("Speaker", *RUSSIA), ("Message", 0, 20))

    assert f1s([outer, inner], [outer]) == {
        "TI": Fraction(2, 3),
        "TC": Fraction(2, 3),
        "AI": Fraction(4, 6),
        "AC": Fraction(4, 6),
        "AI+": Fraction(4, 6),
        "AC+": Fraction(4, 6),
    }


def test_an_argument_that_is_nested_in_another_is_not_it() -> None:
    gold = [event("Meet", MEET, ("Entity", *PUTIN))]
    predicted = [event("Meet", MEET, ("Entity", *RUSSIA))]

    assert f1s(gold, predicted)["AI"] == 0


def test_duplicate_predictions_never_raise_recall() -> None:
    gold = [event("Meet", MEET, ("Entity", *PUTIN), ("Entity", *TRUMP))]
    once = event("Meet", MEET, ("Entity", *PUTIN))

    assert f1s(gold, [once, once]) == f1s(gold, [once])


EXPLICIT = event("Meet", MEET, ("Entity", *PUTIN))
IMPLICIT = event("Meet", MEET, ("Place", *RUSSIA), implicit=True)


@pytest.mark.parametrize(
    ("implicit", "expected"),
    [(False, {"Entity": [1, 1, 1]}), (True, {"Entity": [1, 1, 1], "Place": [0, 0, 1]})],
)
def test_implicit_arguments_count_only_where_included(
    implicit: bool,
    expected: dict[str, list[int]],
) -> None:
    gold, predicted = Document("d", events=(EXPLICIT, IMPLICIT)), Document("d", events=(EXPLICIT,))

    assert labelled(EventMetric("AC", implicit=implicit), gold, predicted) == expected


def test_a_predicted_implicit_argument_is_no_false_positive_where_excluded() -> None:
    gold, predicted = Document("d", events=(EXPLICIT,)), Document("d", events=(EXPLICIT, IMPLICIT))

    assert labelled(EventMetric("AC+"), gold, predicted) == {"Entity": [1, 1, 1]}


def test_a_ref_stands_for_the_bare_span_of_its_mention_or_timex() -> None:
    by_ref = Event(
        "Meet",
        Span(*MEET),
        arguments=(Argument("Entity", ref="m1"), Argument("Time", ref="t1")),
    )
    gold = Document(
        "d",
        mentions=(Mention(*PUTIN, "PER", id="m1", extent=Span(0, 20)),),
        timexes=(Timex(40, 44, id="t1"),),
        events=(by_ref,),
    )
    by_span = Document("d", events=(event("Meet", MEET, ("Entity", *PUTIN), ("Time", 40, 44)),))

    assert labelled(EventMetric("AC"), gold, by_span) == {"Entity": [1, 1, 1], "Time": [1, 1, 1]}


def with_argument(argument: Argument) -> Document:
    return Document(
        "d",
        mentions=(Mention(*PUTIN, "PER", id="m1"),),
        events=(EXPLICIT, Event("Meet", Span(*MEET), arguments=(argument,))),
    )


@pytest.mark.parametrize(
    ("argument", "problem"),
    [
        (Argument("Entity", ref="m2"), "ref 'm2' must be the id of a mention or timex"),
        (Argument("Entity"), "must have exactly one of ref and span"),
        (Argument("Entity", ref="m1", span=Span(*PUTIN)), "must have exactly one of ref and span"),
    ],
)
def test_an_argument_without_a_span_is_refused_with_its_place(
    argument: Argument, problem: str
) -> None:
    broken = with_argument(argument)

    with pytest.raises(InvalidError, match=rf"^d: \$\.events\[1\]\.arguments\[0\]: {problem}"):
        EventMetric("AI").counts([broken], [])


def test_an_id_that_names_two_spans_is_refused() -> None:
    twice = Document(
        "d",
        mentions=(Mention(*PUTIN, "PER", id="x"),),
        timexes=(Timex(40, 44, id="x"),),
        events=(),
    )

    with pytest.raises(InvalidError, match=r"\$\.timexes\[0\]\.id: id 'x' already names another"):
        EventMetric("AC+").counts([twice], [])


TWO_TYPES = Document(
    "d",
    events=(
        event("Meet", MEET, ("Entity", *PUTIN), ("Place", *RUSSIA)),
        event("Say", SAY, ("Speaker", *PUTIN)),
    ),
)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("TI", {"trigger": [1, 1, 1]}),
        ("TC", {"Meet": [1, 1, 1], "Phone": [0, 0, 0]}),
        ("AI", {"Meet": [2, 2, 2], "Phone": [0, 0, 0]}),
        ("AC", {"Entity": [1, 1, 1], "Place": [1, 1, 1]}),
    ],
)
def test_only_the_claimed_types_are_scored(part: Part, expected: Mapping[str, list[int]]) -> None:
    metric = EventMetric(part, types=("Phone", "Meet"))

    assert labelled(metric, TWO_TYPES, TWO_TYPES) == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("TC", {"Meet": [1, 1, 1], "Say": [1, 1, 1]}),
        ("AI+", {"Meet": [1, 1, 1], "Say": [1, 1, 1]}),
        ("AC+", {"Entity": [1, 1, 1], "Speaker": [1, 1, 1], "Time": [0, 0, 0]}),
    ],
)
def test_only_the_claimed_roles_are_scored(part: Part, expected: Mapping[str, list[int]]) -> None:
    metric = EventMetric(part, roles=("Time", "Speaker", "Entity"))

    assert labelled(metric, TWO_TYPES, TWO_TYPES) == expected


def test_parameters_state_the_policies() -> None:
    assert EventMetric("AC", types=("Say", "Meet"), implicit=True).parameters == {
        "unit": "char",
        "match": "strict",
        "duplicates": "collapse",
        "arguments": "bare",
        "implicit": "included",
        "fillers": "span",
        "triggers": "predicted",
        "types": "Meet,Say",
        "roles": "all",
    }


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="unknown part of events 'RC'"):
        EventMetric("RC")  # type: ignore[arg-type]
