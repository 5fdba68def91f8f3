"""``vinee corpus leakage`` as a user runs it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

from vinee import resources

COMMAND = [sys.executable, "-c", "from vinee.cli import main; main()", "corpus", "leakage"]
CLEAN = "Hôm qua trời mưa to ở Hà Nội, và nhiều con phố đã ngập trong nước.\n"


def leakage(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False
    )


def test_pairs_among_the_articles_are_listed_and_exit_with_one() -> None:
    done = leakage()

    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert lines[0] == "near 0.70, containment 0.88"
    assert lines[1].startswith("  000_050def64e66b55bf, sentence 19: Nhà lãnh đạo Ukraine")
    assert lines[12].startswith("4 pairs of sentences")
    assert lines[-1].split() == ["total", "95", "8", "8.4%"]
    assert done.stderr == ""


def test_other_corpus_without_duplicates_exits_with_zero(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(CLEAN, "utf-8")

    done = leakage(tmp_path / "other.txt")

    assert done.returncode == 0
    assert done.stdout.startswith("0 pairs")


def test_json_has_both_places(tmp_path: Path) -> None:
    seed = resources.root() / "seeds" / "002_7d1fedcf346e9907.txt"
    (tmp_path / "other.txt").write_bytes(CLEAN.encode() + seed.read_bytes())

    done = leakage(tmp_path / "other.txt", "--json")

    report = json.loads(done.stdout)
    first = report["pairs"][0]
    assert done.returncode == 1
    assert first["kind"] == "identical"
    assert (first["ours"]["document"], first["ours"]["sentence"]) == (seed.stem, 0)
    assert (first["other"]["file"], first["other"]["line"]) == (str(tmp_path / "other.txt"), 2)
    assert report["other_total"]["duplicated"] == 15
    assert report["other_total"]["sentences"] == 16


def test_thresholds_are_options() -> None:
    done = leakage("--near", "0.5", "--contained", "1", "--json")

    assert [round(p["similarity"], 2) for p in json.loads(done.stdout)["pairs"]] == [0.7]


def test_corpus_of_ones_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    for split in ("train", "test"):
        (tmp_path / f"{split}.txt").write_text(CLEAN, "utf-8")

    done = leakage("--corpus", tmp_path, "--markdown")

    assert done.returncode == 1
    assert "| identical | 1.00 | 1.00 | test, 0 |" in done.stdout


def test_missing_corpus_is_an_error() -> None:
    done = leakage("no-such-corpus")

    assert done.returncode == 2
    assert done.stderr == (
        "vinee: no-such-corpus: no such file or folder; check the path [no-documents]\n"
    )


def test_terminal_gets_tables() -> None:
    master, slave = pty.openpty()
    done = subprocess.Popen(COMMAND, stdout=slave, stderr=subprocess.PIPE, env={**os.environ})
    os.close(slave)
    shown = b""
    while chunk := _read(master):
        shown += chunk
    os.close(master)
    _, errors = done.communicate()

    assert done.returncode == 1
    assert "┃" in shown.decode()
    assert "19" in shown.decode()
    assert errors == b""


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # Linux says so where the other end has been closed
        return b""
