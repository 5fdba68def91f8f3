"""Where an edition can be read from."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from diff_documents import DOC_ID, article, changed
from msgspec.structs import replace

from vinee import resources
from vinee.corpus import gold
from vinee.corpus.diff import compare, editions, revision
from vinee.corpus.export import features, parquet, rows
from vinee.errors import IntegrityError, MalformedError, SchemaError
from vinee.formats import native
from vinee.model import Argument, Document

OTHER = changed("mentions", 1, type="LOC")


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607 - wherever git is


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two commits, the first tagged; the working tree is that of the second."""
    git(tmp_path, "init", "--quiet")
    path = tmp_path / "annotations" / "gold" / f"{DOC_ID}.json"
    path.parent.mkdir(parents=True)
    native.write(path, article())
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "first")
    git(tmp_path, "tag", "v0.1.0")
    native.write(path, OTHER)
    git(tmp_path, "commit", "--quiet", "-a", "-m", "second")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("source", ["git:v0.1.0", "v0.1.0", "HEAD~1", "git:HEAD^"])
def test_revision_gives_the_gold_as_it_was(project: Path, source: str) -> None:
    read = editions.read(source)

    assert read.documents == (article(),)
    assert read.name == f"git:{source.removeprefix('git:')}"
    assert editions.read(str(project)).documents == (OTHER,)


def test_revision_is_read_from_inside_the_project_too(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "docs" / "notes").mkdir(parents=True)
    monkeypatch.chdir(project / "docs" / "notes")

    assert editions.read("git:HEAD").documents == (OTHER,)


def test_path_comes_before_a_revision_of_the_same_name(project: Path) -> None:
    native.write_lines(project / "HEAD", [article()])

    assert editions.read("HEAD").documents == (article(),)
    assert editions.read("git:HEAD").documents == (OTHER,)


def test_file_of_an_older_model_lacks_what_was_added_since(project: Path) -> None:
    path = project / "annotations" / "gold" / f"{DOC_ID}.json"
    path.write_text(
        f'{{"doc_id": "{DOC_ID}", "events": [{{"type": "Contact.Meet", '
        '"trigger": {"start": 0, "end": 3}, "arguments": [], "polarity": null}]}',
        "utf-8",
    )
    git(project, "commit", "--quiet", "-a", "-m", "old")

    (document,) = editions.read("git:HEAD").documents

    assert (document.events or ())[0].modality is None


@pytest.mark.parametrize("name", ["v9", "--help", "", "HEAD:annotations", "a\0b", "HEAD\nHEAD"])
def test_unknown_revision_is_told(project: Path, name: str) -> None:
    del project
    with pytest.raises(MalformedError, match="git knows no revision"):
        editions.read(f"git:{name}")


def test_what_is_neither_path_nor_revision_is_told_as_both(project: Path) -> None:
    del project
    with pytest.raises(MalformedError, match="'v9' is no file or folder, and as a revision: git"):
        editions.read("v9")


def test_folder_outside_of_any_repository_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    with pytest.raises(MalformedError, match="not a git repository"):
        editions.read("git:HEAD")


def test_missing_git_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(project))

    with pytest.raises(MalformedError, match="git is not installed"):
        editions.read("git:HEAD")


def test_revision_without_gold_is_told(project: Path) -> None:
    git(project, "rm", "--quiet", "-r", "annotations")
    (project / "README.md").touch()
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "empty")

    with pytest.raises(MalformedError, match="revision 'HEAD' holds no annotations/gold"):
        editions.read("git:HEAD")


def test_broken_file_of_a_revision_is_told_with_its_path(project: Path) -> None:
    (project / "annotations" / "gold" / f"{DOC_ID}.json").write_text('{"doc_id": ', "utf-8")
    git(project, "commit", "--quiet", "-a", "-m", "broken")

    with pytest.raises(MalformedError, match=rf"HEAD:annotations/gold/{DOC_ID}\.json: .*JSON"):
        editions.read("git:HEAD")


def test_document_that_a_revision_has_twice_is_told(project: Path) -> None:
    native.write(project / "annotations" / "gold" / "copy.json", article())
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "twice")

    with pytest.raises(IntegrityError, match="there twice"):
        editions.read("git:HEAD")


def test_many_files_of_a_revision_are_each_their_own(project: Path) -> None:
    documents = [replace(article(), doc_id=f"d{number:03}") for number in range(120)]
    (project / "annotations" / "gold" / f"{DOC_ID}.json").unlink()
    for document in documents:
        native.write(project / "annotations" / "gold" / f"{document.doc_id}.json", document)
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "many")

    assert [document for _, document in revision.read("HEAD", project)] == documents


def test_folder_project_and_files_give_the_same_documents(tmp_path: Path) -> None:
    native.write(tmp_path / "annotations" / "gold" / f"{DOC_ID}.json", article())
    native.write_lines(tmp_path / "gold.jsonl", [article()])

    read = [
        editions.read(str(tmp_path / name)).documents
        for name in ("", "annotations/gold", f"annotations/gold/{DOC_ID}.json", "gold.jsonl")
    ]

    assert read == [(article(),)] * 4


def test_exported_dataset_gives_the_gold_back_whole() -> None:
    root = resources.root()

    assert editions.read(str(root / "corpus")).documents == gold.documents()


def _export(folder: Path, document: Document) -> None:
    kind = "documents"
    file = parquet.encode(rows.rows(kind, document), features.features(kind), {})
    (folder / "data" / "documents").mkdir(parents=True)
    (folder / "data" / "documents" / f"{document.doc_id}.parquet").write_bytes(file.content)


def test_every_layer_comes_back_from_an_exported_dataset(tmp_path: Path) -> None:
    arguments = (
        Argument("Place", span=(article().sentences or ())[0]),
        Argument("Entity", ref="m5", implicit=True),
    )
    filled = changed("events", 2, arguments=arguments)
    _export(tmp_path, filled)

    assert editions.read(str(tmp_path)).documents == (filled,)


def test_layers_that_were_not_annotated_come_back_as_such(tmp_path: Path) -> None:
    bare = Document(
        DOC_ID,
        text=article().text,
        sections=article().sections,
        sentences=article().sentences,
        timexes=(),
    )
    _export(tmp_path, bare)

    assert compare(editions.read(str(tmp_path)).documents, [bare]).is_empty


def _write_parquet(folder: Path, rows: list[dict[str, object]]) -> None:
    (folder / "data" / "documents").mkdir(parents=True)
    pq.write_table(pa.Table.from_pylist(rows), folder / "data" / "documents" / "a.parquet")


def test_older_dataset_lacks_columns_and_fields(tmp_path: Path) -> None:
    trigger = {"start": 0, "end": 3, "text": "gặp"}
    event = {"id": "ev1", "type": "Contact.Meet", "trigger": trigger, "arguments": []}
    _write_parquet(tmp_path, [{"doc_id": "a", "outlet": "VTC", "events": [event]}])

    (document,) = editions.read(str(tmp_path)).documents

    assert document.chains is None
    assert (document.events or ())[0].realis is None


@pytest.mark.parametrize(
    "row",
    [
        {"doc_id": 1},
        {"text": "no id"},
        {"doc_id": "a", "events": "none"},
        {"doc_id": "a", "events": [{"type": "Contact.Meet"}]},
        {"doc_id": "a", "mentions": [{"start": 0, "end": 1, "type": "PER", "colour": "red"}]},
    ],
)
def test_row_that_is_no_document_is_told_with_its_place(
    tmp_path: Path, row: dict[str, object]
) -> None:
    _write_parquet(tmp_path, [row])

    with pytest.raises(SchemaError, match=r"a\.parquet: \$\[0\]: the row is no document"):
        editions.read(str(tmp_path))


def test_file_that_is_not_parquet_is_told(tmp_path: Path) -> None:
    (tmp_path / "data" / "documents").mkdir(parents=True)
    (tmp_path / "data" / "documents" / "a.parquet").write_bytes(b"PAR0")

    with pytest.raises(MalformedError, match="not Parquet"):
        editions.read(str(tmp_path))


def test_dataset_without_documents_is_told(tmp_path: Path) -> None:
    (tmp_path / "data" / "documents").mkdir(parents=True)

    with pytest.raises(MalformedError, match=r"holds no \*\.parquet file"):
        editions.read(str(tmp_path))


def test_name_that_no_file_can_have_is_told(project: Path) -> None:
    del project
    with pytest.raises(MalformedError, match="is no file or folder"):
        editions.read("x" * 5000)


def test_file_that_the_repository_lacks_is_told(project: Path) -> None:
    """As in a clone without the history's files."""
    path = project / "annotations" / "gold" / f"{DOC_ID}.json"
    content = path.read_bytes()
    digest = hashlib.sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False)
    name = digest.hexdigest()
    (project / ".git" / "objects" / name[:2] / name[2:]).unlink()

    with pytest.raises(MalformedError, match=r"\.json: git does not have this file"):
        editions.read("git:HEAD")
