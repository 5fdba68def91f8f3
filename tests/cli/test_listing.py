from __future__ import annotations

import json
import subprocess
import sys

from vinee.metrics.registry import names

CODE = "from vinee.cli import main; main()"


def vinee(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CODE, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_metric_is_listed() -> None:
    done = vinee("metrics", "--json")

    assert done.returncode == 0, done.stderr
    assert tuple(row["metric"] for row in json.loads(done.stdout)[0]["rows"]) == names()


def test_the_parameters_of_a_metric_are_shown_under_its_one_spelling() -> None:
    done = vinee("metrics", "ner.iou(threshold=0.75)")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("ner.iou(threshold=3/4)\n")
    assert "least intersection over union" in done.stdout


def test_an_unknown_metric_is_told_which_there_are() -> None:
    done = vinee("metrics", "f1")

    assert done.returncode == 2
    assert "unknown metric 'f1'; known: boundary, coref.B3" in done.stderr
