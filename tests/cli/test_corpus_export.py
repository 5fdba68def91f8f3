"""``vinee corpus export`` as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from vinee.corpus import gold
from vinee.formats import native, registry
from vinee.formats.contract import FEATURES
from vinee.model import Document, Mention

ARTICLE = "001_4b169b2f93d1fecc"


def export(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    code = "from vinee.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, "corpus", "export", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
    )


def test_gold_goes_to_brat_without_a_loss(tmp_path: Path) -> None:
    done = export("brat", tmp_path / "out")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"wrote 5 documents to {tmp_path / 'out'}\n"
    assert len(list((tmp_path / "out").glob("*.ann"))) == 5


def test_each_feature_that_is_lost_is_one_warning(tmp_path: Path) -> None:
    nominal = Document("a", "ông", mentions=(Mention(0, 3, "PER", level="NOM"),))
    native.write_lines(tmp_path / "gold.jsonl", [nominal, Document("b", "bà")])

    done = export("timeml", tmp_path / "out", "--gold", tmp_path / "gold.jsonl")

    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "warning: timeml does not hold mentions: 1 in 1 of 2 documents",
        "warning: timeml does not hold mentions.level: 1 in 1 of 2 documents",
    ]


def test_summary_is_json(tmp_path: Path) -> None:
    done = export("conll", tmp_path / "a.conll", "--doc", ARTICLE, "--json")

    summary = json.loads(done.stdout)
    (article,) = (each for each in gold.documents() if each.doc_id == ARTICLE)
    assert summary["documents"] == [ARTICLE]
    assert {"doc_id": ARTICLE, "feature": "events", "count": len(article.events or ())} in (
        summary["losses"]
    )


def test_unknown_document_is_refused(tmp_path: Path) -> None:
    done = export("brat", tmp_path / "out", "--doc", "none")

    assert done.returncode == 2
    assert done.stderr.startswith("vinee: unknown document 'none'; known: 000_050def64e66b55bf")


def test_unknown_format_is_refused(tmp_path: Path) -> None:
    done = export("xml", tmp_path / "out")

    assert done.returncode == 2
    assert done.stderr.startswith("vinee: unknown format 'xml'")


def test_format_and_place_must_be_given() -> None:
    done = export("brat")

    assert done.returncode == 2
    assert "--list" in done.stderr


def test_writing_the_same_again_is_no_overwriting(tmp_path: Path) -> None:
    export("brat", tmp_path / "out", "--doc", ARTICLE)

    assert export("brat", tmp_path / "out", "--doc", ARTICLE).returncode == 0


def test_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("của tôi", "utf-8")

    done = export("brat", tmp_path, "--doc", ARTICLE)

    assert done.returncode == 2
    assert f"{tmp_path} holds something else ({tmp_path / 'notes.md'})" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.md"]


def test_force_replaces_files_of_the_same_names_only(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("của tôi", "utf-8")
    (tmp_path / f"{ARTICLE}.txt").write_text("khác", "utf-8")

    done = export("brat", ".", "--doc", ARTICLE, "--force", cwd=tmp_path)

    assert done.returncode == 0
    assert done.stderr == "warning: . also holds other files, left alone: 1\n"
    assert (tmp_path / "notes.md").read_text("utf-8") == "của tôi"
    assert (tmp_path / f"{ARTICLE}.txt").stat().st_size > 100
    assert len(list(tmp_path.iterdir())) == 4


def test_file_that_differs_is_replaced_only_with_force(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    path.write_text("khác", "utf-8")

    assert export("conll", path, "--doc", ARTICLE).returncode == 2
    assert path.read_text("utf-8") == "khác"
    assert export("conll", path, "--doc", ARTICLE, "--force").returncode == 0
    assert path.read_text("utf-8").startswith(f"# doc_id = {ARTICLE}\n")


def test_list_is_a_table_of_formats_and_features() -> None:
    done = export("--list")

    rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if line}
    assert done.returncode == 0
    assert rows["holds"] == list(registry.names())
    assert set(FEATURES) <= rows.keys()
    assert rows["timexes.value"][rows["holds"].index("timeml")] == "yes"
    assert rows["mentions"][rows["holds"].index("timeml")] == "-"


def test_list_as_json_says_what_each_format_holds() -> None:
    listed = json.loads(export("--list", "--json").stdout)

    assert listed["jsonl"]["holds"] == list(FEATURES)
