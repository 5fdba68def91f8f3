from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from small_gold import PEACE, SUMMIT, VISIT, gold

from vinee.bench import scoring, tasks
from vinee.bench.resampling import Resampling
from vinee.bench.result import Result, System
from vinee.bench.significance.changed import Change, changes
from vinee.bench.significance.tables import of_changes, of_comparisons
from vinee.bench.significance.versus import TESTS, compare, pairs_of
from vinee.bench.tables import render
from vinee.errors import InvalidError, UnknownNameError
from vinee.model import Document, Mention


def scored(name: str, mentions: int, task: str = "ner", **settings: Any) -> Result:
    """A result of a system that finds so many of each document's names."""
    predicted = [
        Document(each.doc_id, mentions=(each.mentions or ())[:mentions]) for each in gold()
    ]
    return scoring.score(predicted, task, gold=gold(), system=System(name), **settings)


ALL, MOST, SAME = scored("all", 9), scored("most", 3), scored("same", 3)


def test_the_difference_is_that_of_the_scores() -> None:
    found = compare([ALL, MOST], metrics=["ner.strict"]).pairs[0]

    assert found.first_score is not None
    assert found.second_score is not None
    assert found.test.difference == found.first_score - found.second_score


def test_identical_systems_have_p_of_one() -> None:
    for test in TESTS:
        for found in compare([MOST, SAME], test=test):
            assert (found.test.p, found.adjusted_p, found.test.difference) == (1.0, 1.0, 0.0)
            assert found.changed == ()


def test_exchanging_the_systems_changes_the_sign_only() -> None:
    there = compare([ALL, MOST], metrics=["boundary"]).pairs[0]
    back = compare([MOST, ALL], metrics=["boundary"]).pairs[0]

    assert there.test.difference is not None
    assert back.test.difference == -there.test.difference
    assert back.test.p == there.test.p


def test_every_pair_is_compared_by_every_shared_metric() -> None:
    found = compare([ALL, MOST, SAME])

    assert len(found.pairs) == 3 * len(ALL.metrics)


def test_the_others_are_compared_with_one_if_asked() -> None:
    found = compare([ALL, MOST, SAME], metrics=["ner.strict"], against="most")

    assert [(each.first, each.second) for each in found] == [("all", "most"), ("same", "most")]


def test_p_values_are_corrected_for_the_number_of_pairs() -> None:
    by_sentence = Resampling("sentence")
    one, other, third = (scored(str(n), n, resampling=by_sentence) for n in (9, 0, 1))

    alone = compare([one, other], metrics=["ner.strict"]).pairs[0]
    three = compare([one, other, third], metrics=["ner.strict"]).pairs[0]

    assert alone.adjusted_p == alone.test.p
    assert three.test.p == alone.test.p
    assert three.adjusted_p is not None
    assert alone.test.p is not None
    assert three.adjusted_p > alone.test.p


def test_chain_metrics_are_compared_too() -> None:
    from vinee.corpus.gold import documents

    ours = documents()
    fewer = [
        replace(
            each,
            mentions=tuple(m for m in each.mentions or () if m.level == "NAM"),
            events=None,
        )
        for each in ours
    ]
    one, other = (
        scoring.score(each, "coref", system=System(name))
        for name, each in (("all", ours), ("names", fewer))
    )

    found = compare([one, other], metrics=["coref.CoNLL"]).pairs[0]

    assert found.test.difference is not None
    assert found.test.difference > 0
    assert found.test.p == found.test.smallest_p == 2 / 32
    assert found.detectable is None


def test_changed_units_are_listed_with_what_changed() -> None:
    found = compare([ALL, MOST], metrics=["ner.strict"]).pairs[0]

    assert [each.unit for each in found.changed] == [SUMMIT]
    assert found.changed[0].first_correct == found.changed[0].second_correct + 1


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        (scored("b", 9, "ner_fine"), "results of different tasks, ner, ner_fine"),
        (scored("b", 9, resampling=Resampling("sentence")), "resampled is document for the first"),
        (
            scoring.score([], "ner", gold=gold()[:2], system=System("b")),
            "hash is [0-9a-f]+ for the first and [0-9a-f]+ for the second",
        ),
    ],
)
def test_what_the_signatures_keep_apart_is_not_compared(other: Result, problem: str) -> None:
    with pytest.raises(InvalidError, match=problem):
        compare([ALL, other])


def test_how_intervals_were_drawn_does_not_keep_results_apart() -> None:
    other = scored("other", 3, resampling=Resampling(method="bca", seed=0, draws=99))

    assert compare([ALL, other], metrics=["ner.strict"]).pairs[0].test.p is not None


def test_one_result_is_not_a_comparison() -> None:
    with pytest.raises(InvalidError, match="takes two results or more"):
        compare([ALL])


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"metrics": ["events.TC"]}, "unknown metric of these results 'events.TC'; known: bound"),
        ({"against": "nobody"}, "unknown system of these results 'nobody'; known: all, most"),
        ({"test": "t"}, "unknown test 't'; known: bootstrap, randomisation"),
    ],
)
def test_an_unknown_name_is_told_which_there_are(settings: dict[str, Any], problem: str) -> None:
    with pytest.raises(UnknownNameError, match=problem):
        compare([ALL, MOST], **settings)


def test_a_comparison_is_a_data_frame_with_a_row_a_pair() -> None:
    frame = compare([ALL, MOST, SAME], metrics=["ner.strict"]).to_pandas()

    assert frame[["first", "second"]].to_numpy().tolist() == [
        ["all", "most"],
        ["all", "same"],
        ["most", "same"],
    ]
    assert {"difference", "p", "holm_p", "low", "high", "detectable"} <= set(frame.columns)


def test_tables_say_how_it_was_tested_and_what_it_cannot_show() -> None:
    text = render(of_comparisons(compare([ALL, MOST], metrics=["ner.strict"])), "text")

    assert "paired approximate randomisation of 3 documents (all 2); two-sided, ties count" in text
    assert "with 1 document on which they differ no p below 1 is possible" in text
    assert "Note: only 3 documents" in text


def by_sentence(*mentions: int) -> list[Result]:
    return [scored(str(n), n, resampling=Resampling("sentence")) for n in mentions]


def test_a_test_without_a_small_p_detects_nothing_and_says_so() -> None:
    found = compare([ALL, MOST], metrics=["ner.strict"])

    assert found.pairs[0].detectable is None
    assert "this test can detect no difference at 0.05 with so few units" in render(
        of_comparisons(found), "text"
    )


def test_a_unit_that_the_counts_do_not_have_is_told() -> None:
    found = compare([ALL, MOST], metrics=["ner.strict"])

    assert "ner.strict is counted by document here, not by sentence" in (
        of_comparisons(found, "sentence")[0].notes
    )
    assert not any("counted by" in each for each in of_comparisons(found)[0].notes)


def test_what_can_be_detected_depends_on_the_number_of_pairs() -> None:
    names = Mention(0, 3, "GPE"), Mention(4, 6, "GPE")
    wanted = [Document(f"d{n}", text="Nga Mỹ", mentions=names) for n in range(6)]
    fewer = [replace(each, mentions=names[: n % 2]) for n, each in enumerate(wanted)]
    first, second, third = (
        scoring.score(found, "ner", gold=wanted, system=System(name))
        for name, found in (("all", wanted), ("some", fewer), ("others", fewer))
    )

    alone = compare([first, second], metrics=["ner.strict"]).pairs[0]
    among_two = compare([first, second, third], metrics=["ner.strict"], against="all").pairs[0]

    assert (alone.smallest_adjusted_p, among_two.smallest_adjusted_p) == (2 / 64, 4 / 64)
    assert alone.detectable is not None
    assert among_two.detectable is None


def test_the_record_says_how_the_interval_was_drawn() -> None:
    found = compare(by_sentence(9, 0), metrics=["ner.strict"], resampling=Resampling(draws=500))

    record = found.records()[0]
    assert (record["exact"], record["seed"]) == (True, None)
    assert (record["interval_exact"], record["interval_draws"]) == (False, 500)
    assert record["interval_seed"] == 20250807
    assert "interval: bootstrap, 500 draws, seed 20250807" in of_comparisons(found)[0].notes


def test_the_bootstrap_of_few_units_is_told_to_be_too_bold() -> None:
    text = render(
        of_comparisons(compare([ALL, MOST], metrics=["ner.strict"], test="bootstrap")), "text"
    )

    assert "p of the bootstrap is too small with 3 documents; the exact randomisation test" in text
    assert "is the safer one and has no p below 1" in text


def test_a_metric_may_be_spelled_in_another_way() -> None:
    task = tasks.get("ner").with_metrics(["ner.iou(threshold=3/4)"])
    results = [
        scoring.score(predictions(n), task, gold=gold(), system=System(str(n))) for n in (9, 3)
    ]

    found = compare(results, metrics=["ner.iou(threshold=0.75)", "ner.iou(threshold=6/8)"])

    assert [each.metric for each in found] == ["ner.iou(threshold=3/4)"]


def test_a_comparison_carries_the_signature_that_both_share() -> None:
    found = compare([ALL, scored("other", 3, resampling=Resampling(seed=0))], metrics=["boundary"])

    signature = found.records()[0]["signature"]
    assert isinstance(signature, str)
    assert "|metric:boundary|" in signature
    assert "seed" not in signature
    assert any(each.startswith("boundary: c:user|h:") for each in of_comparisons(found)[0].notes)


def test_a_system_that_was_not_scored_is_refused_with_the_reason() -> None:
    coarse = [Document(SUMMIT, mentions=(Mention(0, 4, "MISC"),))]
    other = scoring.score(coarse, "ner_fine", gold=gold(), system=System("coarse"))

    with pytest.raises(InvalidError, match=r"'coarse' was not scored on ner_fine: .*label MISC"):
        compare([scored("fine", 9, "ner_fine"), other], metrics=["ner.strict"])


def test_two_systems_of_one_name_are_refused() -> None:
    with pytest.raises(InvalidError, match="two systems of one name, 'all', cannot be told apart"):
        compare([ALL, MOST, scored("all", 1)])


def test_a_score_that_is_not_defined_is_told() -> None:
    nothing = [replace(each, mentions=(), events=None) for each in gold()]
    results = [scoring.score(nothing, "ner", gold=nothing, system=System(n)) for n in "ab"]

    notes = of_comparisons(compare(results, metrics=["ner.strict"]))[0].notes

    assert "a: F1 is not defined, since nothing is gold and nothing predicted" in notes


def test_pairs_come_in_the_order_of_the_results() -> None:
    names = [(a.system.name, b.system.name) for a, b in pairs_of([SAME, ALL, MOST])]

    assert names == [("same", "all"), ("same", "most"), ("all", "most")]


def predictions(mentions: int) -> list[Document]:
    return [
        Document(
            each.doc_id,
            mentions=None if each.mentions is None else each.mentions[:mentions],
            timexes=each.timexes,
            events=None if each.events is None else each.events[:mentions],
        )
        for each in gold()
    ]


def changed(
    first: list[Document], second: list[Document], metric: str = "ner.strict"
) -> tuple[Change, ...]:
    task = tasks.get("events" if metric.startswith("events.") else "ner_fine")
    found = changes(task.with_metrics([metric]).metrics()[0], gold(), first, second)
    assert found is not None
    return found


def test_items_that_changed_are_listed_with_what_became_of_them() -> None:
    found = changed(predictions(9), predictions(2))

    names = [(each.doc_id, each.text, each.first, each.second) for each in found]
    assert (SUMMIT, "hội nghị thượng đỉnh G20", "correct", "missed") in names
    assert all((each.first, each.second) == ("correct", "missed") for each in found)


def test_what_only_one_system_invents_is_listed_once() -> None:
    invented = [replace(each) for each in predictions(9)]
    first = (invented[0].mentions or ())[0]
    invented[0] = replace(
        invented[0],
        mentions=(*(invented[0].mentions or ()), replace(first, id="x", start=0, end=4, text=None)),
    )

    found = changed(predictions(9), invented)

    assert [(each.kind, each.start, each.first, each.second) for each in found] == [
        ("mention", 0, "absent", "spurious")
    ]


@pytest.mark.parametrize(
    ("metric", "kind"),
    [("ner.strict", "mention"), ("events.TC", "trigger"), ("events.AC+", "argument")],
)
def test_items_are_those_of_the_metric(metric: str, kind: str) -> None:
    assert {each.kind for each in changed(predictions(9), predictions(0), metric)} == {kind}


def test_a_table_of_changes_says_how_many_are_not_shown() -> None:
    found = changed(predictions(9), predictions(0))

    table = of_changes(found, "ner.strict", "all", "none", most=1)

    assert len(table.rows) == len(table.records) == 1
    assert table.notes == (f"{len(found) - 1} more are not shown",)


def test_a_comparison_can_be_stored_as_json() -> None:
    found = compare([ALL, MOST], metrics=["ner.strict"])

    assert msgspec.json.decode(msgspec.json.encode(found))["pairs"][0]["metric"] == "ner.strict"


def test_every_article_takes_part() -> None:
    assert {each.doc_id for each in gold()} == {SUMMIT, VISIT, PEACE}
