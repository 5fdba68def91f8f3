"""Agreement of the annotators of a project on a real server."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from live_projects import bare, project, result, somebody
from typer.testing import CliRunner

from vinee import resources
from vinee.bench import agreement
from vinee.cli.app import app
from vinee.corpus import quoted
from vinee.labelstudio.connection import Connection
from vinee.model import Document

PASSES = resources.root() / "annotations" / "passes"
PEOPLE = {"lan@example.org": "a1", "minh@example.org": "a2"}


def task(documents: Iterable[Document], people: Iterable[int]) -> dict[str, Any]:
    """Give one article with what each of some people submitted."""
    both = list(documents)
    annotations = [
        {"result": result(document), "completed_by": person}
        for document, person in zip(both, people, strict=True)
    ]
    return {**bare(both[0]), "annotations": annotations}


def test_annotators_of_a_project_agree_as_their_passes_do(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    passes = {who: quoted.resolved(PASSES / name) for who, name in PEOPLE.items()}
    people = [somebody(connection, who) for who in PEOPLE]
    title = project(connection, (task(each, people) for each in zip(*passes.values(), strict=True)))
    monkeypatch.setattr("vinee.labelstudio.connection.connect", lambda _url, _key: connection)

    to = tmp_path / "agreement.json"
    command = ["label-studio", "agreement", "--project", title, "--to", str(to)]
    done = CliRunner().invoke(app, command, catch_exceptions=False)

    (found,) = agreement.read(to).pairs
    (expected,) = agreement.agreement(passes, {}).pairs
    assert done.exit_code == 0
    assert found.annotators == tuple(PEOPLE)
    assert (found.layers, found.attributes) == (expected.layers, expected.attributes)
    assert len(found.spots) == len(expected.spots)
