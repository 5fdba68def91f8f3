"""Mutated prediction files: each is refused with a word, or scored with nothing hidden."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from msgspec.structs import replace

from vinee.corpus import predictions
from vinee.formats import native
from vinee.model import Document
from vinee.resources import root

SEED = 20250807
FILES = 150  # a format; the script runs as many as it is told to
FEWER = {"hf": 30, "hf-parquet": 30, "hf-saved": 60, "brat-zip": 50}  # what takes long to open
SCORED = 25  # of so many one is scored; `scripts/fuzz` scores all
FOLDER = root() / "scripts" / "fuzz"


def loaded(*names: str) -> list[ModuleType]:
    """Modules of the folder; their plain names are not left to other tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(FOLDER)
        found = [importlib.import_module(name) for name in names]
    for name, module in [*sys.modules.items()]:
        if Path(getattr(module, "__file__", None) or "").parent == FOLDER:
            del sys.modules[name]
    return found


valid: Any
cases: Any
counts: Any
judge: Any
valid, cases, counts, judge = loaded("valid", "cases", "counts", "judge")


@pytest.fixture(scope="module")
def gold() -> tuple[Document, ...]:
    found: tuple[Document, ...] = valid.gold()
    return found


@pytest.mark.parametrize("name", valid.format_names())
def test_no_mutated_file_gives_a_traceback_a_hang_or_a_silent_zero(
    name: str, gold: tuple[Document, ...]
) -> None:
    sources = valid.bases([name])
    before = counts.originals(sources, gold)[name]

    found = [
        judge.outcome(cases.case(sources, name, SEED, number), gold, before, SCORED)
        for number in range(FEWER.get(name, FILES))
    ]

    assert [each for each in found if each.failure] == []
    assert Counter(each.result for each in found).keys() > {"scored"}


def test_a_case_is_fixed_by_seed_format_and_number() -> None:
    once, again = (valid.bases(["jsonl", "brat-zip"]) for _ in range(2))

    for name in once:
        assert cases.case(once, name, 7, 11) == cases.case(again, name, 7, 11)
        assert cases.case(once, name, 7, 11) != cases.case(again, name, 8, 11)


def read_as(documents: tuple[Document, ...], gold: tuple[Document, ...], change: Any) -> Any:
    """What comes of a valid file if a reader does something else than it should."""
    base = valid.Base("jsonl", {"": b"".join(native.encode(d) + b"\n" for d in documents)})
    made = cases.Case("jsonl", 0, base.tree, (), named=True)
    honest = predictions.read

    def dishonest(path: Path, *given: Any, **more: Any) -> predictions.Predictions:
        found: predictions.Predictions = change(honest(path, *given, **more))
        return found

    judge.predictions.read = dishonest
    try:
        return judge.outcome(made, gold, counts.items(documents))
    finally:
        judge.predictions.read = honest


def without_mentions(found: predictions.Predictions) -> predictions.Predictions:
    kept = tuple(replace(each, mentions=()) for each in found.documents)
    return predictions.Predictions(kept, found.findings)


def without_a_document(found: predictions.Predictions) -> predictions.Predictions:
    return predictions.Predictions(found.documents[1:], found.findings)


def stuck(_: predictions.Predictions) -> predictions.Predictions:
    while True:
        pass


def failing(_: predictions.Predictions) -> predictions.Predictions:
    raise KeyError("mentions")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (without_mentions, "SilentError: left out"),
        (without_a_document, "SilentError: 2 documents read, 1 kept"),
        (failing, "KeyError: 'mentions'"),
        (stuck, "TooLongError: more than"),
    ],
)
def test_what_a_reader_hides_or_does_not_survive_is_a_failure(
    gold: tuple[Document, ...], monkeypatch: pytest.MonkeyPatch, change: Any, told: str
) -> None:
    monkeypatch.setattr(judge, "MOST_SECONDS", 1)
    documents = valid.predicted()["rules"]

    found = read_as(documents, gold, change)

    assert found.result == "failure"
    assert found.failure.startswith(told)


def test_a_valid_file_is_scored(gold: tuple[Document, ...]) -> None:
    found = read_as(valid.predicted()["rules"], gold, lambda found: found)

    assert found.result == "scored"


def test_the_command_sums_up_by_format(tmp_path: Path) -> None:
    asked = ["--files", "6", "--seed", "3", "--format", "conll", "--failures", str(tmp_path / "f")]

    done = subprocess.run(
        [sys.executable, str(FOLDER), *asked], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert first.startswith("6 files, seed 3, ")
    assert second.startswith("conll: 6 files, ")
    assert second.endswith("0 failures")
