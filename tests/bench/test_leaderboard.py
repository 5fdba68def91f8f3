from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from rich.console import Console
from small_gold import gold

from vinee.bench import leaderboard, render, result, scoring, tables
from vinee.bench.claims import SystemClaims
from vinee.bench.result import Result, System
from vinee.model import Document

if TYPE_CHECKING:
    from pathlib import Path

EVERY = SystemClaims(("PER", "LOC", "ORG", "MISC"), scheme="coarse")
PEOPLE = SystemClaims(("PER",))


def scored(
    name: str,
    mentions: int = 9,
    claims: SystemClaims = EVERY,
    task: str = "ner",
    documents: int = 3,
) -> Result:
    """A result of a system that finds so many of each document's names."""
    predicted = [
        Document(each.doc_id, mentions=(each.mentions or ())[:mentions], events=each.events)
        for each in (Document(d.doc_id, mentions=d.mentions, events=()) for d in gold())
    ]
    reference = gold()[:documents]
    return scoring.score(
        predicted[:documents],
        task,
        gold=reference,
        system=System(name, "1", "nothing", claims=claims),
    )


def systems(results: list[Result]) -> list[tuple[str, str]]:
    return [(row.system, row.scope) for row in leaderboard.build(results).tables[0].rows]


def test_systems_are_ordered_by_the_headline_and_then_by_name() -> None:
    results = [scored("b"), scored("worse", 1), scored("a"), scored("none", 0)]

    assert [name for name, _ in systems(results)] == ["a", "b", "worse", "none"]


def test_claimed_labels_stand_below_where_they_are_not_all() -> None:
    assert systems([scored("every"), scored("people", claims=PEOPLE)]) == [
        ("every", "all"),
        ("people", "all"),
        ("people", "claimed"),
    ]


def test_results_that_may_not_be_compared_get_tables_of_their_own() -> None:
    board = leaderboard.build([scored("a"), scored("b", documents=2)])

    assert [[row.system for row in table.rows] for table in board.tables] in (
        [["a"], ["b"]],
        [["b"], ["a"]],
    )


def test_tasks_stand_in_the_order_of_the_file() -> None:
    fine = replace(EVERY, scheme="fine", entities=("PER", "GPE"))
    board = leaderboard.build([scored("a", claims=fine, task="ner_fine"), scored("a")])

    assert [table.task for table in board.tables] == ["ner", "ner_fine"]


def test_seqeval_figures_stand_beside() -> None:
    table = leaderboard.build([scored("a")]).tables[0]

    assert table.header == (
        *("System", "Labels", "P", "R", "F1", "95% interval"),
        *("seqeval", "seqeval strict", "boundary"),
    )
    assert table.body[0] == ("a", "all", *("1.000",) * 3, "1.000–1.000", *("1.000",) * 3)


def test_what_is_not_defined_is_a_dash() -> None:
    nothing = [Document(each.doc_id, text=each.text, mentions=()) for each in gold()]

    board = leaderboard.build([scoring.score(nothing, "ner", gold=nothing)])

    assert board.tables[0].rows[0].cells[:4] == ("–", "–", "–", "–")


def test_a_system_that_was_not_scored_is_named() -> None:
    board = leaderboard.build([scored("a", task="ner_fine")])

    assert board.tables == ()
    assert board.notes == (
        "ner_fine: not scored: the task: the system's labels are coarse, the task's fine (a)",
    )


def test_systems_that_were_not_scored_for_the_same_reason_share_a_line() -> None:
    board = leaderboard.build([scored("b", task="ner_fine"), scored("a", task="ner_fine")])

    assert board.notes == (
        "ner_fine: not scored: the task: the system's labels are coarse, the task's fine (a, b)",
    )


def test_documents_without_prediction_are_named() -> None:
    board = leaderboard.build([scoring.score([], "ner", gold=gold()[:1], system=System("a"))])

    assert f"a, ner: no prediction for {gold()[0].doc_id}" in board.notes[0]


def test_a_note_of_several_systems_and_tasks_is_given_once() -> None:
    noted = [
        replace(scored(name, task=task), notes=("label map PERSON=PER",))
        for name in ("a", "b")
        for task in ("ner", "mentions")
    ]

    notes = leaderboard.build(noted).notes

    assert [note for note in notes if "label map" in note] == ["a, b: label map PERSON=PER"]


@pytest.mark.parametrize("form", ["text", "markdown", "latex", "json"])
def test_every_form_of_the_tables_has_the_notes_once(form: tables.Form) -> None:
    noted = [
        replace(scored("a", task=task), notes=("dropped entity:JOB: 3",))
        for task in ("ner", "mentions")
    ]

    shown = tables.render(leaderboard.plain_tables(leaderboard.build(noted)), form)

    assert shown.count("JOB: 3") == 1


def test_the_order_of_results_changes_nothing() -> None:
    results = [scored("b"), scored("a"), scored("people", claims=PEOPLE), scored("c", 1)]

    assert render.markdown(leaderboard.build(results)) == render.markdown(
        leaderboard.build(results[::-1])
    )


def test_results_are_read_from_a_folder(tmp_path: Path) -> None:
    for name in ("b", "a"):
        result.write(tmp_path / f"{name}.ner.json", scored(name))

    assert [each.system.name for each in leaderboard.read_folder(tmp_path)] == ["a", "b"]


def test_markdown_tables_have_equal_rows() -> None:
    lines = render.markdown(leaderboard.build([scored("a|b"), scored("c")])).splitlines()
    widths = {len(re.findall(r"(?<!\\)\|", line)) for line in lines if line.startswith("| ")}

    assert widths == {10}


@pytest.mark.parametrize("form", [render.plain, render.markdown])
def test_every_form_has_scores_signature_warning_and_training(form: object) -> None:
    assert callable(form)
    text = str(form(leaderboard.build([scored("people", claims=PEOPLE)])))

    assert "1.000" in text
    assert "c:user|h:" in text
    assert "only 3 documents" in text
    assert "nothing" in text


def test_markdown_has_the_signature_of_every_metric() -> None:
    text = render.markdown(leaderboard.build([scored("people", claims=PEOPLE)]))

    assert len(re.findall(r"^- .*: `c:user\|", text, re.MULTILINE)) == 8


def test_a_name_cannot_write_markup_into_markdown() -> None:
    text = render.markdown(leaderboard.build([scored("<b>*x*\n# y")]))

    assert r"\<b\>\*x\* \# y" in text
    assert "\n# y" not in text


def test_the_terminal_gets_names_as_they_are() -> None:
    screen = StringIO()

    Console(file=screen, width=160).print(render.rich(leaderboard.build([scored("[red]x")])))

    assert "[red]x" in screen.getvalue()


def test_plain_text_has_no_escape_codes_and_no_trailing_space() -> None:
    text = render.plain(leaderboard.build([scored("a")]))

    assert "\x1b" not in text
    assert not re.search(r" $", text, re.MULTILINE)
