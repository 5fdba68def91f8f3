"""The script that runs corpora of others, on corpora that were invented for this."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "real_data.py"


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("corpora")
    for split, text in (("train", "Bà Hoa thăm Lào."), ("test", "Ông Nam thăm Lào.")):
        part = folder / "visits" / split
        part.mkdir(parents=True)
        (part / "a.txt").write_text(text, "utf-8")
        (part / "a.ann").write_text("T1\tGPE 12 15\tLào\nT2\tPER 3 6\tHoa\n", "utf-8")
    (folder / "tagged").mkdir()
    (folder / "tagged" / "dev.conll").write_text("Bà O\nHoa B-PER\nthăm O\nLào B-GPE\n", "utf-8")
    (folder / "strange").mkdir()
    (folder / "strange" / "a.json").write_text('{"doc_key": 1, "ner": []}', "utf-8")
    command = [sys.executable, str(SCRIPT), str(folder), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    (table,) = json.loads(done.stdout[done.stdout.index("[") :])
    return {row["part"]: row for row in table["rows"]}


def test_each_split_of_a_corpus_is_a_part(rows: dict[str, dict[str, Any]]) -> None:
    assert set(rows) == {"visits/test", "visits/train", "tagged", "strange"}


def test_what_is_sound_is_perfect_against_itself_and_comes_back(
    rows: dict[str, dict[str, Any]],
) -> None:
    row = rows["visits/train"]

    assert (row["format"], row["mentions"], row["findings"]) == ("brat", "2", "")
    assert row["itself"].startswith("1 ")
    assert row["round trips"].startswith("all ")


def test_what_is_at_fault_is_counted(rows: dict[str, dict[str, Any]]) -> None:
    # The test's span of Lào is one code point early, and nobody there is called Hoa.
    assert rows["visits/test"]["findings"] == "span-text 2"


def test_what_no_format_fits_is_named(rows: dict[str, dict[str, Any]]) -> None:
    assert rows["strange"]["findings"] == "format-unknown 1"
