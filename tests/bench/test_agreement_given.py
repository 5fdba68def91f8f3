"""Passes in either form, from folders."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from vinee import resources
from vinee.bench.agreement.given import gather
from vinee.corpus import gold, quoted
from vinee.errors import InvalidError, MalformedError
from vinee.formats import native

ANNOTATIONS = resources.root() / "annotations"
PASSES = ANNOTATIONS / "passes"


def pulled(folder: Path, guidelines: str = "1.0") -> Path:
    for document in quoted.resolved(PASSES / "p1"):
        made = {"annotator": "lan@example.org", "guidelines": guidelines}
        native.write(folder / f"{document.doc_id}.json", replace(document, meta={"pass": made}))
    return folder


def test_quoted_passes_pulled_documents_and_gold_are_read_alike(tmp_path: Path) -> None:
    folders = (PASSES / "p1", pulled(tmp_path / "lan", "1.0-pilot"), ANNOTATIONS / "gold")

    quotes, documents, decided = gather(folders)

    assert [replace(each, meta=None) for each in documents.documents] == [*quotes.documents]
    assert decided.documents == gold.documents()
    assert [(each.annotator, each.guidelines) for each in (quotes, documents, decided)] == [
        ("p1", "1.0-pilot"),
        ("lan", "1.0-pilot"),
        ("gold", None),
    ]


def test_passes_of_different_guidelines_are_compared_only_if_that_is_wanted(tmp_path: Path) -> None:
    folders = (PASSES / "p1", pulled(tmp_path / "lan"))

    with pytest.raises(InvalidError, match=r"p1: 1\.0-pilot, lan: 1\.0.*--any-guidelines"):
        gather(folders)

    found = gather(folders, any_guidelines=True)
    assert [each.guidelines for each in found] == ["1.0-pilot", "1.0"]


def test_one_annotator_who_followed_two_guidelines_is_refused(tmp_path: Path) -> None:
    folder = pulled(tmp_path / "lan")
    other = gold.documents()[0]
    made = {"annotator": "lan@example.org", "guidelines": "2.0"}
    native.write(folder / f"{other.doc_id}.json", replace(other, meta={"pass": made}))

    with pytest.raises(InvalidError, match="its passes follow different guidelines"):
        gather((folder, PASSES / "p1"), any_guidelines=True)


def test_two_folders_of_one_name_are_refused(tmp_path: Path) -> None:
    shutil.copytree(PASSES / "p1", tmp_path / "p1")

    with pytest.raises(InvalidError, match="two folders are named 'p1'"):
        gather((PASSES / "p1", tmp_path / "p1"))


def test_a_folder_without_passes_is_named(tmp_path: Path) -> None:
    with pytest.raises(MalformedError, match=r"there is no pass.*no-documents"):
        gather((PASSES / "p1", tmp_path))
