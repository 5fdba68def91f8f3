"""Agreement of annotators, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vinee import resources
from vinee.bench import agreement
from vinee.cli.app import app

ANNOTATIONS = resources.root() / "annotations"
P1, P2 = (ANNOTATIONS / "passes" / name for name in ("p1", "p2"))


def run(*arguments: object, group: str = "label-studio") -> tuple[int, str, str]:
    command = [group, "agreement", *map(str, arguments)]
    result = CliRunner().invoke(app, command, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def test_the_tables_are_printed_with_the_number_of_spots_of_each_kind() -> None:
    code, output, _ = run(P1, P2)

    assert code == 0
    assert "2 annotators, 1 pair" in output
    assert "p1 and p2, guidelines 1.0-pilot, 1 article" in output
    lines = output.splitlines()
    header = next(line for line in lines if line.startswith("spots of disagreement"))
    numbers = lines[lines.index(header) + 1].split()
    assert header.split()[-1] == "all"
    assert sum(map(int, numbers[3:-1])) == int(numbers[-1]) > 0
    assert lines[-1].startswith("p1 and p2")


def test_spots_are_listed_a_line_each_if_that_is_wanted() -> None:
    _, output, _ = run(P1, P2, "--spots")

    lines = output.splitlines()
    listed = [line for line in lines if line.startswith("001_4b169b2f93d1fecc: ")]
    row = next(line for line in lines if line.startswith("p1 and p2  "))
    assert len(listed) == int(row.split()[-1])
    assert any("p1: nothing; p2: [" in line for line in listed)


def test_json_is_the_file_that_is_written(tmp_path: Path) -> None:
    to = tmp_path / "agreement.json"

    _, output, _ = run(P1, P2, "--to", to, "--json")

    assert json.loads(output) == json.loads(to.read_text("utf-8"))
    assert agreement.read(to).schema == "vinee.agreement/2"


def test_the_page_is_written_and_said_on_standard_error(tmp_path: Path) -> None:
    html = tmp_path / "agreement.html"

    code, output, said = run(P1, P2, "--html", html)

    assert code == 0
    assert str(html) in said
    assert str(html) not in output
    assert "<title>ViNEE: agreement of annotators</title>" in html.read_text("utf-8")


def test_an_annotator_is_compared_with_the_gold_on_the_articles_of_both() -> None:
    code, output, _ = run(P1, ANNOTATIONS / "gold")

    assert code == 0
    assert "p1 and gold, guidelines 1.0-pilot and unknown, 1 article" in output


@pytest.mark.parametrize("group", ["label-studio", "corpus"])
def test_both_commands_print_the_same(group: str) -> None:
    assert run(P1, P2, group=group)[1] == run(P1, P2)[1]
