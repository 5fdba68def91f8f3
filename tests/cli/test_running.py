"""``vinee run`` as a user runs it: what it tells, writes, and refuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from vinee.bench import result
from vinee.corpus.gold import documents
from vinee.formats import native

FRAIL = """
import json, sys
for count, line in enumerate(sys.stdin):
    if count == 1:
        sys.exit("out of memory")
    print(json.dumps({"spans": []}), flush=True)
"""


def vinee_run(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    code = "from vinee.cli import main; main()"
    options = ("--task", "ner", "--draws", "100")
    return subprocess.run(
        [sys.executable, "-c", code, "run", *map(str, arguments), *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )


def test_restarts_of_a_command_are_told_counted_and_explained(tmp_path: Path) -> None:
    (tmp_path / "frail.py").write_text(FRAIL, encoding="utf-8")

    done = vinee_run(tmp_path, f"cmd:{sys.executable} -S frail.py")

    (record,) = (tmp_path / "benchmark" / "runs").glob("*.json")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("it is started again") == 4
    assert json.loads(record.read_bytes())["restarts"] == 4
    assert record.with_suffix(".stderr").read_text(encoding="utf-8") == "out of memory\n" * 4


def test_a_command_that_said_nothing_leaves_no_file_of_it(tmp_path: Path) -> None:
    (tmp_path / "quiet.py").write_text(FRAIL.replace("count == 1", "False"), encoding="utf-8")

    done = vinee_run(tmp_path, f"cmd:{sys.executable} -S quiet.py")

    assert done.returncode == 0, done.stderr
    assert [each.suffix for each in (tmp_path / "benchmark" / "runs").iterdir()] == [".json"]


def tagger(folder: Path, name: str = "mine") -> None:
    source = "def tag(text):\n    at = text.find('Putin')\n    return [(at, at + 5, 'PER')]\n"
    (folder / f"{name}.py").write_text(source, encoding="utf-8")


def of_one_document(folder: Path) -> Path:
    path = folder / "gold.jsonl"
    native.write_lines(path, documents()[:1])
    return path


def files(folder: Path) -> dict[str, bytes]:
    paths = [each for each in folder.rglob("*") if each.is_file()]
    return {str(each.relative_to(folder)): each.read_bytes() for each in paths}


def test_what_is_stored_of_another_gold_is_not_replaced(tmp_path: Path) -> None:
    tagger(tmp_path)
    vinee_run(tmp_path, "mine:tag")
    before = files(tmp_path / "benchmark")

    done = vinee_run(tmp_path, "mine:tag", "--gold", of_one_document(tmp_path))

    assert done.returncode == 2
    assert "benchmark/results/mine_tag" in done.stderr
    assert "is of another gold" in done.stderr
    assert "--force" in done.stderr
    assert files(tmp_path / "benchmark") == before


def test_what_is_stored_of_another_gold_is_replaced_by_force(tmp_path: Path) -> None:
    tagger(tmp_path)
    vinee_run(tmp_path, "mine:tag")

    done = vinee_run(tmp_path, "mine:tag", "--gold", of_one_document(tmp_path), "--force")

    (stored,) = (tmp_path / "benchmark" / "results").iterdir()
    assert done.returncode == 0, done.stderr
    assert result.read(stored).corpus.version == "user"


def test_a_rerun_on_the_same_gold_replaces_what_it_gave(tmp_path: Path) -> None:
    tagger(tmp_path)
    vinee_run(tmp_path, "mine:tag")

    done = vinee_run(tmp_path, "mine:tag")

    assert done.returncode == 0, done.stderr


NOISY = """
import ctypes, os, sys
print("on import")
out = sys.stdout

def tag(text):
    print("in Python")
    print("to what was kept", file=out)
    os.write(1, b"to the descriptor\\n")
    ctypes.CDLL(None).puts(b"in C")
    return []
"""


@pytest.mark.skipif(os.name != "posix", reason="asks the C library of POSIX systems")
def test_what_an_extractor_prints_does_not_get_into_the_json(tmp_path: Path) -> None:
    (tmp_path / "noisy.py").write_text(NOISY, encoding="utf-8")

    done = vinee_run(tmp_path, "noisy:tag", "--json")

    assert [each["task"] for each in json.loads(done.stdout)] == ["ner"]
    said = ("on import", "in Python", "to what was kept", "to the descriptor", "in C")
    assert all(each in done.stderr for each in said)
