"""Laws that hold for every metric, on any annotation of a real article."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from small_documents import STEMS, TypeView, article

from vinee.errors import InvalidError
from vinee.metrics.base import Metric
from vinee.metrics.registry import metric, names
from vinee.metrics.units import UNITS
from vinee.model import Argument, Document, Entity, Event, Mention, Span, Timex

METRICS = tuple(metric(name, view=TypeView()) for name in names())
law = settings(max_examples=40, deadline=None)  # each example runs every metric

# Few places and labels, so that agreement, nesting and overlap all happen often.
spans = st.tuples(st.integers(0, 60), st.integers(1, 25)).map(lambda t: (t[0], t[0] + t[1]))
labels = st.sampled_from("PLO")
# All items are known; which mentions are scored where they are not depends on gold alone.
items = st.sampled_from(["Q1", "Q2", "NIL"])
chain_ids = st.none() | st.sampled_from("efg")
timexes = st.builds(
    lambda span, type_, value, mod: Timex(span[0], span[1], type=type_, value=value, mod=mod),
    spans,
    st.sampled_from(["DATE", "TIME"]),
    st.sampled_from(["2019", "2025"]),
    st.sampled_from([None, "START"]),
)


@st.composite
def mentions(draw: st.DrawFn) -> tuple[Mention, ...]:
    """Draw mentions, some in chains; no two in a chain are the same."""
    found = {
        (span, type_): draw(chain_ids)
        for span, type_ in draw(st.lists(st.tuples(spans, labels), max_size=6))
    }
    return tuple(
        Mention(*span, type_, id=f"m{at}", entity=entity)
        for at, ((span, type_), entity) in enumerate(found.items())
    )


@st.composite
def annotated(draw: st.DrawFn, doc_id: str) -> Document:
    found = draw(mentions())
    events: dict[tuple[tuple[int, int], str], Event] = {}
    for _ in range(draw(st.integers(0, 3))):
        arguments = [
            Argument(draw(st.sampled_from("rst")), ref=each.id or "", implicit=draw(st.booleans()))
            for each in (draw(st.lists(st.sampled_from(found), max_size=4)) if found else ())
        ]
        arguments += [
            Argument(draw(st.sampled_from("rst")), span=Span(*draw(spans)))
            for _ in range(draw(st.integers(0, 1)))
        ]
        trigger, type_ = draw(spans), draw(st.sampled_from("XY"))
        events[trigger, type_] = Event(
            type_,
            Span(*trigger),
            arguments=tuple(arguments),
            polarity=draw(st.sampled_from(["POSITIVE", "NEGATIVE"])),
            realis=draw(st.sampled_from(["ACTUAL", "OTHER"])),
            chain=draw(chain_ids),
        )
    return Document(
        doc_id,
        text=article(doc_id)[:100],
        mentions=found,
        entities=tuple(Entity(id_, "P", wikidata=draw(items)) for id_ in "efg"),
        timexes=tuple(draw(st.lists(timexes, max_size=4))),
        events=tuple(events.values()),
        chains=(),
    )


corpora = st.tuples(*(annotated(stem) for stem in STEMS[:2])).map(list)


def shuffled(document: Document, data: st.DataObject) -> Document:
    return replace(
        document,
        mentions=tuple(data.draw(st.permutations(document.mentions or ()))),
        timexes=tuple(data.draw(st.permutations(document.timexes or ()))),
        events=tuple(
            replace(each, arguments=tuple(data.draw(st.permutations(each.arguments))))
            for each in data.draw(st.permutations(document.events or ()))
        ),
    )


def in_units(scorer: Metric) -> Iterator[str]:
    """Give the units that a metric can count by."""
    for unit in UNITS:
        try:
            scorer.counts([], [], unit)
        except InvalidError:
            continue
        yield unit


@law
@given(gold=corpora)
def test_gold_against_itself_is_one_wherever_something_exists(gold: list[Document]) -> None:
    for scorer in METRICS:
        exact = scorer.counts(gold, gold).exact()
        assert all(set(each) in ({Fraction(1)}, {None}) for each in exact.values()), scorer


@law
@given(gold=corpora, predicted=corpora, data=st.data())
def test_order_of_documents_and_of_what_they_hold_does_not_matter(
    gold: list[Document], predicted: list[Document], data: st.DataObject
) -> None:
    mixed_gold = [shuffled(each, data) for each in data.draw(st.permutations(gold))]
    mixed_predicted = [shuffled(each, data) for each in data.draw(st.permutations(predicted))]

    for scorer in METRICS:
        expected = scorer.counts(gold, predicted)
        assert scorer.counts(mixed_gold, mixed_predicted) == expected, scorer


@law
@given(gold=corpora, predicted=corpora, cut=st.integers(0, 2))
def test_two_groups_of_documents_merge_into_the_whole(
    gold: list[Document], predicted: list[Document], cut: int
) -> None:
    for scorer in METRICS:
        first = scorer.counts(gold[:cut], predicted[:cut])
        second = scorer.counts(gold[cut:], predicted[cut:])
        whole = scorer.counts(gold, predicted)
        assert second.merge(first) == whole, scorer


@law
@given(gold=corpora, predicted=corpora)
def test_units_sum_up_to_their_documents(gold: list[Document], predicted: list[Document]) -> None:
    for scorer in METRICS:
        whole = scorer.counts(gold, predicted)
        for unit in in_units(scorer):
            parts = scorer.counts(gold, predicted, unit)  # type: ignore[arg-type]
            assert parts.over_documents() == whole, (scorer, unit)


@law
@given(gold=corpora, predicted=corpora)
def test_scores_are_in_the_unit_interval(gold: list[Document], predicted: list[Document]) -> None:
    for scorer in METRICS:
        for label, exact in scorer.counts(gold, predicted).exact().items():
            assert all(each is None or 0 <= each <= 1 for each in exact), (scorer, label)


@law
@given(gold=corpora, predicted=corpora)
def test_the_statistic_is_the_exact_score(gold: list[Document], predicted: list[Document]) -> None:
    for scorer in METRICS:
        tally = scorer.counts(gold, predicted)
        value = float(tally.statistic(tally.table.sum(axis=0)))
        exact = tally.exact()["micro"].f1
        expected = np.nan if exact is None else float(exact)
        np.testing.assert_allclose(value, expected, rtol=1e-12, err_msg=repr(scorer))


@law
@given(gold=corpora, predicted=corpora)
def test_a_duplicate_prediction_never_changes_the_counts(
    gold: list[Document], predicted: list[Document]
) -> None:
    twice = [
        replace(
            each,
            mentions=(each.mentions or ()) * 2,
            timexes=(each.timexes or ()) * 2,
            events=(each.events or ()) * 2,
        )
        for each in predicted
    ]

    for scorer in METRICS:
        assert scorer.counts(gold, twice) == scorer.counts(gold, predicted), scorer


@law
@given(gold=corpora, predicted=corpora)
def test_precision_and_recall_change_places_when_the_sides_do(
    gold: list[Document], predicted: list[Document]
) -> None:
    # What is scored of links depends on which items gold knows; test_link_laws has their law.
    for scorer in (each for each in METRICS if not each.name.startswith("link.")):
        there = scorer.counts(gold, predicted).exact()
        back = scorer.counts(predicted, gold).exact()
        assert {name: (each.recall, each.precision, each.f1) for name, each in there.items()} == {
            name: tuple(each) for name, each in back.items()
        }, scorer


@law
@given(gold=corpora, predicted=corpora)
def test_a_prediction_that_gold_lacks_never_raises_precision(
    gold: list[Document], predicted: list[Document]
) -> None:
    far = len(article(STEMS[0])) + 1
    worse = [
        replace(
            predicted[0],
            mentions=(*(predicted[0].mentions or ()), Mention(far, far + 1, "P", entity="far")),
            timexes=(*(predicted[0].timexes or ()), Timex(far, far + 1, type="DATE")),
            events=(*(predicted[0].events or ()), Event("X", Span(far, far + 1), chain="far")),
        ),
        predicted[1],
    ]

    for scorer in METRICS:
        before = scorer.counts(gold, predicted).exact()["micro"].precision
        after = scorer.counts(gold, worse).exact()["micro"].precision
        if before is not None and after is not None and not scorer.name.startswith("coref."):
            assert after <= before, scorer
