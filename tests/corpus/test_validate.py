"""The validator on whole project folders: the real one, and copies with one thing broken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from vinee import resources
from vinee.corpus import gold
from vinee.corpus.validate import check_corpus
from vinee.errors import IntegrityError

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
    folder = project / "annotations" / "gold"
    (folder / f"{DOC}.json").rename(folder / "999_other.json")

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


@pytest.mark.parametrize(
    ("path", "finding"),
    [
        ("seeds/SHA256SUMS", "seed-checksum"),
        (f"seeds/{DOC}.txt", "seed-unreadable"),
        ("seeds/seeds.yaml", "seed-provenance"),
        (f"annotations/gold/{DOC}.json", "gold-unreadable"),
        ("corpus/SHA256SUMS", "corpus-checksum"),
        ("corpus/README.md", "corpus-stale"),
    ],
)
@pytest.mark.parametrize("kind", ["bytes", "folder"])
def test_file_that_cannot_be_read_is_found(
    project: Path, path: str, finding: str, kind: str
) -> None:
    (project / path).unlink()
    if kind == "bytes":
        (project / path).write_bytes(b"\xff\xfe")
    else:
        (project / path).mkdir()

    assert finding in ids(project)


@pytest.mark.parametrize("folder", ["seeds", "annotations", "annotations/gold", "corpus", "."])
def test_missing_folder_is_found(project: Path, folder: str) -> None:
    shutil.rmtree(project / folder)

    assert ids(project)


@pytest.mark.parametrize("name", ["x.json", "000.json"])
def test_folder_among_the_gold_is_found(project: Path, name: str) -> None:
    (project / "annotations" / "gold" / name).mkdir()

    found = [f for f in check_corpus(project) if f.id == "gold-unreadable"]

    assert [Path(str(f.where.file)).name for f in found] == [name]


def test_checksums_that_list_nothing_are_found(project: Path) -> None:
    (project / "seeds" / "SHA256SUMS").write_bytes(b"")

    assert "seed-checksum" in ids(project)


def test_listed_file_that_cannot_be_read_is_found(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    actual = Path.read_bytes

    def forbid(path: Path) -> bytes:
        if path.suffix == ".parquet":
            raise PermissionError(13, "Permission denied")
        return actual(path)

    monkeypatch.setattr(Path, "read_bytes", forbid)
    messages = {f.message for f in check_corpus(project) if f.id == "corpus-checksum"}

    assert any("Permission denied" in message for message in messages)


@pytest.mark.parametrize("text", ["a: 2025-13-45", "[" * 5000, "a: \0", "{[]: 1}"])
def test_provenance_that_is_no_table_is_found(project: Path, text: str) -> None:
    (project / "seeds" / "seeds.yaml").write_text(text, "utf-8")

    assert "seed-provenance" in ids(project)


def test_gold_may_be_one_file(tmp_path: Path) -> None:
    source = resources.root() / "annotations" / "gold" / f"{DOC}.json"
    shutil.copy(source, tmp_path / "mine.json")

    assert [d.doc_id for d in gold.documents(tmp_path / "mine.json")] == [DOC]


def test_file_of_a_gold_folder_is_named_after_its_document(tmp_path: Path) -> None:
    source = resources.root() / "annotations" / "gold" / f"{DOC}.json"
    shutil.copy(source, tmp_path / "mine.json")

    with pytest.raises(IntegrityError, match=f"name it {DOC}"):
        gold.documents(tmp_path)
