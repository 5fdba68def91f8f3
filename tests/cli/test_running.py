"""``vinee run`` as a user runs it: what it tells, writes, and refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

FRAIL = """
import json, sys
for count, line in enumerate(sys.stdin):
    if count == 1:
        sys.exit("out of memory")
    print(json.dumps({"spans": []}), flush=True)
"""


def vinee_run(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    code = "import sys; sys.argv.insert(1, 'run'); from vinee.cli import main; main()"
    return subprocess.run(
        [
            sys.executable,
            "-c",
            code,
            "run",
            *map(str, arguments),
            "--task",
            "ner",
            "--draws",
            "100",
        ],
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
