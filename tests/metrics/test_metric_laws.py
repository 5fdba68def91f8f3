"""Laws that hold for every metric, on any annotation of a real article."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from small_documents import STEMS, TypeView, article

from vinee.metrics.registry import metric, names
from vinee.metrics.scores import macro_f1, micro_f1
from vinee.model import Argument, Document, Event, Mention, Span, Timex

METRICS = tuple(metric(name, view=TypeView()) for name in names())
law = settings(max_examples=60, deadline=None)  # each example runs every metric

# Few places and labels, so that agreement, nesting and overlap all happen often.
spans = st.tuples(st.integers(0, 60), st.integers(1, 25)).map(lambda t: (t[0], t[0] + t[1]))
labels = st.sampled_from("PLO")
bare_mentions = st.builds(lambda span, type_: Mention(span[0], span[1], type_), spans, labels)
timexes = st.builds(
    lambda span, type_, value, mod: Timex(span[0], span[1], type=type_, value=value, mod=mod),
    spans,
    st.sampled_from(["DATE", "TIME"]),
    st.sampled_from(["2019", "2025"]),
    st.sampled_from([None, "START"]),
)


@st.composite
def annotated(draw: st.DrawFn, doc_id: str) -> Document:
    mentions = [
        replace(each, id=f"m{at}")
        for at, each in enumerate(draw(st.lists(bare_mentions, max_size=6)))
    ]
    events = []
    for _ in range(draw(st.integers(0, 3))):
        arguments = [
            Argument(draw(st.sampled_from("rst")), ref=each.id or "", implicit=draw(st.booleans()))
            for each in (draw(st.lists(st.sampled_from(mentions), max_size=4)) if mentions else ())
        ]
        arguments += [
            Argument(draw(st.sampled_from("rst")), span=Span(*draw(spans)))
            for _ in range(draw(st.integers(0, 1)))
        ]
        trigger = Span(*draw(spans))
        events.append(Event(draw(st.sampled_from("XY")), trigger, arguments=tuple(arguments)))
    return Document(
        doc_id,
        text=article(doc_id)[:100],
        mentions=tuple(mentions),
        timexes=tuple(draw(st.lists(timexes, max_size=4))),
        events=tuple(events),
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


@law
@given(gold=corpora)
def test_gold_against_itself_is_one_wherever_something_exists(gold: list[Document]) -> None:
    for scorer in METRICS:
        table = scorer.counts(gold, gold).table
        perfect = np.where(table.any(axis=(1, 2)), 1.0, np.nan)
        np.testing.assert_array_equal(micro_f1(table), perfect, err_msg=scorer.name)


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
        assert second.merge(first) == scorer.counts(gold, predicted), scorer


@law
@given(gold=corpora, predicted=corpora)
def test_f1_is_in_the_unit_interval(gold: list[Document], predicted: list[Document]) -> None:
    for scorer in METRICS:
        table = scorer.counts(gold, predicted).table
        f1 = np.concatenate([micro_f1(table), macro_f1(table)])
        assert (np.isnan(f1) | ((f1 >= 0) & (f1 <= 1))).all(), scorer


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
    for scorer in METRICS:
        there, back = scorer.counts(gold, predicted), scorer.counts(predicted, gold)
        np.testing.assert_array_equal(there.table[..., [0, 2, 1]], back.table, err_msg=repr(scorer))
