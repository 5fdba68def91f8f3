"""Laws of the metrics of links."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from vinee.metrics.exact import of_counts
from vinee.metrics.link.accuracy import LinkAccuracy
from vinee.metrics.link.annotation import LinkStrong, LinkWeak
from vinee.metrics.link.document import LinkDocument
from vinee.metrics.link.links import Link, Scored
from vinee.metrics.units import UNITS
from vinee.model import NIL, Document, Entity, Mention

STRONG, WEAK, TAGGED, RIGHT = LinkStrong(), LinkWeak(), LinkDocument(), LinkAccuracy()
WITH_NIL = LinkStrong(nil="included")


def linked(*links: tuple[int, int, str | None]) -> Document:
    return Document(
        "d",
        text="Ông gặp. Bà đi. Họ nói rằng ta về.",
        mentions=tuple(
            Mention(start, end, "PER", entity=f"e{number}")
            for number, (start, end, _) in enumerate(links)
        ),
        entities=tuple(
            Entity(f"e{number}", "PER", wikidata=item) for number, (*_, item) in enumerate(links)
        ),
    )


places = st.tuples(
    st.integers(0, 12), st.integers(1, 5), st.sampled_from(["Q1", "Q2", "Q2", NIL, None])
).map(lambda t: (t[0], t[0] + t[1], t[2]))
documents = st.lists(places, max_size=5).map(lambda links: linked((30, 31, "Q1"), *links))
METRICS = (STRONG, WITH_NIL, WEAK, LinkWeak(nil="included"), RIGHT)
law = settings(max_examples=50, deadline=None)


def shuffled(document: Document, data: st.DataObject) -> Document:
    mentions = tuple(data.draw(st.permutations(document.mentions or ())))
    return replace(document, mentions=mentions)


@law
@given(gold=documents, predicted=documents, data=st.data())
def test_order_does_not_matter_and_units_add_up(
    gold: Document, predicted: Document, data: st.DataObject
) -> None:
    mixed = [shuffled(each, data) for each in (gold, predicted)]
    assert TAGGED.counts(mixed[:1], mixed[1:]) == TAGGED.counts([gold], [predicted])
    for metric in METRICS:
        for unit in UNITS:
            found = metric.counts([gold], [predicted], unit)
            assert metric.counts(mixed[:1], mixed[1:], unit) == found
            assert found.over_documents() == metric.counts([gold], [predicted])


@law
@given(gold=documents)
def test_gold_against_itself_is_perfect(gold: Document) -> None:
    for metric in (*METRICS, TAGGED):
        assert metric.counts([gold], [gold]).exact()["micro"] == of_counts(1, 1, 1)


known = documents.filter(
    lambda each: all(entity.wikidata is not None for entity in each.entities or ())
)


@law
@given(gold=known, predicted=known)
def test_changing_sides_swaps_predicted_and_gold_where_all_is_known(
    gold: Document, predicted: Document
) -> None:
    for metric in (STRONG, WITH_NIL, WEAK, TAGGED):
        there, back = metric.counts([gold], [predicted]), metric.counts([predicted], [gold])
        assert there.table[..., [0, 2, 1]].tolist() == back.table.tolist()


@law
@given(gold=documents, predicted=documents)
def test_weak_pairs_as_many_as_can_be(gold: Document, predicted: Document) -> None:
    wanted, given_ = Scored().links(gold, predicted)
    few, many = sorted((wanted, given_), key=len)

    def may(one: Link, other: Link) -> bool:
        return one.item == other.item and one.start < other.end and other.start < one.end

    every = (sum(map(may, few, order)) for order in permutations(many, len(few)))
    assert WEAK.counts([gold], [predicted]).total()[0, 0] == max(every)


@law
@given(gold=documents, predicted=documents)
def test_strong_is_the_agreement_of_two_sets(gold: Document, predicted: Document) -> None:
    wanted, given_ = map(set, Scored("NAM", "included").links(gold, predicted))

    found = WITH_NIL.counts([gold], [predicted]).total().sum(axis=0)

    assert found.tolist() == [len(wanted & given_), len(given_), len(wanted)]
