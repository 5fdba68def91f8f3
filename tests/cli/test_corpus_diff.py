"""``vinee corpus diff`` as a user runs it: its output, and exit codes like those of diff(1)."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from vinee import resources
from vinee.bench import result, scoring
from vinee.bench.result import System
from vinee.corpus import gold
from vinee.formats import native

GOLD = resources.root() / "annotations" / "gold"
RUN = [sys.executable, "-c", "from vinee.cli import main; main()", "corpus", "diff"]


def diff(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RUN, *map(str, arguments)], capture_output=True, text=True, check=False, cwd=cwd
    )


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our gold with its first PER a LOC."""
    first, *rest = gold.documents()
    at = next(at for at, each in enumerate(first.mentions or ()) if each.type == "PER")
    mentions = list(first.mentions or ())
    mentions[at] = replace(mentions[at], type="LOC")
    path = tmp_path_factory.mktemp("changed") / "gold.jsonl"
    native.write_lines(path, [replace(first, mentions=tuple(mentions)), *rest])
    return path


def test_no_difference_exits_with_zero() -> None:
    done = diff(GOLD, GOLD)

    assert (done.returncode, done.stdout, done.stderr) == (0, "no difference\n", "")


def test_difference_exits_with_one_and_is_told(changed: Path) -> None:
    done = diff(GOLD, changed, "--no-results")

    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert lines[:2] == [f"old: {GOLD}", f"new: {changed}"]
    assert sum("type PER → LOC" in line for line in lines) == 1
    assert "mentions       0        0      0           1" in lines
    assert done.stderr == ""


def test_error_exits_with_two(tmp_path: Path) -> None:
    done = diff(GOLD, "no-such-edition", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("vinee: 'no-such-edition' is no file or folder, and as a revis")


def test_summary_leaves_out_the_changes(changed: Path) -> None:
    done = diff(GOLD, changed, "--summary", "--no-results")

    assert done.returncode == 1
    assert done.stdout.startswith("layer      added  removed  moved  relabelled\n")
    assert "PER" not in done.stdout


def test_json_is_for_programs(changed: Path) -> None:
    done = diff(GOLD, changed, "--json", "--no-results")

    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert report["schema"] == "vinee.diff/1"
    assert report["summary"]["mentions"]["relabelled"] == 1
    assert report["results"] is None


def test_json_of_equal_editions_says_so() -> None:
    done = diff(GOLD, GOLD, "--json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["identical"] is True


def test_markdown_is_one_bullet_a_change(changed: Path) -> None:
    done = diff(GOLD, changed, "--markdown", "--no-results")

    (bullet,) = done.stdout.splitlines()
    assert bullet.startswith("- 000\\_")
    assert bullet.endswith("type PER → LOC")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the stored result of a system that gave our gold as it is."""
    folder = tmp_path_factory.mktemp("project")
    system = System("echo", trained_on="leave one document out: by heart")
    native.write_lines(folder / "benchmark" / "predictions" / "echo.jsonl", gold.documents())
    result.write(
        folder / "benchmark" / "results" / "echo.ner_fine.json",
        scoring.score(gold.documents(), "ner_fine", system=system),
    )
    return folder


def test_stored_results_are_moved_by_default(changed: Path, project: Path) -> None:
    done = diff(GOLD, changed, "--summary", cwd=project)

    lines = done.stdout.splitlines()
    names = sum(each.level == "NAM" for doc in gold.documents() for each in doc.mentions or ())
    (row,) = (line.split() for line in lines if "ner.strict *" in line)
    assert row == [
        *("echo", "ner_fine", "ner.strict", "*"),
        *("1.000", f"{1 - 1 / names:.3f}", f"{-1 / names:+.3f}"),
    ]
    assert lines[-1] == (
        "echo, ner_fine: its stored predictions are used as they are: it was not fitted anew"
    )


def test_results_are_in_the_json_too(changed: Path, project: Path) -> None:
    done = diff(GOLD, changed, "--json", "--benchmark", project / "benchmark")

    (stored,) = json.loads(done.stdout)["results"]
    assert (stored["system"], stored["task"]) == ("echo", "ner_fine")
    assert stored["metrics"][0]["old"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert stored["metrics"][0]["difference"] < 0


def test_headline_is_a_bullet_of_the_changelog(changed: Path, project: Path) -> None:
    done = diff(GOLD, changed, "--markdown", cwd=project)

    bullets = done.stdout.splitlines()
    assert len(bullets) == 2
    assert bullets[1].startswith("- results: echo, ner\\_fine: F1 of ner.strict 1.000 → 0.9")


def test_two_ways_of_output_at_once_are_refused() -> None:
    done = diff(GOLD, GOLD, "--json", "--markdown")

    assert done.returncode == 2
    assert "give one of --json, --markdown and --summary" in done.stderr


def test_terminal_gets_colours(changed: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    command = [*RUN, str(GOLD), str(changed), "--no-results"]
    with subprocess.Popen(command, stdout=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        while chunk := _read(ours):
            shown += chunk
    os.close(ours)

    assert process.returncode == 1
    assert b"\x1b[33m    ~ relabelled" in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""
