from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from small_documents import STEMS, SUMMIT, article

from vinee.errors import UnknownNameError
from vinee.metrics.attributes import accuracy, confusion
from vinee.metrics.event_attributes import ATTRIBUTES, EventAttributeMetric
from vinee.metrics.units import UNITS
from vinee.model import Document, Event, Span

# "Tổng thống Nga Vladimir Putin gặp Tổng thống Mỹ Donald Trump ..."
MEET = Event("Contact.Meet", Span(30, 33), polarity="POSITIVE", realis="OTHER", modality="PLANNED")
LATER = replace(MEET, trigger=Span(176, 187), realis="ACTUAL", modality=None)
GOLD = Document(SUMMIT, text=article(SUMMIT), events=(MEET, LATER))
REALIS = EventAttributeMetric("realis")


def counted(metric: EventAttributeMetric, *events: Event) -> dict[str, list[int]]:
    found = metric.counts([GOLD], [Document(SUMMIT, events=events)])
    return dict(zip(found.labels, found.total().tolist(), strict=True))


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        (REALIS, {"ACTUAL": [1, 1, 1], "OTHER": [1, 1, 1]}),
        (EventAttributeMetric("polarity"), {"POSITIVE": [2, 2, 2]}),
        (EventAttributeMetric("modality"), {"PLANNED": [1, 1, 1], "_": [1, 1, 1]}),
    ],
)
def test_matched_events_count_under_their_values(
    metric: EventAttributeMetric, expected: dict[str, list[int]]
) -> None:
    assert counted(metric, MEET, LATER) == expected


def test_a_wrong_value_is_missed_where_gold_is_and_spurious_where_the_prediction_is() -> None:
    assert counted(REALIS, replace(MEET, realis="GENERIC"), LATER) == {
        "ACTUAL": [1, 1, 1],
        "GENERIC": [0, 1, 0],
        "OTHER": [0, 0, 1],
    }


def test_events_that_only_one_side_has_are_not_counted() -> None:
    elsewhere = replace(MEET, trigger=Span(40, 43))
    mistyped = replace(LATER, type="Contact.Call")

    assert counted(REALIS, elsewhere, mistyped) == {}
    assert counted(REALIS, MEET, elsewhere) == {"OTHER": [1, 1, 1]}


def test_precision_recall_and_f1_are_the_accuracy() -> None:
    prediction = Document(SUMMIT, events=(MEET, replace(LATER, realis="OTHER")))

    micro = REALIS.counts([GOLD], [prediction]).scores().micro

    share = accuracy(confusion("events.realis", [GOLD], [prediction]))
    assert (micro.precision, micro.recall, micro.f1) == (share, share, share) == (0.5, 0.5, 0.5)


def test_nothing_matched_is_undefined() -> None:
    assert REALIS.counts([GOLD], []).exact()["micro"].f1 is None


def test_gold_without_realis_is_left_out() -> None:
    bare = Document(STEMS[1], events=(Event("Contact.Meet", Span(1, 4)),))

    assert REALIS.counts([GOLD, bare], []).units == (SUMMIT,)


def test_only_the_claimed_types_are_scored() -> None:
    metric = EventAttributeMetric("realis", types=("Contact.Call",))

    assert counted(metric, MEET, LATER) == {}


def test_an_event_is_counted_in_the_sentence_of_its_trigger() -> None:
    divided = replace(GOLD, sentences=(Span(0, 100), Span(100, 200)))

    found = REALIS.counts([divided], [GOLD], unit="sentence")

    assert found.table[..., 0].tolist() == [[0, 1], [1, 0]]


def test_names_and_parameters() -> None:
    assert [EventAttributeMetric(each).name for each in ATTRIBUTES] == [
        "events.polarity",
        "events.realis",
        "events.modality",
    ]
    assert REALIS.parameters == {
        "unit": "char",
        "match": "strict",
        "duplicates": "collapse",
        "compared": "realis",
        "items": "matched",
        "types": "all",
    }


def test_an_unknown_attribute_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="unknown attribute of events 'tense'"):
        EventAttributeMetric("tense")  # type: ignore[arg-type]


events = st.builds(
    lambda at, realis: Event("X", Span(at, at + 1), realis=realis),
    st.integers(0, 30),
    st.sampled_from(["ACTUAL", "OTHER", "GENERIC", None]),
)
documents = st.lists(events, max_size=6).map(
    lambda e: Document("d", text="Ông gặp. Bà đi. Họ nói.", events=tuple(e))
)


@settings(max_examples=50)
@given(gold=documents, predicted=documents, data=st.data())
def test_order_does_not_matter_and_units_add_up(
    gold: Document, predicted: Document, data: st.DataObject
) -> None:
    mixed = [
        replace(each, events=tuple(data.draw(st.permutations(each.events or ()))))
        for each in (gold, predicted)
    ]
    for unit in UNITS:
        found = REALIS.counts([gold], [predicted], unit)
        assert REALIS.counts(mixed[:1], mixed[1:], unit) == found
        assert found.over_documents() == REALIS.counts([gold], [predicted])


@settings(max_examples=50)
@given(gold=documents, predicted=documents)
def test_the_accuracy_is_that_of_the_confusion_both_ways(
    gold: Document, predicted: Document
) -> None:
    found = REALIS.counts([gold], [predicted]).exact()["micro"]

    share = accuracy(confusion("events.realis", [gold], [predicted]))
    assert (None if found.f1 is None else float(found.f1)) == share
    assert found.precision == found.recall == found.f1
