"""``vinee corpus add`` as a user runs it, in a copy of the project."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from vinee import resources
from vinee.corpus import quoted
from vinee.formats import native

TEXT = (
    "(Báo Mới) - Ngày 7/8/2025, Thủ tướng Lào thăm Hà Nội.\n\n"
    "Nhà lãnh đạo Ukraine tuyên bố ông cần nói chuyện trực tiếp với Tổng thống Nga để thúc đẩy "
    "các cuộc đàm phán hòa bình.\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for folder in ("seeds", "annotations"):
        shutil.copytree(resources.root() / folder, root / folder)
    (tmp_path / "005_lao.txt").write_text(TEXT, "utf-8")
    return root


def add(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "from vinee.cli import main; main()"
    command = [sys.executable, "-c", code, "corpus", "add", "005_lao.txt", "--root", str(project)]
    return subprocess.run(
        [*command, *arguments], capture_output=True, text=True, check=False, cwd=project.parent
    )


def draft(project: Path) -> quoted.Pass:
    return quoted.read(project / "annotations" / "passes" / "draft" / "005_lao.json")


def test_article_is_added_and_the_next_steps_are_told(project: Path) -> None:
    done = add(
        project,
        *("--published", "2025-08-07", "--published-evidence", "Ngày 7/8/2025"),
        *("--outlet", "Báo Mới", "--outlet-evidence", "(Báo Mới)"),
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("wrote ") == 4
    assert "1 of 2 sentences stand, nearly the same, in 000_050def64e66b55bf (1), 001" in (
        done.stdout
    )
    assert f"vinee corpus validate {project}\n" in done.stdout
    assert "vinee corpus build" not in done.stdout
    assert "value: Báo Mới\n    basis: header" in (project / "seeds" / "seeds.yaml").read_text()
    assert draft(project).annotator == "draft"


def test_steps_that_are_told_lead_to_gold(project: Path) -> None:
    add(project, "--preannotate", "rules")
    passes = project / "annotations" / "passes"
    code = "from vinee.cli import main; main()"
    steps = [sys.executable, "-c", code, "corpus", "resolve", str(passes / "draft")]

    to = str(project / "annotations" / "gold")
    subprocess.run(
        [*steps, "--seeds", str(project / "seeds"), "--to", to], capture_output=True, check=False
    )

    document = native.read(Path(to) / "005_lao.json")
    assert document.text == TEXT
    assert document.mentions


def test_second_time_is_refused(project: Path) -> None:
    add(project)

    done = add(project)

    assert done.returncode == 2
    assert "the corpus has this text already, as 005_lao" in done.stderr


def test_rules_fill_the_draft(project: Path) -> None:
    done = add(project, "--preannotate", "rules")

    assert done.returncode == 0, done.stderr
    written = draft(project)
    quotes = [m.quote for s in written.sentences for m in s.mentions]
    assert {"Lào", "Hà Nội", "Ukraine", "Nga"} <= set(quotes)
    assert written.annotator.startswith("draft:rules ")
    assert written.notes[0].startswith("Unreviewed output of the extractor rules ")


def test_extractor_that_learns_is_fitted_on_the_gold_of_the_project(project: Path) -> None:
    pytest.importorskip("pycrfsuite", reason="python-crfsuite is in the extra `baselines`")

    done = add(project, "--preannotate", "crf")

    assert done.returncode == 0, done.stderr
    assert "Ukraine" in [m.quote for s in draft(project).sentences for m in s.mentions]


def test_function_of_ones_own_fills_the_draft_and_its_labels_may_be_coarse(project: Path) -> None:
    (project.parent / "mine.py").write_text(
        "from vinee.extractors import Claims\nfrom vinee.model import Document, Mention\n"
        "class Mine:\n"
        "    name, version, trained_on = 'mine', '7', 'nothing'\n"
        "    claims = Claims(entities=('LOC',), scheme='coarse')\n"
        "    def extract(self, documents):\n"
        "        for d in documents:\n"
        "            at = d.text.index('Lào')\n"
        "            yield Document(d.doc_id, mentions=(Mention(at, at + 3, 'LOC', id='m1'),))\n",
        "utf-8",
    )

    done = add(project, "--preannotate", "mine:Mine")

    assert done.returncode == 0, done.stderr
    assert draft(project).annotator == "draft:mine 7"
    assert "coarse entity types" in draft(project).notes[-1]
    assert [m.type for s in draft(project).sentences for m in s.mentions] == ["LOC"]


def test_nothing_is_written_if_the_extractor_fails(project: Path) -> None:
    done = add(project, "--preannotate", "nobody")

    assert done.returncode == 2
    assert "unknown extractor 'nobody'" in done.stderr
    assert not (project / "seeds" / "005_lao.txt").exists()


def test_form_of_the_text_is_told(project: Path) -> None:
    import unicodedata

    article = project.parent / "005_lao.txt"
    article.write_text(unicodedata.normalize("NFD", TEXT), "utf-8")

    done = add(project)

    assert "note: the text is in NFD, and is kept so" in done.stdout
    assert (project / "seeds" / "005_lao.txt").read_bytes() == article.read_bytes()


def test_validate_says_what_is_missing_until_there_is_gold(project: Path) -> None:
    add(project)
    code = "from vinee.cli import main; main()"

    done = subprocess.run(
        [sys.executable, "-c", code, "corpus", "validate", str(project), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )

    found = [f for f in json.loads(done.stdout)["findings"] if "005_lao" in (f["file"] or "")]
    assert done.returncode == 1
    assert [finding["id"] for finding in found] == ["gold-missing"]
