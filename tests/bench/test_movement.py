"""How far stored results would move from one edition to another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from small_gold import CLAIMS, SUMMIT, Echo, gold

from vinee.bench import baselines, movement, result
from vinee.bench.movement import Movement
from vinee.extractors import Claims, registry
from vinee.model import Document

OLD = gold()


class Guesser(Echo):
    """Gives the old edition itself, so that each change of the gold costs it something."""

    name = "guesser"

    def __init__(self) -> None:
        super().__init__(OLD, CLAIMS)


class Coarse(Echo):
    """Finds names of coarse types and no events."""

    name = "coarse"

    def __init__(self) -> None:
        names = [Document(each.doc_id, mentions=()) for each in OLD]
        super().__init__(names, Claims(("PER",), scheme="coarse"))


class Learner(Echo):
    """Is fitted on the gold of the other documents."""

    name = "learner"

    def __init__(self) -> None:
        super().__init__(OLD, CLAIMS)

    def fit(self, documents: object) -> Guesser:
        del documents
        return Guesser()


@pytest.fixture(scope="module")
def benched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a bench of these three wrote."""
    made = {"guesser": Guesser, "coarse": Coarse, "learner": Learner}
    folder = tmp_path_factory.mktemp("benched")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "resolve", lambda name: made[name]())
        baselines.bench(list(made), folder, gold=OLD)
    return folder


@pytest.fixture
def stored(benched: Path, tmp_path: Path) -> Path:
    """A copy of that folder, for a test to change."""
    shutil.copytree(benched, tmp_path / "benchmark")
    return tmp_path / "benchmark"


def without(layer: str) -> tuple[Document, ...]:
    return tuple(replace(each, **{layer: None}) for each in OLD)


def relabelled() -> tuple[Document, ...]:
    """One name of the old gold has another type, so that all others are still right."""
    first, *rest = OLD
    mentions = [
        replace(each, type="ORG") if each.type == "EVT" else each for each in first.mentions or ()
    ]
    return (replace(first, mentions=tuple(mentions)), *rest)


def of(found: tuple[Movement, ...], system: str, task: str) -> Movement:
    return next(each for each in found if (each.system, each.task) == (system, task))


def test_relabelled_name_costs_what_scoring_anew_would_show(stored: Path) -> None:
    names = sum(len(each.mentions or ()) for each in OLD)

    found = of(movement.movements(stored, OLD, relabelled()), "guesser", "ner_fine")

    headline = found.metrics[0]
    assert (headline.metric, headline.is_headline) == ("ner.strict", True)
    assert headline.old == movement.Measured(1.0, 1.0, 1.0)
    assert headline.new is not None
    assert headline.new.f1 == pytest.approx((names - 1) / names)
    assert headline.difference == pytest.approx(-1 / names)
    assert found.notes == ()


def test_every_metric_of_the_task_is_there_and_the_headline_first(stored: Path) -> None:
    found = of(movement.movements(stored, OLD, relabelled()), "guesser", "events")

    assert [each.metric for each in found.metrics] == [
        "events.TC",
        "events.TI",
        "events.AI",
        "events.AC",
        "events.AI+",
        "events.AC+",
    ]
    assert {each.difference for each in found.metrics} == {0.0}


def test_old_scores_are_the_stored_ones(stored: Path) -> None:
    found = of(movement.movements(stored, OLD, relabelled()), "guesser", "ner")

    kept = result.read(stored / "results" / "guesser.ner.json")
    assert {each.metric: each.old and each.old.f1 for each in found.metrics} == {
        each.name: each.all.micro.f1 for each in kept.metrics
    }


def test_layer_that_one_edition_lacks_is_told(stored: Path) -> None:
    found = of(movement.movements(stored, without("events"), OLD), "guesser", "events")

    assert found.notes[0] == ("old: not scored: the task: no gold document has the layer 'events'")
    assert (found.metrics[0].old, found.metrics[0].difference) == (None, None)
    assert found.metrics[0].new == movement.Measured(1.0, 1.0, 1.0)


def test_task_that_the_system_does_not_do_is_told_for_both(stored: Path) -> None:
    found = of(movement.movements(stored, OLD, relabelled()), "coarse", "events")

    assert found.metrics == ()
    assert found.notes == tuple(
        f"{edition}: not scored: the task: the system finds no events" for edition in ("old", "new")
    )


def test_predictions_of_a_system_that_learns_are_used_as_they_are(stored: Path) -> None:
    found = of(movement.movements(stored, OLD, relabelled()), "learner", "ner")

    assert found.notes == ("its stored predictions are used as they are: it was not fitted anew",)


def test_document_that_one_edition_lacks_is_left_out_there(stored: Path) -> None:
    found = of(movement.movements(stored, OLD, OLD[1:]), "guesser", "ner")

    assert found.notes == ("new: left out of the predictions, by check: doc-unknown 1",)


def test_document_without_a_prediction_is_told(stored: Path) -> None:
    more = (*OLD, replace(OLD[0], doc_id="later"))

    found = of(movement.movements(stored, OLD, more), "guesser", "ner")

    assert found.notes == ("new: no prediction for later, whose gold counts as missed",)
    assert found.metrics[0].difference is not None
    assert found.metrics[0].difference < 0


def test_gold_that_cannot_be_scored_is_told_once_for_each_result(stored: Path) -> None:
    first, *rest = OLD
    shifted = replace((first.mentions or ())[0], start=(first.mentions or ())[0].start + 1)
    broken = (replace(first, mentions=(shifted, *(first.mentions or ())[1:])), *rest)

    found = of(movement.movements(stored, OLD, broken), "guesser", "ner")

    (note,) = found.notes
    assert note.startswith("new: the gold is not fit to be scored: ")
    assert SUMMIT in note


def test_gold_without_text_is_told(stored: Path) -> None:
    bare = tuple(replace(each, text=None) for each in OLD)

    found = of(movement.movements(stored, OLD, bare), "guesser", "ner")

    assert "new: the gold is not fit to be scored: " in found.notes[0]
    assert "document-without-text" in found.notes[0]


def test_result_without_stored_predictions_is_told(stored: Path) -> None:
    (stored / "predictions" / "guesser.jsonl").unlink()

    found = of(movement.movements(stored, OLD, relabelled()), "guesser", "ner")

    assert found.metrics == ()
    assert "there are no stored predictions" in found.notes[0]


def test_predictions_that_cannot_be_read_are_told(stored: Path) -> None:
    (stored / "predictions" / "guesser.jsonl").write_bytes(b"")

    found = of(movement.movements(stored, OLD, relabelled()), "guesser", "ner")

    assert found.metrics == ()
    assert "the file holds no document" in found.notes[0]


def test_result_of_an_unknown_task_is_told(stored: Path) -> None:
    path = stored / "results" / "guesser.ner.json"
    result.write(path, replace(result.read(path), task="nre"))

    found = of(movement.movements(stored, OLD, relabelled()), "guesser", "nre")

    assert "old: not scored: unknown task 'nre'" in found.notes[0]


def test_folder_without_results_gives_none(tmp_path: Path) -> None:
    assert movement.movements(tmp_path, OLD, relabelled()) == ()


def test_table_marks_the_headline_and_signs_the_difference(stored: Path) -> None:
    found = of(movement.movements(stored, OLD, relabelled()), "guesser", "ner_fine")

    rows = movement.table([found])

    names = sum(len(each.mentions or ()) for each in OLD)
    assert rows[1] == (
        "guesser",
        "ner_fine",
        "ner.strict *",
        "1.000",
        f"{(names - 1) / names:.3f}",
        f"{-1 / names:+.3f}",
    )
    assert rows[2][2:] == ("tags.seqeval", *rows[2][3:])


def test_score_that_is_not_defined_is_a_dash(stored: Path) -> None:
    found = of(movement.movements(stored, without("events"), OLD), "guesser", "events")

    assert movement.table([found])[1][3:] == ("–", "1.000", "–")
