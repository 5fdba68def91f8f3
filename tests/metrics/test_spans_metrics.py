"""What each metric of paired mentions counts, on the opening of one article."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from small_documents import SUMMIT, TypeView, article, mention

from vinee.corpus.views import EntityView
from vinee.errors import InvalidError, UnknownNameError
from vinee.metrics.ner import Boundary, NerStrict
from vinee.metrics.spans.either import NerEither
from vinee.metrics.spans.exact import NerExact
from vinee.metrics.spans.iou import NerIou
from vinee.metrics.spans.nested import NerNested
from vinee.metrics.spans.partial import NerPartial
from vinee.metrics.spans.typed import NerType
from vinee.model import Document, Mention, Span

if TYPE_CHECKING:
    from vinee.metrics.base import Metric

# "Tổng thống Nga Vladimir Putin gặp Tổng thống Mỹ Donald Trump ..."
RUSSIA = mention(SUMMIT, "Nga", "GPE")
PUTIN = mention(SUMMIT, "Vladimir Putin", "PER")
TRUMP = mention(SUMMIT, "Donald Trump", "PER")
PRESIDENT = mention(SUMMIT, "Tổng thống Nga", "TITLE")  # holds RUSSIA
PHRASE = mention(SUMMIT, "Tổng thống Nga Vladimir Putin", "PER")  # holds three of the others
TITLED = replace(PUTIN, extent=Span(PHRASE.start, PHRASE.end))
VIEW = TypeView()
FINE = EntityView("fine")
OUTER = EntityView("fine", "outer")


def micro(metric: Metric, gold: tuple[Mention, ...], *predicted: Mention) -> list[Fraction | int]:
    """Return what was correct, predicted and gold, of all labels."""
    documents = [Document(SUMMIT, mentions=gold)], [Document(SUMMIT, mentions=predicted)]
    total = metric.counts(*documents).table.sum(axis=(0, 1)).tolist()
    return [Fraction(number) for number in total]


def counted(metric: Metric, gold: tuple[Mention, ...], *predicted: Mention) -> dict[str, list[int]]:
    """Return what was correct, predicted and gold, of the labels that occur."""
    tally = metric.counts([Document(SUMMIT, mentions=gold)], [Document(SUMMIT, mentions=predicted)])
    rows = zip(tally.columns, tally.table.sum(axis=0).tolist(), strict=True)
    return {label: row for label, row in rows if any(row)}


def test_exact_ignores_the_label() -> None:
    assert counted(NerExact(VIEW), (PUTIN,), replace(PUTIN, type="ORG")) == {"span": [1, 1, 1]}


def test_exact_keeps_two_labels_on_one_span_apart_where_boundary_joins_them() -> None:
    gold = (RUSSIA, replace(RUSSIA, type="ORG"))

    assert micro(NerExact(VIEW), gold, RUSSIA) == [1, 1, 2]
    assert micro(Boundary(VIEW), gold, RUSSIA) == [1, 1, 1]


def test_exact_gives_nothing_for_an_overlap() -> None:
    assert micro(NerExact(VIEW), (PUTIN,), PHRASE) == [0, 1, 1]


def test_partial_gives_half_for_an_overlap_of_any_label() -> None:
    assert micro(NerPartial(VIEW), (PUTIN,), replace(PHRASE, type="ORG")) == [Fraction(1, 2), 1, 1]
    assert micro(NerPartial(VIEW), (PUTIN,), replace(PUTIN, type="ORG")) == [1, 1, 1]


def test_partial_gives_nothing_for_mentions_that_touch() -> None:
    touching = Mention(PUTIN.end, PUTIN.end + 4, "PER")

    assert micro(NerPartial(VIEW), (PUTIN,), touching) == [0, 1, 1]


def test_partial_finds_one_of_two_under_a_long_prediction() -> None:
    assert micro(NerPartial(VIEW), (RUSSIA, PUTIN), PHRASE) == [Fraction(1, 2), 1, 2]


@pytest.mark.parametrize("predicted", [(RUSSIA, PRESIDENT), (PRESIDENT, RUSSIA)])
def test_partial_takes_the_exact_one_of_several_in_any_order(
    predicted: tuple[Mention, ...],
) -> None:
    assert micro(NerPartial(VIEW), (PRESIDENT,), *predicted) == [1, 2, 1]


def test_partial_credit_is_kept_exactly() -> None:
    gold = [Document(SUMMIT, mentions=(RUSSIA, PUTIN, TRUMP))]
    predicted = [Document(SUMMIT, mentions=(PRESIDENT, PUTIN))]

    scores = NerPartial(VIEW).counts(gold, predicted).exact()["micro"]

    assert scores == (Fraction(3, 4), Fraction(1, 2), Fraction(3, 5))


def test_type_needs_an_overlap_and_the_label() -> None:
    assert counted(NerType(VIEW), (PUTIN, RUSSIA), PHRASE, replace(RUSSIA, type="ORG")) == {
        "GPE": [0, 0, 1],
        "ORG": [0, 1, 0],
        "PER": [1, 1, 1],
    }


def test_type_pairs_one_to_one() -> None:
    halves = replace(PUTIN, end=PUTIN.start + 8), replace(PUTIN, start=PUTIN.start + 9)

    assert micro(NerType(VIEW), (PUTIN,), *halves) == [1, 2, 1]


def test_iou_is_compared_exactly_at_the_threshold() -> None:
    gold = Mention(0, 3, "PER")

    assert micro(NerIou(VIEW, threshold=Fraction(1, 3)), (gold,), Mention(0, 1, "PER")) == [1, 1, 1]
    assert micro(NerIou(VIEW, threshold=Fraction(1, 2)), (gold,), Mention(0, 1, "PER")) == [0, 1, 1]
    assert micro(NerIou(VIEW), (gold,), Mention(1, 3, "PER")) == [1, 1, 1]


def test_iou_needs_the_label() -> None:
    assert micro(NerIou(VIEW), (PUTIN,), replace(PUTIN, type="ORG")) == [0, 1, 1]


def test_iou_pairs_as_many_as_can_be() -> None:
    # The first prediction could take either gold mention, the second only the longer one.
    gold = (Mention(0, 4, "PER"), Mention(0, 6, "PER"))

    assert micro(NerIou(VIEW), gold, Mention(0, 5, "PER"), Mention(1, 9, "PER")) == [2, 2, 2]


def test_iou_of_one_is_strict() -> None:
    gold = (PUTIN, RUSSIA, PRESIDENT)
    given = (PUTIN, PRESIDENT, replace(RUSSIA, type="ORG"), replace(TRUMP, end=TRUMP.end - 1))

    assert counted(NerIou(VIEW, threshold=Fraction(1)), gold, *given) == counted(
        NerStrict(VIEW), gold, *given
    )


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("0.5", "ner.iou"),
        ("1/2", "ner.iou"),
        ("2/4", "ner.iou"),
        ("0.75", "ner.iou(threshold=3/4)"),
        ("1.0", "ner.iou(threshold=1)"),
    ],
)
def test_a_threshold_is_spelled_in_one_way(spelled: str, name: str) -> None:
    parameters = NerIou.family.complete({"threshold": spelled})

    assert NerIou.under(VIEW, parameters).name == name
    assert NerIou.family.spell(parameters) == name


@pytest.mark.parametrize("spelled", ["0", "1.01", "-1/2", "half", "1/0", "nan", "inf"])
def test_a_threshold_out_of_range_is_refused(spelled: str) -> None:
    with pytest.raises(InvalidError, match="must be a number above 0 and at most 1"):
        NerIou.family.complete({"threshold": spelled})


@pytest.mark.parametrize("threshold", [Fraction(0), Fraction(3, 2)])
def test_a_threshold_out_of_range_is_refused_from_python(threshold: Fraction) -> None:
    with pytest.raises(InvalidError, match="must be a number above 0 and at most 1"):
        NerIou(VIEW, threshold=threshold)


def test_nested_counts_what_lies_in_or_holds_another() -> None:
    gold = (RUSSIA, PRESIDENT, TRUMP)

    assert counted(NerNested(VIEW), gold, RUSSIA, PRESIDENT, TRUMP) == {
        "GPE": [1, 1, 1],
        "TITLE": [1, 1, 1],
    }


def test_nested_gives_a_flat_system_nothing() -> None:
    assert micro(NerNested(VIEW), (RUSSIA, PRESIDENT, TRUMP), PRESIDENT, TRUMP) == [0, 0, 2]


def test_nested_takes_two_labels_on_one_span_as_in_each_other() -> None:
    gold = (RUSSIA, replace(RUSSIA, type="ORG"))

    assert micro(NerNested(VIEW), gold, *gold) == [2, 2, 2]
    assert micro(NerNested(VIEW), gold, RUSSIA, RUSSIA) == [0, 0, 2]


def test_nested_leaves_out_mentions_that_only_cross_or_touch() -> None:
    gold = (Mention(0, 5, "PER"), Mention(3, 8, "PER"), Mention(8, 9, "PER"))

    assert micro(NerNested(VIEW), gold, *gold) == [0, 0, 0]


def test_nested_sees_depth_and_what_lies_in_between() -> None:
    gold = (
        Mention(0, 9, "A"),
        Mention(1, 3, "B"),
        Mention(2, 3, "C"),
        Mention(2, 12, "D"),
        Mention(10, 12, "E"),
        Mention(20, 22, "F"),
    )

    assert set(counted(NerNested(VIEW), gold, *gold)) == set("ABCDE")


def test_nested_sees_all_mentions_also_where_a_task_asks_for_the_outermost() -> None:
    gold = (RUSSIA, PRESIDENT)

    assert micro(NerNested(OUTER), gold, *gold) == [2, 2, 2]
    assert NerNested(OUTER).parameters["nesting"] == "all"
    with pytest.raises(UnknownNameError, match=r"parameter of ner\.nested"):
        NerNested.family.complete({"nesting": "outer"})


def test_either_takes_the_bare_span_or_the_extent() -> None:
    bare, whole = PUTIN, replace(PHRASE, extent=None)

    assert micro(NerEither(FINE), (TITLED,), bare) == [1, 1, 1]
    assert micro(NerEither(FINE), (TITLED,), whole) == [1, 1, 1]
    assert micro(NerEither(FINE), (TITLED,), replace(PUTIN, start=PRESIDENT.start + 1)) == [0, 1, 1]
    assert micro(NerStrict(FINE), (TITLED,), whole) == [0, 1, 1]


def test_either_finds_a_mention_once() -> None:
    assert micro(NerEither(FINE), (TITLED,), PUTIN, PHRASE) == [1, 2, 1]


def test_either_needs_the_label() -> None:
    assert micro(NerEither(FINE), (TITLED,), replace(PHRASE, type="ORG")) == [0, 1, 1]


def test_either_does_not_look_at_a_predicted_extent() -> None:
    other = Mention(TRUMP.start, TRUMP.end, "PER", extent=Span(PUTIN.start, PUTIN.end))

    assert micro(NerEither(FINE), (TITLED,), other) == [0, 1, 1]


def test_either_leaves_a_span_to_the_mention_that_has_no_other() -> None:
    # PHRASE is a gold mention of its own and the extent of TITLED.
    assert micro(NerEither(FINE), (TITLED, PHRASE), PUTIN, PHRASE) == [2, 2, 2]


def test_either_accepts_all_extents_of_mentions_that_are_one() -> None:
    shorter = replace(PUTIN, extent=Span(RUSSIA.start, PUTIN.end))
    short = Mention(RUSSIA.start, PUTIN.end, "PER")

    for gold in ((TITLED, shorter), (shorter, TITLED)):
        assert micro(NerEither(FINE), gold, short) == [1, 1, 1]
        assert micro(NerEither(FINE), gold, PHRASE) == [1, 1, 1]


def test_either_takes_labels_levels_and_nesting_from_the_view() -> None:
    coarse = EntityView("coarse", levels=("NAM", "NOM"))
    gold = (replace(TITLED, level="NOM"), replace(RUSSIA, gpe_role="ORG"))

    assert counted(NerEither(FINE), gold, PHRASE) == {"GPE": [0, 0, 1], "PER": [0, 1, 0]}
    assert counted(NerEither(coarse), gold, PHRASE) == counted(
        NerStrict(coarse), gold, replace(PHRASE, start=PUTIN.start)
    )
    assert micro(NerEither(OUTER), (PRESIDENT, RUSSIA), PRESIDENT, RUSSIA) == [1, 1, 1]


def test_either_looks_at_bare_spans_also_where_a_task_asks_for_extents() -> None:
    extents = EntityView("fine", span="extent")

    assert micro(NerEither(extents), (TITLED,), PUTIN) == [1, 1, 1]
    assert NerEither(extents).parameters["span"] == "bare+extent"
    with pytest.raises(UnknownNameError, match=r"parameter of ner\.either"):
        NerEither.family.complete({"span": "bare"})


def test_parameters_of_the_view_are_in_the_name() -> None:
    parameters = NerPartial.family.complete({"levels": "NOM+NAM"})

    assert NerPartial.under(FINE, parameters).name == "ner.partial(levels=NAM+NOM)"


def test_parameters_state_view_and_policies() -> None:
    assert NerPartial(VIEW).parameters == {
        "view": "type",
        "unit": "char",
        "match": "overlap",
        "pairing": "one-to-one",
        "nested": "allowed",
        "duplicates": "collapse",
        "label": "ignored",
        "credit": "1/2",
    }
    assert NerIou(VIEW).parameters["threshold"] == "1/2"
    assert NerType(VIEW).parameters["label"] == "compared"
    assert NerNested(VIEW).parameters["nested"] == "only"


def test_a_pair_belongs_to_the_sentence_of_its_gold_mention() -> None:
    text = article(SUMMIT)
    cut = PUTIN.start
    gold = Document(SUMMIT, text=text, sentences=(Span(0, cut), Span(cut, 400)), mentions=(PUTIN,))
    predicted = Document(SUMMIT, mentions=(PHRASE, Mention(0, 1, "PER")))

    counts = NerType(VIEW).counts([gold], [predicted], "sentence")

    assert counts.table[:, 0].tolist() == [[0, 1, 0], [1, 1, 1]]
