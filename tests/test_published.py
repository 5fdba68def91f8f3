"""What is published is what the commands give: results, leaderboard, README, report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vinee.bench import leaderboard, render, result, scoring, tasks
from vinee.bench.baselines import BASELINES
from vinee.bench.file_names import file_name
from vinee.corpus import gold, predictions
from vinee.extractors import resolve

ROOT = Path(__file__).parents[1]
RESULTS = sorted((ROOT / "benchmark" / "results").glob("*.json"))
SYSTEMS = sorted({result.read(path).system.name for path in RESULTS})


@pytest.mark.parametrize("path", RESULTS, ids=lambda path: path.stem)
def test_stored_result_is_what_its_stored_predictions_score(path: Path) -> None:
    stored = result.read(path)
    file = ROOT / "benchmark" / "predictions" / f"{file_name(stored.system.name)}.jsonl"

    again = scoring.score(
        predictions.read(file, gold.documents()), stored.task, system=stored.system
    )

    assert result.encode(again) == path.read_bytes()


def test_there_is_a_result_for_each_system_and_task() -> None:
    every = [name for name in SYSTEMS for _ in tasks.known()]

    assert sorted(result.read(path).system.name for path in RESULTS) == every


def test_each_baseline_and_each_system_that_make_systems_runs_is_published() -> None:
    baselines = {resolve(name).name for name in BASELINES}

    assert {*SYSTEMS} == baselines | {"HeidelTime", "ViNLP", "chrono", "vntk"}


def test_leaderboard_is_made_of_the_stored_results() -> None:
    board = leaderboard.build(leaderboard.read_folder(ROOT / "benchmark" / "results"))

    assert render.markdown(board) == (ROOT / "benchmark" / "LEADERBOARD.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_readme_shows_what_bench_prints(name: str) -> None:
    board = leaderboard.build(leaderboard.read_folder(ROOT / "benchmark" / "results"))
    shown = re.search(
        r"<!-- bench -->\n```text\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL
    )

    assert shown is not None
    assert shown[1].startswith(render.plain(board))
