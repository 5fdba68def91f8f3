"""Which spans fill a role: bare, extent, head, and mentions of one chain."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from small_documents import SUMMIT, article, event, mention

from vinee.errors import InvalidError, UnknownNameError
from vinee.metrics.arguments import Answer, answers, fillers
from vinee.metrics.events import PARTS, EventMetric
from vinee.model import Argument, Document, Entity, Event, Mention, Span, Timex

# "Tổng thống Nga Vladimir Putin gặp Tổng thống Mỹ Donald Trump ..."
WHOLE = Span(0, 29)
PUTIN = replace(mention(SUMMIT, "Vladimir Putin", "PER", "m1"), extent=WHOLE, entity="e1")
RUSSIA = replace(mention(SUMMIT, "Nga", "GPE", "m2"), entity="e2")
LEADER = Mention(80, 92, "PER", id="m3", extent=Span(76, 92), level="NOM", entity="e1")
MEET = (30, 33)


def gold(*arguments: Argument, trigger: tuple[int, int] = MEET) -> Document:
    return Document(
        SUMMIT,
        text=article(SUMMIT),
        mentions=(PUTIN, RUSSIA, LEADER),
        entities=(Entity("e1", "PER"), Entity("e2", "GPE")),
        timexes=(Timex(176, 187, id="t1"),),
        events=(Event("Meet", Span(*trigger), arguments=arguments),),
    )


def by_ref(*refs: str) -> Document:
    return gold(*(Argument("Entity", ref=ref) for ref in refs))


def by_span(*spans: tuple[int, int], trigger: tuple[int, int] = MEET) -> Document:
    return Document(
        SUMMIT, events=(event("Meet", trigger, *(("Entity", *each) for each in spans)),)
    )


def total(metric: EventMetric, wanted: Document, given: Document) -> list[int]:
    found: list[int] = metric.counts([wanted], [given]).total().sum(axis=0).tolist()
    return found


BARE, EXTENT = (PUTIN.start, PUTIN.end), (0, 29)
TITLED, WIDER, FIRST_NAME = (11, 29), (0, 33), (15, 23)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("bare", [BARE], [EXTENT, TITLED, WIDER, FIRST_NAME]),
        ("extent", [EXTENT], [BARE, TITLED, WIDER, FIRST_NAME]),
        ("head", [BARE, EXTENT, TITLED], [WIDER, FIRST_NAME]),
    ],
)
def test_which_spans_of_a_mention_fill_its_role(
    name: str, right: list[tuple[int, int]], wrong: list[tuple[int, int]]
) -> None:
    metric = EventMetric.under("AC", {"arguments": name})

    assert [total(metric, by_ref("m1"), by_span(span))[0] for span in right] == [1] * len(right)
    assert [total(metric, by_ref("m1"), by_span(span))[0] for span in wrong] == [0] * len(wrong)


@pytest.mark.parametrize("name", ["bare", "extent", "head"])
def test_a_country_inside_a_title_is_not_the_person(name: str) -> None:
    metric = EventMetric.under("AC", {"arguments": name})

    assert total(metric, by_ref("m2"), by_span(EXTENT)) == [0, 1, 1]


def test_an_extent_is_taken_on_both_sides_and_the_bare_span_where_there_is_none() -> None:
    metric = EventMetric("AC+", arguments="extent")

    assert total(metric, by_ref("m1", "m2"), by_ref("m1", "m2")) == [2, 2, 2]
    assert [each[:3] for each in fillers(by_ref("m1", "m2", "t1"), "extent")[0]] == [
        ("Entity", 0, 29),
        ("Entity", 11, 14),
        ("Entity", 176, 187),
    ]


def test_two_spans_around_one_head_fill_one_role() -> None:
    metric = EventMetric("AC", arguments="head")

    assert total(metric, by_ref("m1"), by_span(BARE, EXTENT)) == [1, 2, 1]


def test_a_filler_without_a_mention_has_no_head() -> None:
    metric = EventMetric("AC", arguments="head")
    wanted = gold(Argument("Entity", span=Span(*BARE)), Argument("Time", ref="t1"))

    assert total(metric, wanted, by_span(EXTENT, (170, 187))) == [0, 2, 2]


COREFERENT = EventMetric("AC+", fillers="coreferent")


def test_any_mention_of_the_chain_fills_the_role() -> None:
    assert total(COREFERENT, by_ref("m1"), by_span((80, 92))) == [1, 1, 1]
    assert total(EventMetric("AC+"), by_ref("m1"), by_span((80, 92))) == [0, 1, 1]


def test_two_mentions_of_the_chain_fill_one_role_once() -> None:
    assert total(COREFERENT, by_ref("m1"), by_span(BARE, (80, 92))) == [1, 2, 1]


def test_a_chain_that_fills_a_role_twice_wants_two_answers() -> None:
    assert total(COREFERENT, by_ref("m1", "m3"), by_span(BARE)) == [1, 1, 2]
    assert total(COREFERENT, by_ref("m1", "m3"), by_span((80, 92), BARE)) == [2, 2, 2]


def test_a_mention_of_another_chain_does_not_fill_the_role() -> None:
    assert total(COREFERENT, by_ref("m1"), by_span((11, 14))) == [0, 1, 1]


def test_the_role_must_be_right_for_a_coreferent_mention_too() -> None:
    given = Document(SUMMIT, events=(event("Meet", MEET, ("Place", 80, 92)),))

    assert total(COREFERENT, by_ref("m1"), given) == [0, 1, 1]


def test_the_chains_of_a_prediction_are_not_looked_at() -> None:
    lumped = replace(by_ref("m2"), mentions=(PUTIN, replace(RUSSIA, entity="e1"), LEADER))

    assert total(COREFERENT, by_ref("m1"), lumped) == [0, 1, 1]


def test_gold_without_chains_is_left_out_where_they_are_needed() -> None:
    unchained = replace(by_ref("m1"), entities=None)

    assert COREFERENT.counts([unchained], []).units == ()
    assert EventMetric("AC+").counts([unchained], []).units == (SUMMIT,)


def test_a_mention_without_a_chain_answers_for_itself() -> None:
    alone = replace(by_ref("m1"), mentions=(replace(PUTIN, entity=None), LEADER))

    assert total(COREFERENT, alone, by_span(BARE)) == [1, 1, 1]
    assert total(COREFERENT, alone, by_span((80, 92))) == [0, 1, 1]


def test_head_and_chain_together_take_each_head_of_the_chain() -> None:
    metric = EventMetric("AC", arguments="head", fillers="coreferent")

    assert answers(by_ref("m1"), "head", coreferent=True) == [
        (
            frozenset(
                {
                    Answer(BARE, BARE),
                    Answer(BARE, EXTENT),
                    Answer((80, 92), (76, 92)),
                }
            ),
        )
    ]
    assert total(metric, by_ref("m1"), by_span((78, 92))) == [1, 1, 1]


def test_a_pair_belongs_to_the_sentence_of_its_gold_argument() -> None:
    far = replace(by_ref("m1"), sentences=(Span(0, 60), Span(60, 200)))

    found = COREFERENT.counts([far], [by_span((80, 92))], unit="sentence")

    assert found.table.tolist() == [[[1, 1, 1]], [[0, 0, 0]]]


GIVEN = EventMetric("AC+", triggers="gold")


def test_with_gold_triggers_events_elsewhere_are_dropped_and_missed_ones_stay() -> None:
    both = replace(
        by_ref("m1"),
        events=(*(by_ref("m1").events or ()), event("Meet", (60, 63), ("Entity", 11, 14))),
    )
    given = Document(
        SUMMIT,
        events=(
            event("Meet", MEET, ("Entity", *BARE)),
            event("Phone", MEET, ("Entity", *BARE)),  # right trigger, wrong type
            event("Meet", (90, 93), ("Entity", *BARE)),  # no such trigger
        ),
    )

    assert total(GIVEN, both, given) == [1, 1, 2]
    assert total(EventMetric("AC+"), both, given) == [1, 3, 2]


def test_gold_triggers_of_another_document_do_not_help() -> None:
    other = replace(by_ref("m1"), doc_id="other")
    empty = replace(by_ref("m1"), events=())

    found = GIVEN.counts([empty, other], [by_span(BARE)])

    assert found.table.sum(axis=1).tolist() == [[0, 0, 0], [0, 0, 1]]


def test_errors_name_the_event_as_it_stands_in_the_file_also_with_gold_triggers() -> None:
    broken = Document(
        SUMMIT,
        events=(
            event("Phone", MEET),
            Event("Meet", Span(*MEET), arguments=(Argument("Entity", ref="m9"),)),
        ),
    )

    with pytest.raises(InvalidError, match=r"\$\.events\[1\]\.arguments\[0\]"):
        GIVEN.counts([by_ref("m1")], [broken])


def test_parameters_say_what_was_varied() -> None:
    varied = EventMetric.under(
        "AI+",
        {"arguments": "head", "fillers": "coreferent", "triggers": "gold", "implicit": "included"},
    )

    assert varied.name == (
        "events.AI+(implicit=included,arguments=head,fillers=coreferent,triggers=gold)"
    )
    assert varied.parameters == {
        "unit": "char",
        "match": "strict",
        "duplicates": "collapse",
        "arguments": "head",
        "implicit": "included",
        "fillers": "coreferent",
        "triggers": "gold[others-dropped]",
        "pairing": "one-to-one",
        "types": "all",
        "roles": "all",
    }


@pytest.mark.parametrize("part", PARTS)
def test_without_parameters_a_metric_is_the_plain_one(part: str) -> None:
    assert EventMetric.under(part, {}) == EventMetric(part)  # type: ignore[arg-type]


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"value of arguments in events\.AC 'first'"):
        EventMetric.under("AC", {"arguments": "first"})
    with pytest.raises(UnknownNameError, match=r"parameter of events\.TC 'fillers'"):
        EventMetric("TC", fillers="coreferent")
