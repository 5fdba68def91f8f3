"""An adjudication on a real server, from the passes to gold, on the command line."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest
from adjudications import FIRST, SECOND, answer, answered, opened, passes, recorded
from msgspec.structs import replace
from typer.testing import CliRunner

from vinee.cli.app import app
from vinee.corpus.adjudication import adjudicate, read_log, write_log
from vinee.errors import IntegrityError
from vinee.formats import native
from vinee.labelstudio import projects

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.server.process import RunningServer

    Run = Callable[..., tuple[int, str]]

pytestmark = pytest.mark.slow


@pytest.fixture
def run(server: RunningServer, tmp_path: Path, request: pytest.FixtureRequest) -> Run:
    """Call the command; each test has a project of its own."""

    def called(*more: object, first: Path = FIRST, second: Path = SECOND) -> tuple[int, str]:
        options = ["--log", tmp_path / "log", "--to", tmp_path / "gold"]
        arguments = ["label-studio", "adjudicate", first, second, *options, *more]
        if "--project" not in more:
            arguments += ["--project", request.node.name[:50]]
        given = {"LABEL_STUDIO_URL": server.url, "LABEL_STUDIO_API_KEY": server.key}
        result = CliRunner().invoke(app, [*map(str, arguments)], env=given)
        if isinstance(result.exception, Exception):
            raise result.exception
        return result.exit_code, result.output

    return called


@pytest.fixture
def tasks(connection: Connection, request: pytest.FixtureRequest) -> Callable[[], dict[str, Any]]:
    """List the tasks of the test's project by document."""

    def listed() -> dict[str, Any]:
        project = projects.find(connection, request.node.name[:50])
        rows: list[Any] = list(connection.sdk.tasks.list(project=project.id, fields="all"))
        assert len({row.data["doc_id"] for row in rows}) == len(rows)
        return {row.data["doc_id"]: row for row in rows}

    return listed


def test_decisions_through_the_server_give_what_they_give_offline(
    run: Run, tasks: Callable[[], dict[str, Any]], connection: Connection, tmp_path: Path
) -> None:
    code, output = run()
    assert code == 1
    assert "0 of 5 articles are decided\nnothing was written" in output
    first = tasks()

    for number, article in enumerate(passes()):
        log = replace(recorded(article), sweep=())
        # What the server gives is what somebody's browser starts from.
        result = first[article.doc_id].predictions[0].result + answered(article, log)
        connection.sdk.annotations.create(first[article.doc_id].id, result=result)
        code, output = run("--json")
        told = json.loads(output)
        assert code == (0 if number == 4 else 1)
        assert sum(not each["open"] for each in told["articles"]) == number + 1
        assert (tmp_path / "gold").exists() == (number == 4)

    assert {id_: row.id for id_, row in tasks().items()} == {
        id_: row.id for id_, row in first.items()
    }
    for article in passes():
        log = replace(recorded(article), sweep=())
        assert read_log(tmp_path / "log" / f"{article.doc_id}.json") == log
        assert native.read(tmp_path / "gold" / f"{article.doc_id}.json") == adjudicate(
            article.first, article.second, article.naming, log.decided()
        )


def test_decisions_that_stand_in_the_log_are_set_and_count(
    run: Run, tasks: Callable[[], dict[str, Any]], tmp_path: Path
) -> None:
    for article in passes():
        write_log(tmp_path / "log" / f"{article.doc_id}.json", recorded(article))

    code, output = run()

    assert code == 0
    assert "wrote 5 documents" in output
    of = passes()[3]
    result = tasks()[of.doc_id].predictions[0].result
    assert next(i for i in result if i.get("from_name") == "take_0")["value"] == {
        "choices": [recorded(of).decisions[0].take]
    }
    assert [i for i in result if i.get("from_name") == "change_why"] != []


def test_third_answer_is_logged_with_its_reason_and_made_gold(
    run: Run, tasks: Callable[[], dict[str, Any]], connection: Connection, tmp_path: Path
) -> None:
    of = passes()[4]
    index = next(n for n, each in enumerate(of.found) if each.what == "modality")
    for article in passes():
        write_log(tmp_path / "log" / f"{article.doc_id}.json", recorded(article))
    run()
    task = tasks()[of.doc_id]
    result = opened(of, recorded(of))
    start = of.found[index].key.start
    event = next(
        i["id"] for i in result if i.get("from_name") == "trigger" and i["value"]["start"] == start
    )
    result = [i for i in result if i.get("from_name") not in (f"take_{index}", f"why_{index}")]
    result += [
        answer(f"take_{index}", "other"),
        answer(f"why_{index}", "R3: 'có thể'"),
        {
            **answer("modality", ""),
            "id": event,
            "type": "choices",
            "value": {"choices": ["POSSIBLE"]},
        },
    ]
    connection.sdk.annotations.create(task.id, result=result)

    code, output = run()

    assert code == 0
    assert "1 decided otherwise than before" in output
    log = read_log(tmp_path / "log" / f"{of.doc_id}.json")
    assert [(c.id, c.after, c.why) for c in log.sweep] == [
        (of.found[index].id, "POSSIBLE", "R3: 'có thể'")
    ]
    document = native.read(tmp_path / "gold" / f"{of.doc_id}.json")
    assert [e.modality for e in document.events or () if e.trigger.start == start] == ["POSSIBLE"]
    assert document == adjudicate(of.first, of.second, of.naming, log.decided(), log.sweep)


def test_task_that_is_lost_is_made_again_and_no_decision_with_it(
    run: Run, tasks: Callable[[], dict[str, Any]], connection: Connection
) -> None:
    run()
    of = passes()[1]
    before = tasks()
    result = opened(of) + answered(of, recorded(of))
    connection.sdk.annotations.create(before[of.doc_id].id, result=result)
    run()
    connection.sdk.tasks.delete(str(before[of.doc_id].id))

    code, output = run()

    after = tasks()
    assert code == 1
    assert f"{of.doc_id}: 1 disagreements, 0 undecided" in output
    assert after.keys() == before.keys()
    assert [i for i in after[of.doc_id].predictions[0].result if i.get("from_name") == "take_0"]


def test_draft_skipped_and_contradictory_annotations_hold_an_article_back(
    run: Run,
    tasks: Callable[[], dict[str, Any]],
    connection: Connection,
    server: RunningServer,
) -> None:
    run()
    there = tasks()
    drafted, skipped, contradicted = (passes()[n] for n in (0, 1, 2))
    draft = f"{connection.url}/api/tasks/{there[drafted.doc_id].id}/drafts"
    headers = {"Authorization": f"Token {server.key}"}
    httpx.post(draft, json={"result": opened(drafted)}, headers=headers).raise_for_status()
    connection.sdk.annotations.create(
        there[skipped.doc_id].id, result=opened(skipped), was_cancelled=True
    )
    for take in ("first", "second"):
        result = [*opened(contradicted), answer("take_0", take), answer("why_0", "A1")]
        connection.sdk.annotations.create(there[contradicted.doc_id].id, result=result)

    code, output = run()

    assert code == 1
    assert "somebody has a draft that is not submitted" in output
    assert "the task was skipped; submit it instead" in output
    assert "contradict each other; delete all but one" in output


def test_passes_that_changed_are_refused_and_nothing_is_written(
    run: Run, tasks: Callable[[], dict[str, Any]], tmp_path: Path
) -> None:
    run()
    shutil.copytree(SECOND, tmp_path / "a2")
    path = tmp_path / "a2" / f"{passes()[0].doc_id}.json"
    path.write_text(path.read_text("utf-8").replace('"ACTUAL"', '"GENERIC"', 1), "utf-8")
    before = {file: file.read_bytes() for file in (tmp_path / "log").iterdir()}

    with pytest.raises(IntegrityError, match="was made of other passes"):
        run(second=tmp_path / "a2")

    assert {file: file.read_bytes() for file in (tmp_path / "log").iterdir()} == before
    assert len(tasks()) == 5


def test_project_of_something_else_is_refused(run: Run, connection: Connection) -> None:
    config = '<View><Text name="text" value="$text"/></View>'
    connection.sdk.projects.create(title="no adjudication", label_config=config)

    with pytest.raises(IntegrityError, match="is there, but is no adjudication"):
        run("--project", "no adjudication")


def test_task_that_somebody_else_put_in_is_refused(
    run: Run, connection: Connection, request: pytest.FixtureRequest
) -> None:
    run()
    project = projects.find(connection, request.node.name[:50])
    connection.sdk.projects.import_tasks(
        project.id,
        request=[{"data": {"doc_id": "x", "text": "x", "disagreements": []}}],  # type: ignore[list-item]
    )

    with pytest.raises(IntegrityError, match="is not of an adjudication"):
        run()


def test_document_that_is_twice_there_is_refused(
    run: Run,
    tasks: Callable[[], dict[str, Any]],
    connection: Connection,
    request: pytest.FixtureRequest,
) -> None:
    run()
    project = projects.find(connection, request.node.name[:50])
    task = tasks()[passes()[0].doc_id]
    connection.sdk.projects.import_tasks(project.id, request=[{"data": task.data}])  # type: ignore[list-item]

    with pytest.raises(IntegrityError, match="are both of '000_050def64e66b55bf'"):
        run()


def test_log_of_other_annotators_is_refused(run: Run, tmp_path: Path) -> None:
    log = msgspec.structs.replace(recorded(passes()[0]), annotators=("a1", "a3"))
    write_log(tmp_path / "log" / f"{log.doc_id}.json", log)

    with pytest.raises(IntegrityError, match="by a1 and a3, not of"):
        run()


def test_annotators_of_one_name_are_refused(run: Run, tmp_path: Path) -> None:
    shutil.copytree(SECOND, tmp_path / "a1")

    with pytest.raises(IntegrityError, match="both annotators are called 'a1'"):
        run(second=tmp_path / "a1")
