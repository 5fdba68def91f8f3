"""``vinee conformance`` as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from vinee import resources
from vinee.bench.conformance import published

RUN = [sys.executable, "-c", "from vinee.cli.conforming import app; app()"]
ROOT = resources.root()
EXAMPLE = ROOT / "benchmark" / "conformance" / "example.py"


def conformance(
    *arguments: str | Path, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*RUN, *map(str, arguments)], capture_output=True, text=True, check=False, cwd=cwd
    )


def test_our_own_implementation_conforms() -> None:
    done = conformance("run")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("conforms\n")
    (total,) = (line for line in done.stdout.splitlines() if line.startswith("all "))
    assert total.split()[1:] == [str(len(published.cases())), "0", "0"]


def test_a_program_is_judged_after_two_dashes() -> None:
    done = conformance("run", "--json", "--", sys.executable, EXAMPLE)

    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert found["families"]["ner.strict"]["failed"] == 0
    assert found["families"]["ner.strict"]["passed"] > 30
    assert found["families"]["coref.LEA"]["passed"] == 0


def test_a_program_that_answers_nothing_does_not_conform() -> None:
    done = conformance("run", "--seconds", "9", "--", sys.executable, "-c", "pass")

    assert done.returncode == 1
    assert "failed mentions-perfect@ner.strict: no answer" in done.stdout
    assert done.stdout.endswith("does not conform\n")


def test_a_program_that_skips_everything_was_not_judged() -> None:
    skips = """
import json, sys
for line in sys.stdin:
    print(json.dumps({"id": json.loads(line)["id"], "skipped": "no time"}))
"""
    done = conformance("run", "--", sys.executable, "-c", skips)

    assert done.returncode == 1
    assert done.stdout.endswith("nothing was answered\n")


def test_a_program_that_skips_some_conforms_on_the_others() -> None:
    done = conformance("run", "--", sys.executable, EXAMPLE)

    (total,) = (line for line in done.stdout.splitlines() if line.startswith("all "))
    assert done.returncode == 0
    assert done.stdout.endswith(f"conforms on {total.split()[1]} of {len(published.cases())}\n")


def test_export_writes_what_another_implementation_needs(tmp_path: Path) -> None:
    done = conformance("export", tmp_path / "out")

    names = {str(path.relative_to(tmp_path / "out")) for path in map(Path, done.stdout.split())}
    assert done.returncode == 0
    assert {"README.md", "example.py", "deviations.yaml", "cases/tags.json"} <= names
    assert published.cases(tmp_path / "out") == published.cases()


@pytest.mark.skipif(not (ROOT / "docs").is_dir(), reason="only a checkout has the sources")
def test_nothing_is_to_be_built() -> None:
    done = conformance("build", "--check", cwd=ROOT)

    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.skipif(not (ROOT / "docs").is_dir(), reason="only a checkout has the sources")
def test_a_table_that_drifted_is_told_and_then_mended(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    text = (ROOT / "docs" / "conformance.md").read_text()
    page.write_text(text.replace("| **all** |", "| **some** |"))

    checked = conformance("build", "--check", "--page", page, cwd=ROOT)
    assert (checked.returncode, checked.stdout) == (1, f"differs: {page}\n")

    built = conformance("build", "--page", page, cwd=ROOT)
    assert (built.returncode, built.stdout) == (0, f"written: {page}\n")
    assert page.read_text() == text
