"""``vinee corpus link`` and ``release`` as a corpus owner runs them, in a copy of the project."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vinee import resources
from vinee.cli.app import app
from vinee.formats import native


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for folder in ("seeds", "annotations"):
        shutil.copytree(resources.root() / folder, root / folder)
    return root


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["corpus", *arguments])
    return done.exit_code, done.stdout


def test_what_is_new_is_listed_and_what_has_no_item_is_said(project: Path) -> None:
    path = next((project / "annotations" / "gold").glob("000*.json"))
    path.write_text(path.read_text("utf-8").replace('"dpa"', '"agency-dpa"'), "utf-8")

    code, told = run("link", "--root", str(project))

    assert code == 0
    assert told.startswith("new entity agency-dpa (MEDIA agency-dpa): Q312653\n")
    assert "1 entities and 0 events described in " in told


def test_release_names_the_edition_and_the_next_step(project: Path) -> None:
    assert run("release", "1.0.1", "--root", str(project)) == (
        0,
        "the edition is 1.0.1\nnext: vinee corpus build and vinee bench, from that checkout\n",
    )


def test_release_that_is_refused_lists_why_and_exits_1(project: Path) -> None:
    path = next((project / "annotations" / "gold").glob("000*.json"))
    document = native.read(path)
    path.unlink()

    code, told = run("release", "1.0.1", "--root", str(project))

    assert code == 1
    assert f"annotations/gold/{document.doc_id}.json: the seed has no gold document" in told
    assert told.splitlines()[-1].startswith("1.0.1 is not released: ")
