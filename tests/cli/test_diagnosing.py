"""``vinee diagnose`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from vinee import resources
from vinee.cli.diagnosing import diagnose
from vinee.errors import InvalidError

STORED = resources.root() / "benchmark" / "predictions"
SUMMIT = "000_050def64e66b55bf"

app = typer.Typer()
app.command()(diagnose)


def run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(app, [*map(str, arguments), "--no-words"])
    if done.exception is not None:
        raise done.exception
    return done.stdout


def test_tables_are_printed() -> None:
    lines = run(STORED / "rules.jsonl").splitlines()

    assert lines[0] == "ner, mentions: what became of 289 gold and 287 predicted items"
    assert lines[2].split() == ["correct", "span", "and", "label", "right", "266", "92.0%", "92.7%"]


@pytest.mark.parametrize("task", ["ner", "ner_fine", "mentions", "events", "timex"])
def test_task_can_be_chosen(task: str) -> None:
    assert run(STORED / "rules.jsonl", "--task", task).startswith(f"{task}, ")


def test_examples_are_listed() -> None:
    assert "at most 2 examples" in run(STORED / "rules.jsonl", "--examples", "2")


def test_gold_may_be_in_any_format_with_labels_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "gold.conll").write_text("Nga\tB-LAND\ngặp\tO\nMỹ\tB-LAND\n", "utf-8")
    (tmp_path / "found.conll").write_text("Nga\tB-LAND\ngặp\tO\nMỹ\tO\n", "utf-8")

    lines = run(tmp_path / "found.conll", "--gold", tmp_path / "gold.conll").splitlines()

    assert lines[0] == "ner, mentions: what became of 2 gold and 1 predicted items"


def test_json_has_everything() -> None:
    found = json.loads(run(STORED / "crf.jsonl", "--json"))

    (items,) = found["items"]
    assert found["schema"] == "vinee.diagnosis/1"
    assert items["outcomes"]["correct"] == 243
    assert sum(case["gold"] is not None for case in items["cases"]) == items["gold"] == 289


def test_json_is_printable_and_loses_nothing(tmp_path: Path) -> None:
    label = "\x7f\u202e\U000e0041Nga"
    document = {
        "doc_id": SUMMIT,
        "text": "Nga gặp Mỹ",
        "mentions": [{"start": 0, "end": 3, "type": label}],
    }
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(document), "utf-8")

    written = run(file, "--gold", file, "--task", "ner_fine", "--json")

    assert all(line.isprintable() for line in written.splitlines())
    assert json.loads(written)["items"][0]["cases"][0]["gold"]["label"] == label


def test_format_can_be_chosen() -> None:
    tables = json.loads(run(STORED / "rules.jsonl", "--format", "json"))

    assert tables[0]["rows"][0]["items"] == 266
    assert run(STORED / "rules.jsonl", "--format", "csv").startswith("table,class,items")


def test_training_decides_what_was_seen(tmp_path: Path) -> None:
    other = tmp_path / "train.jsonl"
    document = {"doc_id": "x", "text": "Mỹ", "mentions": [{"start": 0, "end": 2, "type": "GPE"}]}
    other.write_text(json.dumps(document, ensure_ascii=False), "utf-8")

    found = json.loads(run(STORED / "rules.jsonl", "--training", other, "--json"))

    strings = next(e for e in found["items"][0]["buckets"] if e["attribute"] == "string")
    assert [each["gold"] for each in strings["buckets"]] == [40, 249]


def test_what_is_wrong_is_left_out_if_asked(tmp_path: Path) -> None:
    file = tmp_path / "system.jsonl"
    bad = {"doc_id": SUMMIT, "mentions": [{"start": 0, "end": 99_999, "type": "PER"}]}
    file.write_text(json.dumps(bad), "utf-8")

    done = CliRunner().invoke(app, [str(file), "--lenient", "--no-words"])

    assert done.exit_code == 0
    assert done.stderr.startswith("left out: ")
    assert done.stdout.startswith("ner, mentions: what became of 289 gold and 0 predicted items")


def test_layer_that_is_not_there_is_an_error() -> None:
    with pytest.raises(InvalidError, match="no predicted document has the layer 'timexes'"):
        run(STORED / "crf.jsonl", "--task", "timex")


def test_help_names_the_options() -> None:
    done = CliRunner().invoke(app, ["--help"])

    assert done.exit_code == 0
    assert "--examples" in done.stdout


def test_gold_and_training_may_be_in_any_format(tmp_path: Path) -> None:
    gold = tmp_path / "test.conll"
    gold.write_text("Bà O\nHoa B-PERSON\nthăm O\nLào B-PLACE\n", "utf-8")
    training = tmp_path / "train"
    training.mkdir()
    (training / "a.txt").write_text("Hoa mưa", "utf-8")
    (training / "a.ann").write_text("T1\tPERSON 0 3\tHoa\nT2\tPLACE 4 7\tLào\n", "utf-8")

    printed = run(
        *(gold, "--gold", gold, "--training", training, "--task", "ner_fine", "--lenient-gold")
    )

    assert printed.startswith("ner_fine, mentions: what became of 2 gold and 2 predicted items")
    (seen,) = [line for line in printed.splitlines() if "seen" in line.split()]
    assert seen.split()[:3] == ["string", "seen", "1"]
