"""From annotators' passes to gold, on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vinee import resources
from vinee.cli.app import app
from vinee.formats import native

PASSES = resources.root() / "annotations" / "passes"
ARTICLE = "001_4b169b2f93d1fecc"


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["corpus", *map(str, arguments)], catch_exceptions=False)
    return result.exit_code, result.output


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """The first pilot pass with one label changed."""
    shutil.copytree(PASSES / "p1", tmp_path / "p9")
    path = tmp_path / "p9" / f"{ARTICLE}.json"
    handed_in = json.loads(path.read_text("utf-8"))
    event = handed_in["sentences"][1]["events"][0]
    event["type"] = "Speech.Ask"
    event["arguments"] = {"Speaker": event["arguments"]["Speaker"]}
    path.write_text(json.dumps(handed_in), "utf-8")
    return tmp_path / "p9"


def test_resolve_writes_documents_and_says_how_much_they_hold(tmp_path: Path) -> None:
    code, output = run("resolve", PASSES / "p1", "--to", tmp_path)

    assert code == 0
    assert output == f"{ARTICLE}: 73 mentions, 27 entities, 7 times, 44 events, 108 arguments\n"
    assert len(native.read(tmp_path / f"{ARTICLE}.json").mentions or ()) == 73


def test_resolve_names_the_item_that_is_wrong(other: Path) -> None:
    path = other / f"{ARTICLE}.json"
    path.write_text(path.read_text("utf-8").replace("Speech.Ask", "Speech.Shout"), "utf-8")

    code, output = run("resolve", other)

    assert code == 1
    assert "ev1: " in output
    assert "label-event" in output


def test_agreement_is_printed_and_written(other: Path, tmp_path: Path) -> None:
    code, output = run("agreement", PASSES / "p1", other, "--to", tmp_path / "agreement.json")

    assert code == 0
    assert "p1 and p9, guidelines 1.0-pilot" in output
    written = json.loads((tmp_path / "agreement.json").read_text("utf-8"))
    assert written["pairs"][0]["layers"]["events.TC"]["all"] == {
        "f1": 43 / 44,
        "both": 43,
        "first": 44,
        "second": 44,
    }


def test_passes_of_different_guidelines_are_not_compared(other: Path) -> None:
    path = other / f"{ARTICLE}.json"
    path.write_text(path.read_text("utf-8").replace("1.0-pilot", "0.9"), "utf-8")

    result = CliRunner().invoke(app, ["corpus", "agreement", str(PASSES / "p1"), str(other)])

    assert "different guidelines" in str(result.exception)


def test_adjudication_asks_until_all_is_decided(other: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    code, output = run("adjudicate", PASSES / "p1", other, "--log", log, "--to", tmp_path / "gold")
    asked = json.loads((log / f"{ARTICLE}.json").read_text("utf-8"))

    assert code == 1
    assert f"{len(asked['decisions'])} undecided" in output
    assert not (tmp_path / "gold").exists()

    for decision in asked["decisions"]:
        decision.update(take="first", why="E18")
    (log / f"{ARTICLE}.json").write_text(json.dumps(asked), "utf-8")
    code, output = run("adjudicate", PASSES / "p1", other, "--log", log, "--to", tmp_path / "gold")

    assert code == 0
    assert "0 undecided" in output
    decided = native.read(tmp_path / "gold" / f"{ARTICLE}.json")
    assert (decided.events or ())[0].type == "Speech.Statement"


def test_decisions_survive_when_new_disagreements_come(other: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    run("adjudicate", PASSES / "p1", other, "--log", log)
    path = log / f"{ARTICLE}.json"
    asked = json.loads(path.read_text("utf-8"))
    asked["decisions"][0].update(take="second", why="E18")
    path.write_text(json.dumps(asked), "utf-8")

    run("adjudicate", PASSES / "p1", other, "--log", log)

    assert json.loads(path.read_text("utf-8"))["decisions"] == asked["decisions"]
