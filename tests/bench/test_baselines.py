from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from msgspec.structs import replace
from small_gold import gold

from vinee.bench import leaderboard, tasks
from vinee.bench.baselines import BASELINES, Bench, bench
from vinee.bench.file_names import file_name
from vinee.bench.record import RunRecord
from vinee.corpus import gold as corpus_gold
from vinee.errors import InputError, InvalidError, UnknownNameError
from vinee.extractors import available
from vinee.model import Document, Mention, Span

if TYPE_CHECKING:
    from pathlib import Path

PERFECT, HALF = "small_gold:Perfect", "small_gold:Half"


def ran(out: Path, *extractors: str) -> Bench:
    return bench(extractors, out, gold=gold())


def files(out: Path) -> dict[str, bytes]:
    """Give what a bench wrote, but for the records of time and machine."""
    paths = (path for path in sorted(out.rglob("*")) if path.is_file())
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in paths
        if path.parent.name != "runs"
    }


def test_a_run_is_recorded_with_its_time_and_machine(tmp_path: Path) -> None:
    ran(tmp_path, PERFECT)

    record = msgspec.json.decode((tmp_path / "runs/perfect.json").read_bytes(), type=RunRecord)

    assert record.system.name == "perfect"
    assert set(record.seconds) == {each.doc_id for each in gold()}
    assert record.total == sum(record.seconds.values())
    assert record.environment.packages["msgspec"]
    assert record.environment.processors >= 1


def test_everything_is_written_down(tmp_path: Path) -> None:
    ran(tmp_path, PERFECT, HALF)

    assert list(files(tmp_path)) == [
        "LEADERBOARD.md",
        "predictions/half.jsonl",
        "predictions/half.system.json",
        "predictions/perfect.jsonl",
        "predictions/perfect.system.json",
        "report.html",
        *(
            f"results/{system}.{task}.json"
            for system in ("half", "perfect")
            for task in sorted(task.name for task in tasks.known())
        ),
    ]


def test_a_second_bench_writes_the_same_bytes(tmp_path: Path) -> None:
    ran(tmp_path / "one", PERFECT, HALF)
    ran(tmp_path / "two", HALF, PERFECT)

    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_the_leaderboard_can_be_made_again_from_the_results(tmp_path: Path) -> None:
    found = ran(tmp_path, PERFECT, HALF)

    assert leaderboard.build(leaderboard.read_folder(tmp_path / "results")) == found.leaderboard


def test_times_are_returned_and_not_stored(tmp_path: Path) -> None:
    found = ran(tmp_path, PERFECT)

    assert set(found.seconds) == {"perfect"}
    assert b"second" not in files(tmp_path)["results/perfect.ner.json"]


def test_tag_scores_were_checked_against_seqeval(tmp_path: Path) -> None:
    assert ran(tmp_path, PERFECT).seqeval == "1.2.2"


def test_an_extractor_whose_package_is_missing_is_skipped_and_said_so(tmp_path: Path) -> None:
    found = ran(tmp_path, "small_gold:Uninstalled", PERFECT)

    assert found.skipped == {
        "small_gold:Uninstalled": (
            "'some-package' is not installed; install it with: pip install 'vinee[some]'"
        )
    }
    assert {each.system.name for each in found.results} == {"perfect"}


@pytest.mark.parametrize("again", [PERFECT, "small_gold:Namesake"])
def test_the_same_name_twice_is_refused_before_anything_runs(tmp_path: Path, again: str) -> None:
    with pytest.raises(InvalidError, match="would overwrite the predictions of 'perfect'"):
        ran(tmp_path, PERFECT, again)

    assert files(tmp_path) == {}


def test_an_unknown_name_at_the_end_is_refused_before_anything_runs(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="unknown extractor 'none'"):
        ran(tmp_path, PERFECT, "none")

    assert files(tmp_path) == {}


def test_gold_that_is_not_fit_is_refused_before_anything_runs(tmp_path: Path) -> None:
    wrong = replace(gold()[0], mentions=(Mention(0, 10**6, "PER"),))

    with pytest.raises(InputError, match="span-outside"):
        bench([PERFECT], tmp_path, gold=[wrong])

    assert files(tmp_path) == {}


def test_an_unknown_extractor_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="unknown extractor 'none'"):
        ran(tmp_path, "none")


def test_the_baselines_are_registered() -> None:
    assert set(BASELINES) <= {entry.name for entry in available()}


def test_a_system_is_scored_on_the_tasks_that_it_can_do(tmp_path: Path) -> None:
    found = ran(tmp_path, HALF)

    assert [each.task for each in found.results if each.metrics] == ["ner"]


def test_the_rules_run_on_our_gold(tmp_path: Path) -> None:
    found = bench(["rules"], tmp_path)

    assert [each.task for each in found.results if each.metrics] == [
        "ner",
        "ner_fine",
        "events",
        "timex",
    ]
    assert {each.corpus.hash for each in found.results} == {
        corpus_gold.content_hash(corpus_gold.documents())
    }


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("crf", "crf"),
        ("my.module:tag", "my.module_tag-ce9764f0"),
        ("../x", ".._x-d6b96a97"),
        ("annotator a4", "annotator_a4"),
        ("tên", "tên"),
    ],
)
def test_a_name_becomes_the_name_of_a_file(name: str, file: str) -> None:
    assert file_name(name) == file


@pytest.mark.parametrize("name", ["x" * 300, "ễ" * 150, "a.partial", "A.PARTIAL"])
def test_the_name_of_a_file_is_short_and_never_that_of_an_unfinished_run(name: str) -> None:
    file = file_name(name)

    assert len(file.encode("utf-8")) <= 110
    assert not file.casefold().endswith(".partial")
    assert file == file_name(name)


def test_names_that_differ_in_what_no_file_name_holds_have_different_files() -> None:
    assert len({file_name(name) for name in ("a/b", "a:b", "a_b")}) == 3


def test_long_names_that_begin_alike_have_different_files() -> None:
    assert file_name("x" * 300) != file_name("x" * 301)


def test_predictions_are_one_document_a_line(tmp_path: Path) -> None:
    ran(tmp_path, PERFECT)

    lines = files(tmp_path)["predictions/perfect.jsonl"].splitlines()
    assert [json.loads(line)["doc_id"] for line in lines] == [each.doc_id for each in gold()]


def test_a_pass_that_does_not_cover_the_gold_is_left_out_and_the_others_run(
    tmp_path: Path,
) -> None:
    text = "Lào thăm Pháp."
    new = Document("new", text, sentences=(Span(0, len(text), text),), mentions=())

    found = bench(["annotator", "rules"], tmp_path, gold=[new])

    assert [*found.left_out] == ["annotator"]
    assert "'new': the annotator did not annotate it" in found.left_out["annotator"]
    assert {each.system.name for each in found.results} == {"rules"}
