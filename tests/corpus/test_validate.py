"""The validator on whole project folders: the real one, and copies with one thing broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from vinee import resources
from vinee.corpus.validate import check_corpus

DOC = "001_4b169b2f93d1fecc"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("seeds", "annotations", "corpus"):
        shutil.copytree(resources.root() / folder, tmp_path / folder)
    return tmp_path


def ids(project: Path) -> set[str]:
    return {finding.id for finding in check_corpus(project)}


def test_released_corpus_has_no_error() -> None:
    errors = [str(f) for f in check_corpus() if f.severity == "error"]

    assert errors == []


def test_changed_seed_is_found(project: Path) -> None:
    seed = project / "seeds" / f"{DOC}.txt"
    seed.write_bytes(seed.read_bytes() + b"\n")

    assert "seed-checksum" in ids(project)


def test_unlisted_seed_is_found(project: Path) -> None:
    (project / "seeds" / "005_new.txt").write_text("Bài mới.\n", encoding="utf-8")

    assert {"seed-checksum", "seed-provenance", "gold-missing"} <= ids(project)


def test_missing_checksums_are_found(project: Path) -> None:
    (project / "seeds" / "SHA256SUMS").unlink()

    assert "seed-checksum" in ids(project)


def test_evidence_that_is_not_in_the_article_is_found(project: Path) -> None:
    path = project / "seeds" / "seeds.yaml"
    path.write_text(path.read_text("utf-8").replace("(VTC News)", "(VTC)"), "utf-8")

    assert "seed-provenance" in ids(project)


def test_guess_without_basis_is_found(project: Path) -> None:
    path = project / "seeds" / "seeds.yaml"
    text = path.read_text("utf-8").replace(
        "value: null, basis: unknown", "value: BBC, basis: unknown"
    )
    path.write_text(text, "utf-8")

    assert "seed-provenance" in ids(project)


def test_missing_gold_is_found(project: Path) -> None:
    (project / "annotations" / "gold" / f"{DOC}.json").unlink()

    assert "gold-missing" in ids(project)


def test_gold_of_an_unknown_seed_is_found(project: Path) -> None:
    gold = project / "annotations" / "gold"
    (gold / f"{DOC}.json").rename(gold / "999_other.json")

    assert "gold-unknown" in ids(project)


def test_gold_that_is_cut_off_is_found(project: Path) -> None:
    path = project / "annotations" / "gold" / f"{DOC}.json"
    path.write_bytes(path.read_bytes()[:100])

    assert "gold-unreadable" in ids(project)


def test_changed_corpus_file_is_found(project: Path) -> None:
    (project / "corpus" / "data" / "ner" / f"{DOC}.parquet").write_bytes(b"")

    assert "corpus-checksum" in ids(project)


def test_corpus_built_from_other_gold_is_found(project: Path) -> None:
    path = project / "annotations" / "gold" / f"{DOC}.json"
    path.write_text(path.read_text("utf-8").replace('"PER"', '"ORG"', 1), "utf-8")

    assert "corpus-stale" in ids(project)
