"""Predictions are scored anew under the card that was stored with them, and under no other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from small_gold import CLAIMS, Echo, gold

import vinee
from vinee.bench import card, reference, result, scoring
from vinee.bench.run import Run, run
from vinee.corpus import gold as our_gold
from vinee.corpus import labelmap, predictions
from vinee.errors import MalformedError, SchemaError
from vinee.resources import root

if TYPE_CHECKING:
    from vinee.bench.card import Described
    from vinee.corpus.labelmap import LabelMap

BENCHMARK = root() / "benchmark"
STORED = sorted((BENCHMARK / "predictions").glob("*.jsonl"))


def ran(path: Path, labels: LabelMap | None = None) -> Run:
    done = run(Echo(gold(), CLAIMS), gold(), path, labels=labels)
    card.write(path, done.system, done.predictions)
    return done


def read_back(path: Path) -> Described:
    documents, labels = reference.fit(gold())
    return card.described(path, predictions.read(path, documents), labels)


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_published_predictions_alone_give_the_published_results(path: Path) -> None:
    read = predictions.read(path, our_gold.documents())
    system, found, _ = card.described(path, read, reference.fit(None).labels)

    published = sorted((BENCHMARK / "results").glob(f"{path.stem}.*.json"))
    assert len(published) == 8
    for file in published:
        task = file.name.removeprefix(f"{path.stem}.").removesuffix(".json")
        again = scoring.score(found, task, system=system)
        assert result.encode(again) == file.read_bytes(), file.name


def test_what_a_run_stored_is_scored_anew_to_the_same_bytes(tmp_path: Path) -> None:
    done = ran(tmp_path / "echo.jsonl")

    then = scoring.score(done.predictions, "ner", gold=gold(), system=done.system)
    now = vinee.score(tmp_path / "echo.jsonl", "ner", gold=gold())
    assert result.encode(now) == result.encode(then)


def test_what_a_label_map_did_before_is_in_the_new_result_too(tmp_path: Path) -> None:
    done = ran(tmp_path / "echo.jsonl", labelmap.parse(["EVT=ORG"]))

    then = scoring.score(done.predictions, "ner", gold=gold(), system=done.system)
    now = vinee.score(tmp_path / "echo.jsonl", "ner", gold=gold())
    assert "renamed entity:EVT=ORG: 1" in now.notes
    assert result.encode(now) == result.encode(then)


def test_a_new_label_map_leads_away_from_what_is_claimed(tmp_path: Path) -> None:
    ran(tmp_path / "echo.jsonl")

    now = vinee.score(tmp_path / "echo.jsonl", "ner", gold=gold(), labels={"EVT": "ORG"})

    assert now.system.claims is None


def test_a_card_is_not_taken_for_predictions_that_were_changed(tmp_path: Path) -> None:
    path = tmp_path / "echo.jsonl"
    ran(path)
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])

    found = read_back(path)

    assert (found.system, found.card) == (result.System("echo"), None)


def test_a_name_that_is_given_stands_instead_of_the_card(tmp_path: Path) -> None:
    path = tmp_path / "echo.jsonl"
    done = ran(path)

    found = card.described(path, done.predictions, reference.fit(gold()).labels, "mine")

    assert found.system == result.System("mine")


@pytest.mark.parametrize(
    ("content", "error"), [("{", MalformedError), ('{"schema": "else"}', SchemaError)]
)
def test_a_card_that_cannot_be_read_names_itself_and_the_remedy(
    tmp_path: Path, content: str, error: type[Exception]
) -> None:
    path = tmp_path / "echo.jsonl"
    ran(path)
    card.place(path).write_text(content)

    with pytest.raises(error, match=r"echo\.system\.json.*--system"):
        read_back(path)
