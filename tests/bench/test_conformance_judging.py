"""When an answer is right, and what is told of it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from vinee.bench.conformance import judging, ours, published, report
from vinee.bench.conformance.case import SCORES, Answer, Case, Expected, Numbers, Triple

CASES = published.cases()
CASE = Case(
    "a@ner.strict",
    "ner.strict",
    "why",
    "own",
    "1 correct",
    Expected(
        Triple("1/2", "1", "2/3"),
        labels={"PER": Triple("1", "1", "1"), "ORG": Triple(None, None, None)},
        units={"d": Triple("0", "0", "0")},
    ),
)
RIGHT = {"precision": "1/2", "recall": 1, "f1": 2 / 3}


def verdict(**answer: Any) -> judging.Verdict:
    given = msgspec.convert({"id": CASE.id, **answer}, Answer)
    return judging.judge([CASE], {CASE.id: given}).verdicts[0]


@pytest.mark.parametrize(
    ("expected", "got", "same"),
    [
        ("2/3", "2/3", True),
        ("2/3", "4/6", True),
        ("2/3", "667/1000", False),
        ("2/3", 2 / 3, True),
        ("2/3", 0.6666666667, True),
        ("2/3", 0.6667, False),
        ("1", 1, True),
        ("1", 1.0, True),
        ("0", 0, True),
        ("0", None, False),
        (None, None, True),
        (None, 0, False),
        (None, 0.0, False),
        ("1", "1/0", False),
        ("1", "one", False),
        ("1", float("nan"), False),
        ("1", float("inf"), False),
    ],
)
def test_fractions_are_equal_and_decimals_near(
    expected: str | None, got: str | float | None, same: bool
) -> None:
    assert judging.same(expected, got) is same


def test_a_right_answer_passes_and_its_decimals_are_counted() -> None:
    found = verdict(micro=RIGHT)

    assert (found.status, found.decimals) == ("passed", 1)


def test_labels_and_units_are_compared_where_some_are_answered() -> None:
    whole = {"precision": "1", "recall": "1", "f1": "1"}
    none = {"precision": "0", "recall": "0", "f1": "0"}

    assert verdict(micro=RIGHT, labels={"PER": whole}, units={"d": none}).status == "passed"
    wrong = verdict(micro=RIGHT, labels={"LOC": none, "ORG": whole}, units={"d": whole})
    assert {each.score.rpartition(".")[0] for each in wrong.differences} == {
        "labels.PER",
        "labels.ORG",
        "units.d",
    }


def test_a_wrong_score_is_told_with_what_was_expected() -> None:
    (difference,) = verdict(micro={**RIGHT, "recall": "1/2"}).differences

    assert difference == judging.Difference("micro.recall", "1", "1/2")


def test_skipping_is_no_failure_and_silence_is() -> None:
    assert verdict(skipped="no NER").status == "skipped"
    assert verdict().reason == "the answer has neither 'micro' nor 'skipped'"
    silent = judging.judge([CASE], {})
    assert (silent.verdicts[0].status, silent.conforms) == ("failed", False)


@pytest.mark.parametrize("value", [True, "0.5", "-1/2", [1], {}])
def test_what_is_no_score_is_refused(value: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"id": "x", "micro": {**RIGHT, "f1": value}}, Answer)


def test_every_score_of_micro_must_be_answered() -> None:
    with pytest.raises(msgspec.ValidationError, match="f1"):
        msgspec.convert({"id": "x", "micro": {"precision": 1, "recall": 1}}, Answer)


def broken(change: Any) -> set[str]:
    """Let every answer be changed, and return the scenarios that notice it."""
    answers = {}
    for name, answer in ours.answers(CASES).items():
        assert answer.micro is not None
        answers[name] = msgspec.structs.replace(
            answer, micro=change(answer.micro), labels={}, units={}
        )
    failed = (each for each in judging.judge(CASES, answers).verdicts if each.status == "failed")
    return {each.case.id for each in failed}


def test_zero_in_place_of_undefined_is_noticed_by_all_cases_of_that_kind() -> None:
    zero = Numbers(0, 0, 0)

    failed = broken(lambda micro: zero if micro.f1 is None else micro)

    assert failed == {case.id for case in CASES if case.expected.micro.f1 is None}


def test_exchanged_precision_and_recall_are_noticed() -> None:
    failed = broken(lambda micro: Numbers(micro.recall, micro.precision, micro.f1))

    different = {
        case.id for case in CASES if case.expected.micro.precision != case.expected.micro.recall
    }
    assert failed == different
    assert len({case.family for case in CASES if case.id in failed}) >= 30


def test_an_implementation_that_keeps_duplicates_fails_the_cases_of_duplicates() -> None:
    cases = [case for case in CASES if case.metric == "ner.strict"]
    answers = {case.id: counted_as_lists(case) for case in cases}

    failed = {
        each.case.id.partition("@")[0]
        for each in judging.judge(cases, answers).verdicts
        if each.status == "failed"
    }

    assert failed == {"mentions-predicted-twice", "mentions-gold-twice"}


def counted_as_lists(case: Case) -> Answer:
    given = {each.doc_id: each for each in case.predicted or ()}
    correct = predicted = gold = 0
    for each in case.gold or ():
        if each.mentions is not None:
            wanted = [(one.start, one.end, one.type) for one in each.mentions]
            other = given.get(each.doc_id)
            found = [(one.start, one.end, one.type) for one in (other and other.mentions) or ()]
            gold, predicted = gold + len(wanted), predicted + len(found)
            correct += len(set(wanted) & set(found))
    if not predicted + gold:
        return Answer(case.id, Numbers(None, None, None))
    values = correct / (predicted or 1), correct / (gold or 1), 2 * correct / (predicted + gold)
    return Answer(case.id, Numbers(*values))


def test_the_report_says_what_failed_and_why() -> None:
    answers = {CASE.id: Answer(CASE.id, Numbers("1/2", None, 0.5))}

    written = report.text(judging.judge([CASE], answers, ["line 3 is no answer"]))

    assert written.splitlines() == [
        "             passed   failed  skipped",
        "ner.strict        0        1        0",
        "all               0        1        0",
        "1 scores are decimals, and were compared within 1e-09",
        "failed a@ner.strict: why",
        "  micro.recall: expected 1, got not defined",
        "  micro.f1: expected 2/3, got 0.5",
        "  1 correct",
        "problem: line 3 is no answer",
        "does not conform",
    ]


def test_the_report_as_json_holds_the_same() -> None:
    answers = {CASE.id: Answer(CASE.id, skipped="later")}

    found = report.to_json(judging.judge([CASE], answers))

    assert found == {
        "conforms": False,
        "cases": 1,
        "decimals": 0,
        "tolerance": 1e-9,
        "families": {"ner.strict": {"passed": 0, "failed": 0, "skipped": 1}},
        "failed": [],
        "skipped": [{"id": CASE.id, "reason": "later"}],
        "problems": [],
    }


def test_every_score_is_compared() -> None:
    for score in SCORES:
        assert verdict(micro={**RIGHT, score: "1/7"}).status == "failed"
