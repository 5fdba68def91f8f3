"""Scores by attributes: what each attribute is, and that the buckets are a partition."""

from __future__ import annotations

import sys
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_documents import SUMMIT, article, event, mention

from vinee.corpus.views import EntityView
from vinee.errors import InvalidError, MissingExtraError
from vinee.metrics.diagnostics import (
    Arguments,
    Attribute,
    Bucket,
    Mentions,
    Side,
    attributes,
    bucketed,
    compared,
)
from vinee.metrics.diagnostics.seen import seen
from vinee.metrics.diagnostics.segmented import segmented
from vinee.model import Document, Entity, Level, Mention, Section, Span

ALL: tuple[Level, ...] = ("NAM", "NOM", "PRO")
MENTIONS = Mentions(EntityView("fine", levels=ALL))
TEXT = article(SUMMIT)


def values(attribute: Attribute, document: Document, kind: Mentions = MENTIONS) -> list[str]:
    """The value of each item of a gold document."""
    side = Side(kind, document, document, document, tuple(kind.items(document)))
    return list(attribute.values(side))


def phrases(*found: str, label: str = "PER", text: str = TEXT) -> Document:
    """A document in which phrases are marked where they stand first."""
    spans = [(text.index(phrase), len(phrase)) for phrase in found]
    return Document(
        "d", text=text, mentions=tuple(Mention(at, at + size, label) for at, size in spans)
    )


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Nga", "1"),
        ("Donald Trump", "2"),
        ("Tổng thống Nga", "3"),
        ("hội nghị thượng đỉnh", "4+"),
        ("hội nghị thượng đỉnh G20", "4+"),
    ],
)
def test_length_is_told_in_syllables(phrase: str, expected: str) -> None:
    assert values(attributes.LENGTH, phrases(phrase)) == [expected]


def test_nesting_is_of_the_items_of_one_side() -> None:
    document = phrases("Tổng thống Nga Vladimir Putin", "Tổng thống Nga", "Nga", "Donald Trump")

    # In order of the text; "Tổng thống Nga" holds "Nga", but is inside the longest.
    assert values(attributes.NESTING, document) == ["nested", "holding", "nested", "alone"]


def test_items_that_cross_or_have_one_span_are_not_nested() -> None:
    crossing = Document(
        "d",
        text=TEXT,
        mentions=(Mention(0, 5, "PER"), Mention(3, 8, "PER"), Mention(3, 8, "GPE")),
    )

    assert values(attributes.NESTING, crossing) == ["alone"] * 3


def test_outermost_name_holds_what_the_view_leaves_out() -> None:
    outer = Mentions(EntityView("fine", "outer"))

    found = values(attributes.NESTING, phrases("hội nghị thượng đỉnh G20", "G20"), outer)

    assert found == ["holding"]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 6)), max_size=7))
@settings(max_examples=50, derandomize=True)
def test_nesting_is_as_its_definition_has_it(found: list[tuple[int, int]]) -> None:
    spans = sorted({(start, start + length) for start, length in found})
    document = Document("d", text=TEXT, mentions=tuple(Mention(*span, "PER") for span in spans))

    def holds(one: tuple[int, int], other: tuple[int, int]) -> bool:
        return one != other and one[0] <= other[0] and other[1] <= one[1]

    assert values(attributes.NESTING, document) == [
        "nested"
        if any(holds(other, span) for other in spans)
        else "holding"
        if any(holds(span, other) for other in spans)
        else "alone"
        for span in spans
    ]


def test_section_is_the_one_that_the_item_starts_in() -> None:
    document = Document(
        "d",
        text=TEXT,
        sections=(Section(5, 10, "caption"), Section(12, 40, "body")),
        mentions=(Mention(5, 13, "PER"), Mention(10, 11, "PER"), Mention(12, 13, "PER")),
    )

    assert values(attributes.SECTION, document) == ["caption", "none", "body"]


def test_item_before_all_sections_has_none() -> None:
    document = Document("d", text=TEXT, mentions=(Mention(0, 3, "PER"),))

    assert values(attributes.SECTION, document) == ["none"]


def test_sentence_is_told_by_its_syllables() -> None:
    text = "Mưa. " + "Trời mưa to " * 4 + "."
    document = phrases("Mưa", "Trời", text=text)

    assert values(attributes.SENTENCE, document) == ["1-10", "11-20"]


def test_sentences_of_gold_go_before_those_by_rule() -> None:
    given_ = Document(
        "d",
        text="Một hai. Ba bốn.",
        sentences=(Span(0, 16),),
        mentions=(Mention(9, 11, "PER"),),
    )
    text = "một " * 12
    whole = Document(
        "d", text=text, sentences=(Span(0, 19), Span(20, 47)), mentions=(Mention(0, 3, "PER"),)
    )

    assert values(attributes.SENTENCE, given_) == ["1-10"]
    assert values(attributes.SENTENCE, whole) == ["1-10"]


def test_string_is_seen_in_another_document_only() -> None:
    one = phrases("Nga", "Donald Trump")
    other = Document("e", text="Nga", mentions=(Mention(0, 3, "GPE"),))

    assert values(seen(MENTIONS, [one]), one) == ["unseen", "unseen"]
    assert values(seen(MENTIONS, [one, other]), one) == ["seen", "unseen"]
    assert values(seen(MENTIONS, [other]), one) == ["seen", "unseen"]


def test_strings_are_folded() -> None:
    document = phrases("hoà bình", text="sông hoà bình")
    other = Document("e", text="hòa\nbình", mentions=(Mention(0, 8, "LOC"),))
    shouting = Document("e", text="HOÀ BÌNH", mentions=(Mention(0, 8, "LOC"),))

    assert values(seen(MENTIONS, [other]), document) == ["seen"]
    assert values(seen(MENTIONS, [shouting]), document) == ["unseen"]


def test_what_is_seen_needs_texts() -> None:
    with pytest.raises(InvalidError, match=r"e: \$\.text: must have its text"):
        seen(MENTIONS, [Document("e", mentions=(Mention(0, 3, "GPE"),))])


def test_entity_is_counted_over_all_of_gold() -> None:
    mentions = tuple(Mention(at, at + 1, "PER", entity="e1") for at in range(2))
    joined = (Entity("e1", "PER", corpus_id="putin"),)
    gold = [
        Document("d", text=TEXT, entities=joined, mentions=(*mentions, Mention(5, 6, "TITLE"))),
        Document("e", text=TEXT, entities=joined, mentions=mentions[:1]),
        Document("f", text=TEXT, entities=(Entity("e1", "PER"),), mentions=mentions[:1]),
    ]
    attribute = attributes.entity_frequency(gold)

    assert [values(attribute, each) for each in gold] == [["2-4", "2-4", "none"], ["2-4"], ["1"]]


def test_entities_of_a_document_alone_are_not_joined_by_their_ids() -> None:
    alone = (Entity("e1", "PER"),)
    mentions = (Mention(0, 1, "PER", entity="e1"),)
    gold = [Document(each, text=TEXT, entities=alone, mentions=mentions) for each in "de"]
    attribute = attributes.entity_frequency(gold)

    assert [values(attribute, each) for each in gold] == [["1"], ["1"]]


def test_level_is_that_of_each_side() -> None:
    gold = Document("d", text=TEXT, mentions=(Mention(0, 10, "PER", level="NOM"),))
    predicted = Document("d", mentions=(Mention(0, 10, "PER", level="NAM"),))

    found = bucketed(MENTIONS, compared(MENTIONS, [gold], [predicted]), attributes.LEVEL)

    assert found.buckets == (Bucket("NAM", 0, 0, 1, 1), Bucket("NOM", 1, 1, 0, 0))


def test_arguments_say_whether_their_trigger_is_there() -> None:
    filler = ("Entity", 15, 29)
    gold = Document(
        "d",
        events=(
            event("Contact.Meet", (30, 33), filler),
            event("Contact.Meet", (40, 43), filler),
            event("Contact.Meet", (50, 53), filler),
        ),
    )
    predicted = Document(
        "d",
        events=(
            event("Contact.Meet", (30, 33)),
            event("Contact.Contact", (40, 43), filler),
        ),
    )
    documents = compared(Arguments(), [gold], [predicted])

    found = bucketed(Arguments(), documents, attributes.TRIGGER)

    assert found.buckets == (
        Bucket("same", 1, 0, 0, 0),
        Bucket("other type", 1, 0, 1, 0),
        Bucket("not there", 1, 0, 0, 0),
    )


def test_entity_that_words_cut_is_told() -> None:
    pytest.importorskip("underthesea", reason="needs the extra baselines")
    text = "Tổng thống Nga gặp Tổng thống Mỹ"
    document = Document(
        "d",
        text=text,
        # Of "Tổng thống", which is one word, the first syllable.
        mentions=(Mention(0, 10, "TITLE"), Mention(0, 4, "TITLE"), Mention(5, 10, "TITLE")),
    )

    assert values(segmented(), document) == ["cut", "whole", "cut"]


def test_words_need_their_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    monkeypatch.setitem(sys.modules, "underthesea", None)

    with pytest.raises(MissingExtraError, match="baselines"):
        segmented()


def test_gold_needs_its_text() -> None:
    document = Document("d", mentions=(Mention(0, 3, "PER"),))

    with pytest.raises(InvalidError, match="document-without-text"):
        values(attributes.LENGTH, document)


def test_scores_of_a_bucket_are_exact() -> None:
    bucket = Bucket("NAM", gold=4, found=3, predicted=2, right=1)

    assert bucket.recall == Fraction(3, 4)
    assert bucket.precision == Fraction(1, 2)
    assert bucket.f1 == Fraction(3, 5)


def test_f1_is_that_of_the_metric_where_both_sides_agree() -> None:
    assert Bucket("NAM", gold=7, found=3, predicted=5, right=3).f1 == Fraction(2 * 3, 7 + 5)


@pytest.mark.parametrize(
    ("bucket", "scores"),
    [
        (Bucket("x", 3, 0, 0, 0), (0, 0, 0)),
        (Bucket("x", 0, 0, 3, 0), (0, 0, 0)),
        (Bucket("x", 0, 0, 0, 0), (None, None, None)),
        (Bucket("x", 4, 1), (None, Fraction(1, 4), None)),
    ],
)
def test_scores_without_items_are_those_of_metrics(
    bucket: Bucket, scores: tuple[Fraction | None, ...]
) -> None:
    assert (bucket.precision, bucket.recall, bucket.f1) == scores


def test_bucket_in_json_has_counts_and_scores() -> None:
    assert Bucket("NAM", 4, 1).to_json() == {
        "name": "NAM",
        "gold": 4,
        "found": 1,
        "predicted": None,
        "right": None,
        "recall": 0.25,
        "precision": None,
        "f1": None,
    }


levels: st.SearchStrategy[Level] = st.sampled_from(ALL)
mentions = st.builds(
    lambda start, length, label, level: Mention(start, start + length, label, level=level),
    st.integers(0, 60),
    st.integers(1, 20),
    st.sampled_from(["PER", "GPE"]),
    levels,
)
sides = st.lists(st.lists(mentions, max_size=6), min_size=3, max_size=3)


@given(sides, sides)
@settings(max_examples=30, derandomize=True)
def test_buckets_are_a_partition(gold: list[list[Mention]], predicted: list[list[Mention]]) -> None:
    golds = [
        Document(str(number), text=TEXT, mentions=tuple(each)) for number, each in enumerate(gold)
    ]
    documents = compared(
        MENTIONS,
        golds,
        [Document(str(number), mentions=tuple(each)) for number, each in enumerate(predicted)],
    )
    every = [case for each in documents for case in each.cases]
    correct = sum(case.outcome == "correct" for case in every)

    for attribute in (
        attributes.LABEL,
        attributes.LENGTH,
        attributes.LEVEL,
        attributes.NESTING,
        attributes.SECTION,
        attributes.SENTENCE,
        attributes.ARTICLE,
        attributes.entity_frequency(golds),
        seen(MENTIONS, golds),
    ):
        found = bucketed(MENTIONS, documents, attribute).buckets
        assert sum(each.gold for each in found) == sum(case.gold is not None for case in every)
        assert sum(each.found for each in found) == correct
        if not attribute.gold_only:
            given_ = sum(case.predicted is not None for case in every)
            assert sum(each.predicted or 0 for each in found) == given_
            assert sum(each.right or 0 for each in found) == correct
        assert all(each.found <= each.gold for each in found)
        assert len({each.name for each in found}) == len(found)


def test_same_documents_on_both_sides_are_counted_on_both() -> None:
    document = Document(SUMMIT, text=TEXT, mentions=(mention(SUMMIT, "Nga", "GPE"),))

    found = bucketed(MENTIONS, compared(MENTIONS, [document], [document]), attributes.LABEL)

    assert found.buckets == (Bucket("GPE", 1, 1, 1, 1),)


def test_buckets_in_json_say_what_they_are() -> None:
    document = Document(SUMMIT, text=TEXT, mentions=())

    found = bucketed(MENTIONS, compared(MENTIONS, [document], []), attributes.LENGTH)

    assert found.to_json() == {
        "attribute": "length",
        "about": "syllables of the item",
        "gold_only": False,
        "buckets": [],
    }
