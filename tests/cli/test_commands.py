"""The command line as a user runs it: a process, its output, its exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from vinee import resources
from vinee.bench import result
from vinee.corpus import gold
from vinee.formats import native
from vinee.model import Document

GOLD = resources.root() / "annotations" / "gold"


def vinee(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from vinee.cli import main; main()", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )


def test_help_names_every_command() -> None:
    done = vinee("--help")

    assert done.returncode == 0
    assert all(name in done.stdout for name in ("bench", "run", "score", "extractors", "corpus"))


def test_version_is_printed() -> None:
    assert vinee("--version").stdout == "vinee 0.7.0\n"


def test_gold_scored_against_itself_is_one_on_every_metric() -> None:
    done = vinee("score", GOLD, "--json")

    micro = {
        (each["task"], metric["name"]): metric["all"]["micro"]
        for each in json.loads(done.stdout)
        for metric in each["metrics"]
    }
    assert len(micro) == 40
    assert {(m["precision"], m["recall"], m["f1"]) for m in micro.values()} == {(1.0, 1.0, 1.0)}


def test_scoring_loads_neither_datasets_nor_scikit_learn() -> None:
    code = (
        "import sys\nfrom vinee.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([m for m in ('datasets', 'sklearn', 'pandas', 'seqeval') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "score", str(GOLD)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.endswith("[]\n")


def test_stored_predictions_are_scored_under_the_card_beside_them(tmp_path: Path) -> None:
    stored = resources.root() / "benchmark"

    done = vinee(
        "score", stored / "predictions" / "rules.jsonl", "--task", "ner", "--out", tmp_path
    )

    assert "system: rules, as" in done.stderr
    assert "rules.system.json says" in done.stderr
    again = (tmp_path / "rules.ner.json").read_bytes()
    assert again == (stored / "results" / "rules.ner.json").read_bytes()


def test_a_card_of_other_predictions_is_told_and_not_used(tmp_path: Path) -> None:
    stored = resources.root() / "benchmark" / "predictions"
    path = tmp_path / "rules.jsonl"
    path.write_bytes((stored / "crf.jsonl").read_bytes())
    (tmp_path / "rules.system.json").write_bytes((stored / "rules.system.json").read_bytes())

    done = vinee("score", path, "--task", "ner", "--json")

    assert "rules.system.json is of other predictions and not used" in done.stderr
    assert json.loads(done.stdout)[0]["system"]["claims"] is None


def test_what_run_stored_is_scored_to_the_same_bytes(tmp_path: Path) -> None:
    vinee("run", "rules", "--task", "events", cwd=tmp_path)

    vinee("score", "benchmark/predictions/rules.jsonl", "--out", "again", cwd=tmp_path)

    stored = (tmp_path / "benchmark" / "results" / "rules.events.json").read_bytes()
    assert (tmp_path / "again" / "rules.events.json").read_bytes() == stored


def test_shuffled_predictions_give_the_same_bytes(tmp_path: Path) -> None:
    shuffled = [_shuffled(document) for document in reversed(gold.documents())]
    native.write_lines(tmp_path / "a.jsonl", gold.documents())
    native.write_lines(tmp_path / "b.jsonl", shuffled)

    outputs = [
        vinee("score", tmp_path / name, "--system", "s", "--json").stdout
        for name in ("a.jsonl", "b.jsonl")
    ]

    assert len(outputs[0]) > 1000
    assert outputs[0] == outputs[1]


def _shuffled(document: Document) -> Document:
    return msgspec.structs.replace(
        document,
        mentions=tuple(reversed(document.mentions or ())),
        timexes=tuple(reversed(document.timexes or ())),
        events=tuple(
            msgspec.structs.replace(event, arguments=tuple(reversed(event.arguments)))
            for event in reversed(document.events or ())
        ),
    )


def test_bad_predictions_are_told_and_exit_with_two(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"doc_id": "nobody"}\n{"doc_id": ', "utf-8")

    done = vinee("score", path)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "bad.jsonl:1: nobody: the gold has no document 'nobody'" in done.stderr
    assert "bad.jsonl:2: not valid JSON" in done.stderr
    assert "--lenient" in done.stderr
    assert "Traceback" not in done.stderr


def test_lenient_scoring_counts_what_it_leaves_out(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    native.write_lines(path, gold.documents())
    path.write_bytes(path.read_bytes() + b'{"doc_id": "nobody"}\n')

    done = vinee("score", path, "--lenient", "--task", "ner", "--json")

    assert done.returncode == 0
    assert json.loads(done.stdout)[0]["findings"] == {"doc-unknown": 1}
    assert "left out: error" in done.stderr


def test_scores_are_shown_for_each_label() -> None:
    lines = vinee("score", GOLD, "--task", "ner").stdout.splitlines()

    start = lines.index("gold, ner, by label")
    assert [line.split()[0] for line in lines[start + 1 : start + 8]] == [
        "ner.strict",
        "LOC",
        "PER",
        "ORG",
        "MISC",
        "micro",
        "macro",
    ]


def nothing_but_times(folder: Path) -> Path:
    path = folder / "times.jsonl"
    native.write_lines(path, [Document(each.doc_id, timexes=()) for each in gold.documents()])
    return path


def test_a_task_that_was_asked_for_and_not_scored_exits_with_one(tmp_path: Path) -> None:
    done = vinee("score", nothing_but_times(tmp_path), "--task", "events", "--task", "timex")

    assert done.returncode == 1
    assert done.stderr == (
        "not scored, though asked for: events: no prediction has the layer 'events'\n"
    )


def test_tasks_that_nobody_asked_for_need_not_be_scored(tmp_path: Path) -> None:
    done = vinee("score", nothing_but_times(tmp_path))

    assert (done.returncode, done.stderr) == (0, "")


def test_a_name_that_would_break_the_table_is_refused(tmp_path: Path) -> None:
    done = vinee("score", nothing_but_times(tmp_path), "--task", "timex", "--system", "a\nb")

    assert done.returncode == 2
    assert r"must be printable characters (got 'a\nb'); give another, with --system" in done.stderr


def test_unknown_task_lists_the_known_ones() -> None:
    done = vinee("score", GOLD, "--task", "nre")

    assert done.returncode == 2
    assert "unknown task 'nre'; known: coref, event_coref, events, linking," in done.stderr


def test_missing_file_is_told() -> None:
    done = vinee("score", "no-such-file.jsonl")

    assert done.returncode == 2
    assert "no-such-file.jsonl: no such file or folder" in done.stderr


def test_of_many_findings_the_first_are_told_and_the_others_counted(tmp_path: Path) -> None:
    wrong = [{"start": 0, "end": 1, "type": "PER", "text": "?"}] * 30
    path = tmp_path / "p.jsonl"
    path.write_text(json.dumps({"doc_id": "000_050def64e66b55bf", "mentions": wrong}))

    done = vinee("score", path, "--lenient", "--task", "ner")

    told = done.stderr.splitlines()
    assert len(told) == 21
    assert told[-1].startswith("left out: … and ")
    assert "[span-text]" in told[-1]


def test_what_was_detected_and_what_a_map_did_stand_under_the_table(tmp_path: Path) -> None:
    (tmp_path / "gold.conll").write_text("Nga\tB-LAND\ngặp\tO\nMỹ\tB-LAND\n", "utf-8")
    (tmp_path / "mine.conll").write_text("Nga\tB-STATE\ngặp\tO\nMỹ\tB-JOB\n", "utf-8")
    maps = ("--map", "STATE=LAND", "--map", "JOB=", "--map", "TOWN=LAND")

    done = vinee("score", "mine.conll", "--gold", "gold.conll", *maps, cwd=tmp_path)

    lines = done.stdout.splitlines()
    assert "mine: predictions detected as columns, a file: a token and its tags" in done.stdout
    assert "mine: IOB2; 2 columns separated by tabs; token 0, tags 1" in done.stdout
    assert lines.count("mine: renamed entity:STATE=LAND: 1") == 1
    assert lines.count("mine: dropped entity:JOB: 1") == 1
    assert "mine: the map names 'TOWN=LAND', and no item has that label" in lines


def test_gold_of_a_user_is_scored_under_its_own_hash(tmp_path: Path) -> None:
    own = msgspec.structs.replace(gold.documents()[0], doc_id="mine")
    native.write_lines(tmp_path / "gold.jsonl", [own])

    done = vinee("score", tmp_path / "gold.jsonl", "--gold", tmp_path / "gold.jsonl", "--json")

    assert json.loads(done.stdout)[0]["corpus"]["version"] == "user"


def test_texts_of_another_split_are_told_and_gold_of_one_document_asks_for_sentences(
    tmp_path: Path,
) -> None:
    for split in ("test", "train"):
        (tmp_path / f"{split}.conll").write_text("Bà O\nHoa B-PER\n", "utf-8")
    test, train = tmp_path / "test.conll", tmp_path / "train.conll"

    done = vinee("score", test, "--gold", test, "--gold-split", train, "--task", "ner")

    assert f"gold: warning {test}: test: $.text: the same text as 'train'" in done.stderr
    assert "resample its sentences: --unit sentence" in done.stdout


def test_a_plain_function_is_run_from_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "import re\n\n\ndef nga(text):\n"
        "    return [(m.start(), m.end(), 'GPE') for m in re.finditer(r'\\bNga\\b', text)]\n",
        "utf-8",
    )

    done = vinee("run", "mine:nga", "--task", "ner", "--out", "out", cwd=tmp_path)

    stored = next((tmp_path / "out" / "results").glob("*.ner.json"))
    scores = result.read(stored).metric("ner.strict")
    assert done.returncode == 0, done.stderr
    assert scores is not None
    assert scores.all.micro.precision is not None
    assert scores.all.micro.precision > 0.9


def test_extractors_are_listed_with_what_they_need() -> None:
    listed = {entry["name"]: entry for entry in json.loads(vinee("extractors", "--json").stdout)}

    assert {"crf", "rules", "underthesea"} <= listed.keys()
    assert {"module:object", "cmd:COMMAND", "http://…", "llm:MODEL"} <= listed.keys()
    assert {"gliner:MODEL", "spacy:MODEL", "stanza:LANG", "transformers:MODEL"} <= listed.keys()
    assert listed["cmd:COMMAND"]["ready"]
    assert vinee("extractors").stdout.count("\n") == len(listed)


def test_validate_passes_on_the_released_corpus() -> None:
    done = vinee("corpus", "validate", "--json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["errors"] == 0


def test_validate_exits_with_one_on_an_error(tmp_path: Path) -> None:
    import shutil

    for folder in ("seeds", "annotations", "corpus"):
        shutil.copytree(resources.root() / folder, tmp_path / folder)
    next((tmp_path / "annotations" / "gold").glob("*.json")).unlink()

    done = vinee("corpus", "validate", tmp_path)

    assert done.returncode == 1
    assert "[gold-missing]" in done.stdout


def test_build_writes_where_it_is_told(tmp_path: Path) -> None:
    done = vinee("corpus", "build", "--out", tmp_path / "corpus")

    assert done.stdout.startswith("wrote 53 files")
    assert (tmp_path / "corpus" / "SHA256SUMS").is_file()


def test_statistics_are_those_of_edition_1_0() -> None:
    """Golden numbers: a change to any is a change of the gold, and needs a new edition."""
    counted = json.loads(vinee("corpus", "stats", "--json").stdout)

    assert counted["total"] == {
        "characters": 13119,
        "syllables": 3027,
        "sentences": 95,
        "names": 365,
        "other mentions": 111,
        "entities": 134,
        "times": 37,
        "events": 269,
        "event chains": 206,
        "arguments": 642,
    }
    assert counted["nesting"] == {"0": 363, "1": 2}
    assert counted["realis"] == {"ACTUAL": 164, "OTHER": 105}
    assert counted["modality"] == {"PLANNED": 48, "DESIRED": 30, "POSSIBLE": 22}
    assert counted["polarity"] == {"POSITIVE": 264, "NEGATIVE": 5}
    assert counted["arguments"] == {"explicit": 520, "implicit": 122}
    assert counted["timexes"] == {"DATE": 32, "DURATION": 5}
    assert counted["links"] == {"NIL": 38, "Wikidata": 37, "–": 11}


def test_statistics_are_aligned_text_where_there_is_no_terminal() -> None:
    lines = vinee("corpus", "stats").stdout.splitlines()

    assert lines[0].split()[:2] == ["document", "characters"]
    assert lines[6].split()[0] == "total"


@pytest.mark.parametrize("command", ["bench", "run", "score", "extractors", "corpus"])
def test_every_command_has_help(command: str) -> None:
    assert vinee(command, "--help").returncode == 0


def test_bench_prints_the_leaderboard_and_writes_everything(tmp_path: Path) -> None:
    done = vinee("bench", "rules", "--out", tmp_path)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("ner, by ner.strict\n")
    assert "Tag scores agree with seqeval" in done.stdout
    assert done.stderr == ""
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")} == {
        "LEADERBOARD.md",
        "report.html",
        "predictions/rules.jsonl",
        "predictions/rules.system.json",
        "runs/rules.json",
        *(
            f"results/rules.{task}.json"
            for task in (
                *("coref", "event_coref", "events", "linking"),
                *("mentions", "ner", "ner_fine", "timex"),
            )
        ),
    }


def test_bench_tells_what_of_earlier_runs_it_leaves_out(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "notes.json").write_text("{}", "utf-8")

    done = vinee("bench", "rules", "--out", tmp_path)

    assert done.returncode == 0
    assert done.stderr.startswith("left out notes.json: ")


def test_bench_of_an_unknown_extractor_is_told(tmp_path: Path) -> None:
    done = vinee("bench", "undersea", "--out", tmp_path)

    assert done.returncode == 2
    known = "annotator, crf, dateparser, rules, underthesea"
    assert f"unknown extractor 'undersea'; known: {known}" in done.stderr


def test_what_the_system_refuses_is_told_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    done = vinee("score", GOLD, "--out", tmp_path / "file" / "results")

    assert done.returncode == 2
    assert "file" in done.stderr
    assert "Not a directory" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_output_that_cannot_be_written_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", "from vinee.cli import main; main()", "score", str(GOLD)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 2
    assert done.stderr == "vinee: No space left on device\n"


def test_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -c 'from vinee.cli import main; main()' corpus stats | head -1"

    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],  # noqa: S607 - wherever bash is
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.startswith("document")
    assert "Traceback" not in done.stderr


def test_labels_of_an_extractor_can_be_mapped(tmp_path: Path) -> None:
    (tmp_path / "people.py").write_text(
        "def find(text):\n    at = text.find('Putin')\n    return [(at, at + 5, 'PERSON')]\n"
    )

    done = vinee("run", "people:find", "--map", "PERSON=PER", "--task", "ner", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert "people:find: renamed entity:PERSON=PER: 5" in done.stdout
    (path,) = (tmp_path / "benchmark" / "results").iterdir()
    stored = json.loads(path.read_bytes())
    assert "renamed entity:PERSON=PER: 5" in stored["notes"]
