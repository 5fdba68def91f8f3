"""Linking, on a real sentence with a known, an unknown and a NIL mention."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from small_documents import SUMMIT, article, mention

from vinee.errors import InvalidError, UnknownNameError
from vinee.metrics.exact import of_counts
from vinee.metrics.link.accuracy import LinkAccuracy
from vinee.metrics.link.annotation import LinkStrong, LinkWeak
from vinee.metrics.link.document import LinkDocument
from vinee.metrics.link.links import Link, Scored
from vinee.metrics.link.metric import LinkMetric
from vinee.model import NIL, Document, Entity, Level, Mention, Span

Linked = tuple[int, int, str | None]

# "Tổng thống Nga Vladimir Putin gặp Tổng thống Mỹ Donald Trump ..."
PUTIN, RUSSIA = mention(SUMMIT, "Vladimir Putin", "PER"), mention(SUMMIT, "Nga", "GPE")
TRUMP, AMERICA = mention(SUMMIT, "Donald Trump", "PER"), mention(SUMMIT, "Mỹ", "GPE")
AT_PUTIN, AT_RUSSIA = (PUTIN.start, PUTIN.end), (RUSSIA.start, RUSSIA.end)
AT_TRUMP, AT_AMERICA = (TRUMP.start, TRUMP.end), (AMERICA.start, AMERICA.end)


def linked(*links: Linked, level: Level = "NAM", doc_id: str = SUMMIT) -> Document:
    """Build a document of mentions, each of an entity of its own."""
    return Document(
        doc_id,
        text=article(SUMMIT),
        mentions=tuple(
            Mention(start, end, "PER", entity=f"e{number}", level=level)
            for number, (start, end, _) in enumerate(links)
        ),
        entities=tuple(
            Entity(f"e{number}", "PER", wikidata=item) for number, (*_, item) in enumerate(links)
        ),
    )


GOLD = linked((*AT_PUTIN, "Q7747"), (*AT_RUSSIA, "Q159"), (*AT_TRUMP, NIL), (*AT_AMERICA, None))
STRONG, WEAK, TAGGED, RIGHT = LinkStrong(), LinkWeak(), LinkDocument(), LinkAccuracy()
WITH_NIL = LinkStrong(nil="included")


def counted(metric: LinkMetric, gold: Document, predicted: Document) -> dict[str, list[int]]:
    found = metric.counts([gold], [predicted])  # type: ignore[attr-defined]
    return dict(zip(found.labels, found.total().tolist(), strict=True))


def test_gold_has_two_links_to_score() -> None:
    assert counted(STRONG, GOLD, GOLD) == {"KB": [2, 2, 2]}
    assert counted(WITH_NIL, GOLD, GOLD) == {"KB": [2, 2, 2], "NIL": [1, 1, 1]}


@pytest.mark.parametrize(
    ("given", "strong", "weak"),
    [
        ((*AT_PUTIN, "Q7747"), 1, 1),
        ((*AT_PUTIN, "Q22686"), 0, 0),  # the right span, another item
        ((0, 29, "Q7747"), 0, 1),  # with the title
        ((24, 29, "Q7747"), 0, 1),
        ((29, 33, "Q7747"), 0, 0),  # only touches
    ],
)
def test_strong_wants_the_span_and_weak_an_overlap(given: Linked, strong: int, weak: int) -> None:
    assert counted(STRONG, GOLD, linked(given)) == {"KB": [strong, 1, 2]}
    assert counted(WEAK, GOLD, linked(given)) == {"KB": [weak, 1, 2]}


def test_weak_pairs_one_to_one() -> None:
    twice = linked((0, 4, "Q1"), (5, 9, "Q1"))

    assert counted(WEAK, twice, linked((0, 9, "Q1"))) == {"KB": [1, 1, 2]}
    assert counted(WEAK, linked((0, 9, "Q1")), twice) == {"KB": [1, 2, 1]}
    # [2, 6) overlaps both, and must leave [0, 4) to the one that overlaps nothing else.
    assert counted(WEAK, twice, linked((2, 6, "Q1"), (0, 3, "Q1"))) == {"KB": [2, 2, 2]}


def test_what_nobody_knows_is_ignored_on_both_sides() -> None:
    for metric in (STRONG, WITH_NIL, WEAK, TAGGED):
        found = metric.counts([GOLD], [linked((*AT_AMERICA, "Q30"))])
        assert found.exact()["micro"].precision == 0, metric
        assert found.total()[:, 1].sum() == 0, metric


def test_a_mention_without_an_entity_is_one_of_which_nobody_knows() -> None:
    gold = replace(linked((*AT_PUTIN, "Q7747")), mentions=(PUTIN, replace(RUSSIA, entity="e0")))

    assert counted(STRONG, gold, linked((*AT_PUTIN, "Q1"))) == {"KB": [0, 0, 1]}


def test_a_span_near_one_that_nobody_knows_is_spurious() -> None:
    start, end = AT_AMERICA

    assert counted(STRONG, GOLD, linked((start - 11, end, "Q30"))) == {"KB": [0, 1, 2]}
    assert counted(WEAK, GOLD, linked((start - 11, end, "Q30"))) == {"KB": [0, 1, 2]}


def test_a_span_of_which_one_mention_is_known_is_scored() -> None:
    gold = linked((*AT_PUTIN, None), (*AT_PUTIN, "Q7747"))

    assert counted(STRONG, gold, linked((*AT_PUTIN, "Q1"))) == {"KB": [0, 1, 1]}


def test_a_link_where_gold_says_nil_is_spurious() -> None:
    prediction = linked((*AT_TRUMP, "Q22686"))

    assert counted(STRONG, GOLD, prediction) == {"KB": [0, 1, 2]}
    assert counted(WITH_NIL, GOLD, prediction) == {"KB": [0, 1, 2], "NIL": [0, 0, 1]}


def test_nil_is_an_answer_only_where_it_is_included() -> None:
    prediction = linked((*AT_TRUMP, NIL), (*AT_PUTIN, NIL))

    assert counted(STRONG, GOLD, prediction) == {"KB": [0, 0, 2]}
    assert counted(WITH_NIL, GOLD, prediction) == {"KB": [0, 0, 2], "NIL": [1, 2, 1]}


def test_a_predicted_mention_that_was_not_linked_is_left_out() -> None:
    unlinked = linked((*AT_PUTIN, None))
    unlisted = replace(unlinked, entities=None)

    assert counted(WITH_NIL, GOLD, unlinked) == {"KB": [0, 0, 2], "NIL": [0, 0, 1]}
    assert counted(WITH_NIL, GOLD, unlisted) == {"KB": [0, 0, 2], "NIL": [0, 0, 1]}


def test_equal_links_collapse() -> None:
    assert counted(STRONG, GOLD, linked((*AT_PUTIN, "Q7747"), (*AT_PUTIN, "Q7747"))) == {
        "KB": [1, 1, 2]
    }


def test_one_span_with_two_items_is_two_links() -> None:
    prediction = linked((*AT_PUTIN, "Q7747"), (*AT_PUTIN, "Q1"))

    assert counted(STRONG, GOLD, prediction) == {"KB": [1, 2, 2]}


def test_levels_choose_the_mentions_on_each_side() -> None:
    nominal = linked((*AT_PUTIN, "Q7747"), level="NOM")

    assert counted(STRONG, GOLD, nominal) == {"KB": [0, 0, 2]}
    assert counted(LinkStrong(levels="NAM+NOM"), GOLD, nominal) == {"KB": [1, 1, 2]}
    assert counted(LinkStrong(levels="NOM"), nominal, nominal) == {"KB": [1, 1, 1]}


def test_a_mention_of_another_level_is_not_one_of_which_nobody_knows() -> None:
    gold = linked((*AT_PUTIN, None), level="NOM")
    gold = replace(gold, entities=(*(gold.entities or ()), Entity("e9", "PER", wikidata="Q1")))

    assert counted(STRONG, gold, linked((*AT_PUTIN, "Q7747"))) == {"KB": [0, 1, 0]}


def test_a_document_is_tagged_with_an_item_once_wherever_it_is() -> None:
    prediction = linked((3, 5, "Q7747"), (6, 8, "Q7747"), (*AT_PUTIN, "Q30"), (*AT_TRUMP, NIL))

    assert counted(TAGGED, GOLD, prediction) == {"KB": [1, 2, 2]}


def test_tags_of_a_document_cannot_be_divided() -> None:
    with pytest.raises(InvalidError, match=r"link\.document counts whole documents"):
        TAGGED.counts([GOLD], [], unit="sentence")


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([(*AT_PUTIN, "Q7747"), (*AT_RUSSIA, "Q7747")], {"KB": [1, 2, 2]}),
        ([(*AT_PUTIN, "Q7747"), (0, 4, "Q1")], {"KB": [1, 1, 1]}),
        ([(*AT_PUTIN, None)], {"KB": [0, 1, 1]}),
        ([(*AT_PUTIN, NIL)], {"KB": [0, 1, 1]}),
        ([(*AT_TRUMP, NIL), (*AT_AMERICA, "Q30")], {"KB": [0, 0, 0]}),
        ([(*AT_PUTIN, "Q7747"), (*AT_PUTIN, "Q1")], {"KB": [0, 1, 1]}),
    ],
)
def test_accuracy_is_the_share_of_right_items_among_found_mentions(
    links: list[Linked], expected: dict[str, list[int]]
) -> None:
    assert counted(RIGHT, GOLD, linked(*links)) == expected


def test_accuracy_with_nil_wants_nil_for_nil() -> None:
    metric = LinkAccuracy(nil="included")

    assert counted(metric, GOLD, GOLD) == {"KB": [2, 2, 2], "NIL": [1, 1, 1]}
    assert counted(metric, GOLD, linked((*AT_TRUMP, "Q22686"))) == {
        "KB": [0, 0, 0],
        "NIL": [0, 1, 1],
    }


def test_gold_in_which_nobody_looked_for_items_is_left_out() -> None:
    unlinked = linked((*AT_PUTIN, None), doc_id="unlinked")
    without = replace(GOLD, doc_id="without", entities=None)
    empty = Document("empty", mentions=(), entities=())

    for metric in (STRONG, WEAK, TAGGED, RIGHT):
        assert metric.counts([GOLD, unlinked, without, empty], []).units == (SUMMIT, "empty")


def test_a_document_without_gold_links_does_not_hide_false_positives() -> None:
    empty = Document("empty", mentions=(), entities=())

    found = STRONG.counts([GOLD, empty], [GOLD, linked((0, 4, "Q1"), doc_id="empty")])

    assert found.exact()["micro"] == of_counts(2, 3, 2)


def test_a_pair_belongs_to_the_sentence_of_its_gold_mention() -> None:
    divided = replace(linked((10, 20, "Q1")), sentences=(Span(0, 9), Span(9, 200)))

    found = WEAK.counts([divided], [linked((5, 12, "Q1"))], unit="sentence")

    assert found.table[:, 0].tolist() == [[0, 0, 0], [1, 1, 1]]


@pytest.mark.parametrize(
    ("metric", "name"),
    [
        (STRONG, "link.strong"),
        (LinkWeak(levels="NOM+NAM", nil="included"), "link.weak(levels=NAM+NOM,nil=included)"),
        (LinkDocument.under({"levels": "PRO"}), "link.document(levels=PRO)"),
        (LinkAccuracy.under({}), "link.accuracy"),
    ],
)
def test_names_are_spelled_one_way(metric: LinkMetric, name: str) -> None:
    assert (metric.name, repr(metric)) == (name, name)


def test_parameters_state_the_policies() -> None:
    assert LinkWeak(levels="NOM+NAM").parameters == {
        "unit": "char",
        "match": "overlap",
        "pairing": "one-to-one",
        "span": "bare",
        "duplicates": "collapse",
        "unknown": "ignored",
        "levels": "NAM+NOM",
        "nil": "excluded",
    }


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownNameError, match=r"value of nil in link\.strong"):
        LinkStrong(nil="clustered")  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match=r"parameter of link\.document 'nil'"):
        LinkDocument(nil="included")
    with pytest.raises(InvalidError, match=r"levels of link\.weak must be some of NAM"):
        LinkWeak(levels="NAME")


def test_links_are_of_spans_and_in_order() -> None:
    assert Scored(nil="included").links(GOLD, linked((3, 5, "Q2"), (0, 2, "Q1"))).predicted == [
        Link(0, 2, "Q1"),
        Link(3, 5, "Q2"),
    ]
