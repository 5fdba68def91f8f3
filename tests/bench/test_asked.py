"""What went wrong with a language model's answers stands in the result, and so under the table."""

from __future__ import annotations

from small_gold import gold

from vinee.bench import asked, leaderboard, scoring
from vinee.model import Document


def answered(doc_id: str, problems: object, usage: object) -> Document:
    return Document(doc_id, mentions=(), meta={"llm": {"problems": problems}, "usage": usage})


def test_problems_tokens_and_cost_are_summed() -> None:
    documents = [
        answered("a", {"lost": 2, "unreadable": 4}, {"prompt_tokens": 1000, "cost": 0.004}),
        answered(
            "b",
            {"lost": 3, "unreadable": 6},
            {"prompt_tokens": 234, "completion_tokens": 56, "cost": 0.006},
        ),
    ]

    told = "llm: lost 5, unreadable 10; 1,234 prompt tokens, 56 answer tokens, cost 0.01"
    assert asked.note(documents) == told


def test_a_model_without_problems_says_so() -> None:
    assert asked.note([answered("a", {}, {"prompt_tokens": 9})]) == (
        "llm: no problems; 9 prompt tokens"
    )


def test_other_systems_have_no_such_note() -> None:
    assert asked.note([Document("a", mentions=(), meta={"usage": {"prompt_tokens": 9}})]) is None


def test_what_anybody_else_wrote_there_is_not_counted() -> None:
    strange = {"prompt_tokens": "many", "completion_tokens": True, "cost": 1e300}

    assert asked.note([answered("a", ["lost"], strange)]) == "llm: no problems"


def test_lost_answers_stand_in_the_result_and_under_the_table() -> None:
    lost = [answered(each.doc_id, {"lost": 1}, {}) for each in gold()]

    result = scoring.score(lost, "ner", gold=gold())

    assert result.notes == ("llm: lost 3",)
    assert "unnamed: llm: lost 3" in leaderboard.build([result]).notes
