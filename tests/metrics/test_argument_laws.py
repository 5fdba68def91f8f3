"""Laws of argument scores in which more than one span may be right."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from vinee.metrics.events import PARTS, EventMetric
from vinee.metrics.units import UNITS
from vinee.model import Argument, Document, Event, Mention, Span


def total(metric: EventMetric, wanted: Document, given: Document) -> list[int]:
    found: list[int] = metric.counts([wanted], [given]).total().sum(axis=0).tolist()
    return found


spans = st.tuples(st.integers(0, 8), st.integers(1, 4)).map(lambda t: (t[0], t[0] + t[1]))
VARIED = [
    EventMetric("AI", arguments="head"),
    EventMetric("AC", fillers="coreferent"),
    EventMetric("AI+", arguments="extent", fillers="coreferent", triggers="gold"),
    EventMetric("AC+", arguments="head", fillers="coreferent", triggers="gold"),
]


@st.composite
def documents(draw: st.DrawFn) -> Document:
    mentions = []
    for number in range(draw(st.integers(0, 5))):
        start, end = draw(spans)
        extent = Span(max(0, start - draw(st.integers(0, 3))), end + draw(st.integers(0, 3)))
        chain = draw(st.sampled_from(["e1", "e2", None]))
        mentions.append(Mention(start, end, "PER", id=f"m{number}", extent=extent, entity=chain))
    fill = (
        st.sampled_from(mentions).map(lambda each: {"ref": each.id}) if mentions else st.nothing()
    )
    bare = spans.map(lambda span: {"span": Span(*span)})
    arguments = st.builds(
        lambda role, kind: Argument(role, **kind), st.sampled_from("rs"), fill | bare
    )
    events = st.builds(
        lambda type_, at, given: Event(type_, Span(at, at + 1), arguments=tuple(given)),
        st.sampled_from("XY"),
        st.integers(0, 2),
        st.lists(arguments, max_size=4),
    )
    return Document(
        "d",
        text="Ông gặp. Bà đi. Họ nói.",
        mentions=tuple(mentions),
        entities=(),
        events=tuple(draw(st.lists(events, max_size=3))),
    )


law = settings(max_examples=30, deadline=None)


@law
@given(wanted=documents())
def test_gold_against_itself_is_perfect(wanted: Document) -> None:
    for metric in VARIED:
        correct, given_, golds = total(metric, wanted, wanted)
        assert correct == given_ == golds, metric


@law
@given(wanted=documents(), other=documents(), data=st.data())
def test_order_does_not_matter(wanted: Document, other: Document, data: st.DataObject) -> None:
    mixed = [
        replace(
            each,
            mentions=tuple(data.draw(st.permutations(each.mentions or ()))),
            events=tuple(data.draw(st.permutations(each.events or ()))),
        )
        for each in (wanted, other)
    ]

    for metric in VARIED:
        for unit in UNITS:
            found = metric.counts([wanted], [other], unit)
            assert metric.counts(mixed[:1], mixed[1:], unit) == found, metric


@law
@given(wanted=documents(), other=documents())
def test_sentences_add_up_to_the_document(wanted: Document, other: Document) -> None:
    for metric in VARIED:
        by_sentence = metric.counts([wanted], [other], "sentence").over_documents()
        assert by_sentence == metric.counts([wanted], [other]), metric


@law
@given(wanted=documents(), other=documents())
def test_what_is_right_to_the_letter_stays_right_where_more_is(
    wanted: Document, other: Document
) -> None:
    for part in PARTS[2:]:
        plain = total(EventMetric(part), wanted, other)
        for varied in ({"arguments": "head"}, {"fillers": "coreferent"}):
            looser = total(EventMetric.under(part, varied), wanted, other)
            assert looser[0] >= plain[0]
            assert looser[1:] == plain[1:]
