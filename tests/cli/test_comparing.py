from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vinee.resources import root

CODE = "from vinee.cli import main; main()"
BENCHMARK = root() / "benchmark"


def vinee(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CODE, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=root(),
    )


def test_systems_of_the_leaderboard_are_compared_by_name() -> None:
    done = vinee("compare", "rules", "crf", "--task", "events")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("events, events.TC\n")
    assert "rules  crf" in done.stdout
    assert "only 5 documents" in done.stdout


def test_gold_with_faults_is_compared_on_what_is_left(tmp_path: Path) -> None:
    for name, tag in (("one", "B-PERSON"), ("two", "O")):
        (tmp_path / f"{name}.conll").write_text(f"Bà O\nHoa {tag}\nđi O\n\nxa O\nvà O\n", "utf-8")
    gold = tmp_path / "gold.conll"
    gold.write_text("Bà O\nHoa B-PERSON\nđi O\n\nxa O\nvà O\nxôi\n", "utf-8")
    files = [tmp_path / "one.conll", tmp_path / "two.conll"]
    options = ("--gold", gold, "--task", "ner_fine", "--unit", "sentence")

    strict, lenient = (
        vinee("compare", *files, *options, *more) for more in ((), ("--lenient-gold",))
    )

    assert (strict.returncode, "gold.conll:7" in strict.stderr) == (2, True)
    assert lenient.returncode == 0, lenient.stderr
    assert lenient.stdout.startswith("ner_fine, ner.strict")


def test_files_of_predictions_are_scored_and_compared_with_examples() -> None:
    done = vinee(
        *("compare", BENCHMARK / "predictions/rules.jsonl", BENCHMARK / "predictions/crf.jsonl"),
        *("--task", "ner", "--unit", "sentence", "--interval", "bca", "--examples", 2),
    )

    assert done.returncode == 0, done.stderr
    assert "95 sentences (10000 draws, seed 20250807)" in done.stdout
    assert "more are not shown" in done.stdout


def test_examples_are_the_items_of_the_metric_that_is_compared() -> None:
    done = vinee("compare", "rules", "crf", "--task", "ner", "--examples", 5000, "--json")

    compared, examples = json.loads(done.stdout)
    sides = [[each[side] for each in examples["rows"]] for side in ("first", "second")]
    net = sides[0].count("correct") - sides[1].count("correct")
    assert compared["rows"][0]["metric"] == "ner.strict"
    assert net == 266 - 243
    assert "TITLE" not in {each["label"] for each in examples["rows"]}


def test_a_metric_without_items_says_that_there_are_no_examples(tmp_path: Path) -> None:
    files = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    for file in files:
        shutil.copy(BENCHMARK / "predictions" / "annotator_a4.jsonl", file)

    done = vinee("compare", *files, "--task", "coref", "--metric", "coref.LEA", "--examples", 3)

    assert "examples are not available for coref.LEA" in done.stdout
    assert "items of which" not in done.stdout


@pytest.mark.parametrize("number", [0, 2])
def test_no_more_examples_are_given_to_programs_than_were_asked_for(number: int) -> None:
    done = vinee("compare", "rules", "crf", "--task", "ner", "--examples", number, "--json")

    assert [len(each["rows"]) for each in json.loads(done.stdout)[1:]] == [2][:number]


def test_csv_is_one_table_and_says_where_the_examples_are() -> None:
    done = vinee("compare", "rules", "crf", "--task", "ner", "--examples", 2, "--format", "csv")

    assert [row["first"] for row in csv.DictReader(io.StringIO(done.stdout))] == ["rules"]
    assert "--format text or json has examples" in done.stderr


def test_fewer_than_no_examples_are_refused() -> None:
    assert vinee("compare", "rules", "crf", "--examples", -1).returncode == 2


def test_results_are_compared_as_they_are_stored(tmp_path: Path) -> None:
    for name in ("rules", "crf"):
        shutil.copy(BENCHMARK / "results" / f"{name}.ner.json", tmp_path)

    done = vinee("compare", tmp_path / "rules.ner.json", tmp_path / "crf.ner.json", "--json")

    assert done.returncode == 0, done.stderr
    row = json.loads(done.stdout)[0]["rows"][0]
    assert (row["metric"], row["first"], row["second"]) == ("ner.strict", "rules", "crf")
    assert row["p"] == 0.0625


def test_files_of_one_name_are_named_by_their_paths(tmp_path: Path) -> None:
    files = [tmp_path / name / "out.jsonl" for name in "ab"]
    for file, system in zip(files, ("rules", "crf"), strict=True):
        file.parent.mkdir()
        shutil.copy(BENCHMARK / "predictions" / f"{system}.jsonl", file)

    row = json.loads(vinee("compare", *files, "--json").stdout)[0]["rows"][0]

    assert (row["first"], row["second"]) == tuple(map(str, files))


def test_a_system_against_itself_is_refused() -> None:
    done = vinee("compare", "rules", "rules", "--task", "ner")

    assert done.returncode == 2
    assert "two systems of one name, 'rules', cannot be told apart" in done.stderr


def test_examples_need_predictions(tmp_path: Path) -> None:
    shutil.copy(BENCHMARK / "results" / "crf.ner.json", tmp_path)

    done = vinee("compare", "rules", tmp_path / "crf.ner.json", "--examples", 1)

    assert done.returncode == 2
    assert "examples need the predictions of 'crf'" in done.stderr


def test_results_that_cannot_be_compared_are_refused() -> None:
    files = [BENCHMARK / "results" / f"rules.{task}.json" for task in ("ner", "ner_fine")]

    done = vinee("compare", *files)

    assert done.returncode == 2
    assert "results of different tasks, ner, ner_fine" in done.stderr


def test_an_unknown_system_is_told_which_there_are() -> None:
    done = vinee("compare", "rules", "nobody", "--task", "ner")

    assert done.returncode == 2
    assert "nobody: neither a file nor a system" in done.stderr
    assert "crf, dateparser, rules, underthesea" in done.stderr


def test_the_task_of_a_result_must_be_the_one_compared() -> None:
    done = vinee("compare", BENCHMARK / "results/rules.ner.json", "crf", "--task", "events")

    assert done.returncode == 2
    assert "a result of task 'ner', and 'events' is compared" in done.stderr


def test_the_leaderboard_is_printed_from_stored_results() -> None:
    done = vinee("leaderboard", "--task", "timex")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("timex, by timex.type\n")


def test_markdown_of_all_results_is_the_committed_leaderboard() -> None:
    done = vinee("leaderboard", "--format", "markdown")

    assert done.stdout == (BENCHMARK / "LEADERBOARD.md").read_text(encoding="utf-8")


def test_the_leaderboard_as_csv_has_a_row_a_score() -> None:
    rows = list(csv.DictReader(io.StringIO(vinee("leaderboard", "--format", "csv").stdout)))

    assert {"rules", "crf", "underthesea"} <= {row["system"] for row in rows}
    assert all(0 <= float(row["f1"]) <= 1 for row in rows if row["f1"])


@pytest.mark.parametrize("form", ["latex", "json"])
def test_every_form_is_printed(form: str) -> None:
    assert vinee("leaderboard", "--format", form, "--task", "ner").returncode == 0


def test_a_folder_without_results_is_told(tmp_path: Path) -> None:
    done = vinee("leaderboard", tmp_path)

    assert done.returncode == 2
    assert "holds no results; run `vinee bench` first" in done.stderr


def test_gold_may_be_in_any_format_with_labels_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "gold.conll").write_text("Nga\tB-LAND\ngặp\tO\nMỹ\tB-LAND\n", "utf-8")
    (tmp_path / "one.conll").write_text("Nga\tB-LAND\ngặp\tO\nMỹ\tO\n", "utf-8")
    (tmp_path / "two.conll").write_text("Nga\tO\ngặp\tO\nMỹ\tB-LAND\n", "utf-8")

    done = vinee(
        "compare", tmp_path / "one.conll", tmp_path / "two.conll", "--gold", tmp_path / "gold.conll"
    )

    assert done.returncode == 0, done.stderr
    assert "none of ViNEE's entity labels: LAND" in done.stderr
    assert "0.667" in done.stdout


def test_a_label_of_the_gold_cannot_turn_the_lines_of_a_terminal_round(tmp_path: Path) -> None:
    argument = {"role": "\u202ePlace", "span": {"start": 0, "end": 3}}
    event = {"type": "Meet", "trigger": {"start": 4, "end": 7}}
    for name, arguments in (("gold", [argument]), ("one", [argument]), ("two", [])):
        events = [{**event, "arguments": arguments}]
        document = {"doc_id": "d", "text": "Nga gặp Mỹ", "mentions": [], "events": events}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(document) + "\n", "utf-8")

    done = vinee(
        *("compare", tmp_path / "one.jsonl", tmp_path / "two.jsonl", "--examples", 1),
        *("--gold", tmp_path / "gold.jsonl", "--task", "events", "--metric", "events.AC+"),
    )

    assert done.returncode == 0, done.stderr
    assert r"\u202ePlace" in done.stderr
    assert r"\u202ePlace of Meet" in done.stdout
    assert "\u202e" not in done.stdout + done.stderr
