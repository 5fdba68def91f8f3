"""``vinee report`` as a user runs it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from vinee.bench import result, scoring
from vinee.bench.result import System
from vinee.cli.reporting import report
from vinee.corpus import predictions
from vinee.corpus.gold import documents
from vinee.errors import InputError, InvalidError
from vinee.resources import root

RULES = root() / "benchmark" / "predictions" / "rules.jsonl"
CRF = root() / "benchmark" / "predictions" / "crf.jsonl"
ARTICLE = "000_050def64e66b55bf"

app = typer.Typer()
app.command()(report)


def run(folder: Path, *arguments: str | Path) -> tuple[str, str]:
    """Run the command; give the page and what was said on standard error."""
    out = folder / "page.html"
    done = CliRunner().invoke(app, [*map(str, arguments), "--out", str(out)])
    if done.exception is not None:
        raise done.exception
    assert done.stdout == f"The report is in {out}\n"
    return out.read_text(encoding="utf-8"), done.stderr


@pytest.fixture
def board(tmp_path: Path) -> Path:
    """A folder with one system's result and predictions."""
    read = predictions.read(RULES, documents())
    system = System("our rules", "7")
    scored = scoring.score(read, "timex", gold=documents(), system=system)
    result.write(tmp_path / "results" / "our_rules.timex.json", scored)
    (tmp_path / "predictions").mkdir()
    shutil.copy(RULES, tmp_path / "predictions" / "our_rules.jsonl")
    return tmp_path


def test_files_of_predictions_are_scored_and_shown(tmp_path: Path) -> None:
    page, said = run(tmp_path, RULES, CRF, "--task", "ner")

    assert "Gold and rules" in page
    assert "Gold and crf" in page
    assert page.count('class="plot"') == 1
    assert f">{ARTICLE}<" in page
    assert said == ""


def test_a_task_that_the_file_has_nothing_for_is_named(tmp_path: Path) -> None:
    page, _ = run(tmp_path, CRF, "--task", "timex", "--task", "ner")

    assert "no prediction has the layer &#39;timexes&#39;" in page


def test_a_system_of_the_leaderboard_is_known_by_its_name(board: Path) -> None:
    page, _ = run(board, "our rules", "--folder", board, "--task", "timex")

    assert "Gold and our rules" in page
    assert "<b>our rules</b> 7." in page


def test_a_result_alone_gives_no_articles_and_says_so(board: Path) -> None:
    page, said = run(board, board / "results" / "our_rules.timex.json")

    assert "articles are not shown for <b>our rules</b>" in page
    assert "<article" not in page
    assert "the page has no articles" in said


def test_results_and_predictions_go_together(board: Path) -> None:
    page, said = run(board, board / "results" / "our_rules.timex.json", CRF, "--task", "ner")

    assert "articles are not shown for <b>our rules</b>" in page
    assert "Gold and crf" in page
    assert said == ""


def test_a_gold_with_labels_of_its_own(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    document = {
        "doc_id": "d",
        "text": "Nga gặp Mỹ",
        "mentions": [{"start": 0, "end": 3, "type": "LAND"}],
    }
    gold.write_text(json.dumps(document), encoding="utf-8")
    shutil.copy(gold, tmp_path / "mine.jsonl")

    page, _ = run(tmp_path, tmp_path / "mine.jsonl", "--gold", gold, "--task", "ner_fine")

    assert "gold and predicted </span>LAND" in page


def test_what_is_wrong_is_left_out_if_asked(tmp_path: Path) -> None:
    file = tmp_path / "wild.jsonl"
    bad = {"doc_id": ARTICLE, "mentions": [{"start": 0, "end": 99_999, "type": "PER"}]}
    file.write_text(json.dumps(bad), encoding="utf-8")

    _, said = run(tmp_path, file, "--lenient", "--task", "ner")

    assert said.startswith("left out: ")


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    shutil.copy(RULES, tmp_path / "rules.jsonl")

    with pytest.raises(InvalidError, match="give each file a name of its own"):
        run(tmp_path, RULES, tmp_path / "rules.jsonl", "--task", "ner")


def test_what_is_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither a file nor a system"):
        run(tmp_path, "nobody", "--folder", tmp_path)


def test_the_same_page_twice(tmp_path: Path) -> None:
    assert run(tmp_path, RULES, "--task", "timex") == run(tmp_path, RULES, "--task", "timex")


def test_five_articles_and_four_systems_stay_small(tmp_path: Path) -> None:
    files = [RULES.with_stem(name) for name in ("annotator_a4", "crf", "rules", "underthesea")]

    page, _ = run(tmp_path, *files, "--task", "ner_fine", "--task", "ner")

    assert len(page.encode("utf-8")) < 3_000_000


def test_help_names_the_options() -> None:
    done = CliRunner().invoke(app, ["--help"])

    assert done.exit_code == 0
    assert "--lenient" in done.stdout
