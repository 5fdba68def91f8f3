from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from vinee import resources
from vinee.cli.app import app
from vinee.labelstudio.config import instructions, labeling_config
from vinee.ontology import default

STORED = resources.root() / "annotations" / "label-studio"


def run(*arguments: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["label-studio", "config", *map(str, arguments)])
    return done.exit_code, done.stdout


def test_configuration_is_printed() -> None:
    assert run() == (0, labeling_config(default()))


def test_instructions_are_printed() -> None:
    assert run("--instructions") == (0, instructions(default()))


def test_files_are_written_and_not_stale_then(tmp_path: Path) -> None:
    folder = tmp_path / "new"

    assert run("--out", folder)[0] == 0
    assert (folder / "config.xml").read_text("utf-8") == labeling_config(default())
    assert run("--out", folder, "--check") == (0, "")


@pytest.mark.parametrize("name", ["config.xml", "instructions.html"])
def test_a_changed_file_and_a_missing_one_are_stale(tmp_path: Path, name: str) -> None:
    run("--out", tmp_path)
    path = tmp_path / name

    path.write_text(path.read_text("utf-8") + " ", "utf-8")
    code, printed = run("--out", tmp_path, "--check")
    assert (code, printed.split()[0]) == (1, str(path))
    path.unlink()
    assert run("--out", tmp_path, "--check")[0] == 1
    assert not path.exists()


def test_the_stored_files_are_up_to_date() -> None:
    code, printed = run("--out", STORED, "--check")

    assert code == 0, printed
