"""Systems whose results are in the folder already, beside those that run now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from small_gold import gold

from vinee.bench import leaderboard, result
from vinee.bench.baselines import Bench, bench
from vinee.bench.earlier import gather

if TYPE_CHECKING:
    from pathlib import Path

    from vinee.bench.result import Result

PERFECT, HALF = "small_gold:Perfect", "small_gold:Half"
OTHER_GOLD = "0" * 64


def ran(out: Path, *extractors: str) -> Bench:
    return bench(extractors, out, gold=gold())


def stored(out: Path, **changes: object) -> Result:
    """Put the stored result of half on ner in another shape."""
    path = out / "results" / "half.ner.json"
    changed = replace(result.read(path), **changes)
    result.write(path, changed)
    return changed


def of_other_gold(out: Path) -> Result:
    corpus = replace(result.read(out / "results" / "half.ner.json").corpus, hash=OTHER_GOLD)
    return stored(out, corpus=corpus)


def systems(board: leaderboard.Leaderboard) -> set[str]:
    return {name for name, _, _ in board.systems}


def test_a_system_that_ran_earlier_stands_beside_those_that_run_now(tmp_path: Path) -> None:
    ran(tmp_path, HALF)

    found = ran(tmp_path, PERFECT)

    assert systems(found.leaderboard) == {"half", "perfect"}
    assert {each.system.name for each in found.results} == {"perfect"}


def test_both_runs_give_what_one_run_of_both_gives(tmp_path: Path) -> None:
    both = ran(tmp_path / "both", HALF, PERFECT)
    ran(tmp_path / "after", HALF)

    after = ran(tmp_path / "after", PERFECT)

    assert after.leaderboard == both.leaderboard
    assert after.report.read_bytes() == both.report.read_bytes()


def test_a_result_of_another_gold_is_made_anew_from_the_predictions(tmp_path: Path) -> None:
    ran(tmp_path, HALF)
    before = (tmp_path / "results" / "half.ner.json").read_bytes()
    of_other_gold(tmp_path)

    found = ran(tmp_path, PERFECT)

    assert (tmp_path / "results" / "half.ner.json").read_bytes() == before
    assert found.left_out == {}


def test_a_result_of_another_program_is_made_anew(tmp_path: Path) -> None:
    ran(tmp_path, HALF)
    path = tmp_path / "results" / "half.ner.json"
    before = path.read_text("utf-8")
    path.write_text(before.replace("|version:", "|version:0.0."), "utf-8")
    assert path.read_text("utf-8") != before

    ran(tmp_path, PERFECT)

    assert path.read_text("utf-8") == before


def test_a_current_result_stays_as_it_was_scored(tmp_path: Path) -> None:
    ran(tmp_path, HALF)
    kept = stored(tmp_path, notes=("scored by hand",))

    found = gather(tmp_path, gold(), ran=())

    assert kept in found.results
    assert found.anew == []


def test_a_result_of_another_gold_without_predictions_is_named(tmp_path: Path) -> None:
    ran(tmp_path, HALF)
    of_other_gold(tmp_path)
    (tmp_path / "predictions" / "half.jsonl").unlink()

    found = ran(tmp_path, PERFECT)

    assert list(found.left_out) == ["half, ner"]
    assert "there are no predictions" in found.left_out["half, ner"]
    assert not any("half" in row.system for row in found.leaderboard.tables[0].rows)


def test_predictions_for_other_texts_are_named(tmp_path: Path) -> None:
    ran(tmp_path, HALF)
    of_other_gold(tmp_path)
    path = tmp_path / "predictions" / "half.jsonl"
    path.write_text(path.read_text("utf-8").replace("Vladimir", "Wladimir"), "utf-8")

    found = ran(tmp_path, PERFECT)

    assert "do not fit the gold" in found.left_out["half, ner"]


def test_a_system_that_never_ran_on_an_article_is_left_out(tmp_path: Path) -> None:
    ran(tmp_path, HALF)
    of_other_gold(tmp_path)
    path = tmp_path / "predictions" / "half.jsonl"
    *kept, _ = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(kept), "utf-8")

    found = ran(tmp_path, PERFECT)

    last = gold()[-1].doc_id
    why = f"it never ran on {last!r} (1 such); run it again"
    assert found.left_out == {"half, ner": why}


def test_what_learnt_from_another_gold_must_run_again(tmp_path: Path) -> None:
    ran(tmp_path, HALF)
    result_of_half = of_other_gold(tmp_path)
    fitted = "leave one document out: fitted, for each of the 3 documents, on the other 2"
    stored(tmp_path, system=replace(result_of_half.system, trained_on=fitted))

    found = ran(tmp_path, PERFECT)

    assert found.left_out == {"half, ner": "it learnt from another gold; run it again"}


def test_a_current_result_without_predictions_is_listed(tmp_path: Path) -> None:
    ran(tmp_path, HALF)
    (tmp_path / "predictions" / "half.jsonl").unlink()

    found = ran(tmp_path, PERFECT)

    assert "half" in systems(found.leaderboard)


def test_a_file_that_is_no_result_is_named(tmp_path: Path) -> None:
    ran(tmp_path, HALF)
    (tmp_path / "results" / "notes.json").write_text("{}", "utf-8")

    found = ran(tmp_path, PERFECT)

    assert list(found.left_out) == ["notes.json"]


def test_a_task_that_is_no_more_is_named(tmp_path: Path) -> None:
    ran(tmp_path, HALF)
    of_other_gold(tmp_path)
    stored(tmp_path, task="nerr")

    found = gather(tmp_path, gold(), ran=())

    assert "nerr" in found.left_out["half, nerr"]


def test_a_system_that_runs_now_is_not_taken_from_the_folder(tmp_path: Path) -> None:
    ran(tmp_path, HALF)

    found = gather(tmp_path, gold(), ran={"half"})

    assert (found.results, found.predictions, found.left_out) == ([], {}, {})


def test_what_cannot_run_here_leaves_the_others_listed(tmp_path: Path) -> None:
    ran(tmp_path, HALF)

    found = ran(tmp_path, "small_gold:Uninstalled")

    assert systems(found.leaderboard) == {"half"}
    assert list(found.skipped) == ["small_gold:Uninstalled"]
