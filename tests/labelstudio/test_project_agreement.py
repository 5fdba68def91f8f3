"""Agreement of the annotators of a project on a real server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from vinee import ontology, resources
from vinee.bench import agreement
from vinee.cli.app import app
from vinee.corpus import quoted
from vinee.formats import label_studio
from vinee.formats.label_studio import controls
from vinee.labelstudio.connection import Connection
from vinee.model import Document

pytestmark = pytest.mark.label_studio
PASSES = resources.root() / "annotations" / "passes"
PEOPLE = {"lan@example.org": "a1", "minh@example.org": "a2"}


def config() -> str:
    known = ontology.default()
    labels = {
        controls.MENTION: known.fine_labels,
        controls.EXTENT: (controls.EXTENT_LABEL,),
        controls.TIMEX: (controls.TIMEX_LABEL, *known.timexes),
        controls.TRIGGER: known.event_labels,
        controls.SPAN: (controls.SPAN_LABEL,),
    }
    parts = ['<Text name="text" value="$text"/><Relations choice="multiple"/>']
    for name, values in labels.items():
        inner = "".join(f'<Label value="{value}"/>' for value in values)
        parts.append(f'<Labels name="{name}" toName="text">{inner}</Labels>')
    parts += [
        f'<TextArea name="{name}" toName="text" perRegion="true"/>' for name in controls.ATTRIBUTES
    ]
    return f"<View>{''.join(parts)}</View>"


def number(connection: Connection, email: str) -> int:
    for user in connection.sdk.users.list():
        if user.email == email:
            return int(user.id or 0)
    made: Any = connection.sdk.users.create(email=email, username=email.partition("@")[0])
    return int(made.id)


def task(documents: list[Document], people: list[int]) -> dict[str, Any]:
    results = [label_studio.task(document)["annotations"][0]["result"] for document in documents]
    return {
        "data": label_studio.task(documents[0])["data"],
        "annotations": [
            {"result": result, "completed_by": person}
            for result, person in zip(results, people, strict=True)
        ],
    }


def test_annotators_of_a_project_agree_as_their_passes_do(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    passes = {who: quoted.resolved(PASSES / name) for who, name in PEOPLE.items()}
    people = [number(connection, who) for who in PEOPLE]
    made: Any = connection.sdk.projects.create(title="agreement", label_config=config())
    tasks: Any = [task(list(both), people) for both in zip(*passes.values(), strict=True)]
    connection.sdk.projects.import_tasks(made.id, request=tasks)
    monkeypatch.setattr("vinee.labelstudio.connection.connect", lambda _url, _key: connection)

    to = tmp_path / "agreement.json"
    command = ["label-studio", "agreement", "--project", str(made.id), "--to", str(to)]
    result = CliRunner().invoke(app, command, catch_exceptions=False)

    (found,) = agreement.read(to).pairs
    (expected,) = agreement.agreement(passes, {}).pairs
    assert result.exit_code == 0
    assert found.annotators == tuple(PEOPLE)
    assert (found.layers, found.attributes) == (expected.layers, expected.attributes)
    assert len(found.spots) == len(expected.spots)
