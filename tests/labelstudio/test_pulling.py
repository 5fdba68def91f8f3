"""Pulling from a real server: who annotated what, what was not submitted, what is at fault."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from broken_tasks import ARTICLE, BROKEN, Broken
from full_documents import canonical
from live_projects import (
    GOLD,
    bare,
    close,
    ids,
    number,
    plain,
    project,
    pull,
    result,
    somebody,
    tasks_of,
)
from typer.testing import CliRunner

from vinee.bench import agreement
from vinee.cli.app import app
from vinee.corpus import quoted
from vinee.errors import InvalidError, ServerError, UnknownNameError
from vinee.formats import native
from vinee.formats.label_studio import task
from vinee.labelstudio import pulling
from vinee.labelstudio.connection import Connection, connect
from vinee.labelstudio.pulling import download

pytestmark = [pytest.mark.label_studio, pytest.mark.slow]

DOCUMENT = GOLD[ARTICLE]
LAN, MINH = "lan@example.org", "minh@example.org"


@pytest.fixture
def people(connection: Connection) -> dict[str, int]:
    return {email: somebody(connection, email) for email in (LAN, MINH)}


def submit(connection: Connection, task_id: int, **annotation: Any) -> int:
    made: Any = connection.sdk.annotations.create(
        task_id, **{"result": result(DOCUMENT), **annotation}
    )
    return int(made.id)


def unannotated(connection: Connection) -> tuple[str, int]:
    """Make a project of one article that nobody has annotated."""
    title = project(connection, [bare(DOCUMENT)])
    return title, tasks_of(connection, title)[ARTICLE]


def test_each_annotator_has_a_folder(
    connection: Connection, people: dict[str, int], tmp_path: Path
) -> None:
    title, task_id = unannotated(connection)
    submit(connection, task_id, completed_by=people[LAN])
    submit(connection, task_id, completed_by=people[MINH], result=[])

    summary = pull(connection, title, tmp_path, renames=[f"{LAN}=a5"])

    assert sorted(p.name for p in tmp_path.iterdir()) == ["a5", MINH]
    assert plain(tmp_path / "a5" / f"{ARTICLE}.json") == canonical(DOCUMENT)
    empty = native.read(tmp_path / MINH / f"{ARTICLE}.json")
    assert (empty.mentions, empty.timexes, empty.events) == ((), (), ())
    assert summary.to_json()["annotators"]["a5"]["written"] == 1


def test_pass_says_what_it_comes_from(
    connection: Connection, people: dict[str, int], tmp_path: Path
) -> None:
    title, task_id = unannotated(connection)
    made: Any = connection.sdk.predictions.create(
        task=task_id, result=result(DOCUMENT), model_version="rules 0.4"
    )
    annotation = submit(
        connection,
        task_id,
        completed_by=people[LAN],
        parent_prediction=made.id,
        lead_time=12.5,
        result=[{**item, "origin": "prediction"} for item in result(DOCUMENT)],
    )

    pull(connection, title, tmp_path, guidelines="1.0")

    note = (native.read(tmp_path / LAN / f"{ARTICLE}.json").meta or {})["pass"]
    assert (note["annotation"], note["task"], note["user"]) == (annotation, task_id, people[LAN])
    assert note["prediction"] == {"id": made.id, "model_version": "rules 0.4"}
    assert note["regions"] == {"prediction": sum(i["type"] == "labels" for i in result(DOCUMENT))}
    assert (note["lead_time"], note["guidelines"]) == (12.5, "1.0")
    assert note["project"]["title"] == title


def test_annotation_that_somebody_else_has_changed_is_told(
    connection: Connection, people: dict[str, int], tmp_path: Path
) -> None:
    title = project(connection, [bare(DOCUMENT)])
    made = submit(connection, tasks_of(connection, title)[ARTICLE], completed_by=people[LAN])
    connection.sdk.annotations.update(made, result=result(DOCUMENT))

    summary = pull(connection, title, tmp_path)

    [finding] = [each for each in summary.findings if each.id == "annotation-changed"]
    assert finding.severity == "warning"
    assert f"{connection.email} has changed the annotation of {LAN}" in finding.message
    assert summary.by[LAN]["written"] == 1


def test_what_was_not_submitted_is_counted(
    connection: Connection, people: dict[str, int], server: Any, tmp_path: Path
) -> None:
    documents = list(GOLD.values())[:3]
    title = project(connection, map(bare, documents))
    first, second, _ = tasks_of(connection, title).values()
    submit(connection, first, completed_by=people[LAN], was_cancelled=True)
    httpx.post(  # the SDK has no call for it
        f"{server.url}/api/tasks/{second}/drafts",
        headers={"Authorization": f"Token {server.key}"},
        json={"result": [], "lead_time": 1},
    ).raise_for_status()

    summary = pull(connection, title, tmp_path)

    assert (summary.tasks, summary.unannotated) == (3, 3)
    assert summary.by[LAN]["skipped"] == 1
    assert summary.by[connection.email]["drafts"] == 1
    assert [*tmp_path.rglob("*.json")] == []


def test_several_by_one_person_are_refused_or_the_latest_is_taken(
    connection: Connection, people: dict[str, int], tmp_path: Path
) -> None:
    title, task_id = unannotated(connection)
    first = submit(connection, task_id, completed_by=people[LAN], result=[])
    second = submit(connection, task_id, completed_by=people[LAN], result=[])
    connection.sdk.annotations.update(first, result=result(DOCUMENT))

    refused = pull(connection, title, tmp_path / "passes")

    [finding] = [f for f in refused.findings if f.refuses]
    assert finding.id == "annotations-several"
    assert f"{second}, {first}" in finding.message
    assert not (tmp_path / "passes").exists()
    [path] = refused.set_aside
    assert {a["id"] for a in json.loads(path.read_bytes())["annotations"]} == {first, second}

    taken = pull(connection, title, tmp_path / "passes", latest=True)

    assert [f.severity for f in taken.findings if f.id == "annotations-several"] == ["warning"]
    assert plain(tmp_path / "passes" / LAN / f"{ARTICLE}.json") == canonical(DOCUMENT)
    assert not path.exists()


def test_work_of_a_deleted_user_is_set_aside(connection: Connection, tmp_path: Path) -> None:
    gone = somebody(connection, "gone@example.org")
    title, task_id = unannotated(connection)
    submit(connection, task_id, completed_by=gone)
    connection.sdk.users.delete(gone)

    summary = pull(connection, title, tmp_path / "passes")

    assert ids(summary) == ["annotator-unknown"]
    [path] = summary.set_aside
    assert path == tmp_path / "passes-rejected" / "unknown" / f"{ARTICLE}.json"


def test_repeated_pull_leaves_what_is_unchanged(connection: Connection, tmp_path: Path) -> None:
    title = project(connection, map(task, GOLD.values()))
    pull(connection, title, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.json")}
    task_id = tasks_of(connection, title)[ARTICLE]
    [annotation] = connection.sdk.annotations.list(task_id)
    connection.sdk.annotations.update(int(annotation.id or 0), result=[])

    summary = pull(connection, title, tmp_path)

    assert summary.by[connection.email] == {"written": 1, "unchanged": 4}
    changed = [p.stem for p, time in before.items() if p.stat().st_mtime_ns != time]
    assert changed == [ARTICLE]


def test_pass_of_another_origin_is_kept(connection: Connection, tmp_path: Path) -> None:
    title = project(connection, [task(DOCUMENT)])
    other = tmp_path / "a1" / f"{ARTICLE}.json"
    other.parent.mkdir()
    other.write_text('{"doc_id": "quoted"}', "utf-8")

    summary = pull(connection, title, tmp_path, renames=[f"{connection.email}=a1"])

    assert ids(summary) == ["pass-taken"]
    assert other.read_text("utf-8") == '{"doc_id": "quoted"}'
    assert summary.by["a1"] == {"kept": 1}


def test_pass_whose_annotation_was_deleted_is_told(connection: Connection, tmp_path: Path) -> None:
    title = project(connection, map(task, GOLD.values()))
    pull(connection, title, tmp_path)
    [annotation] = connection.sdk.annotations.list(tasks_of(connection, title)[ARTICLE])
    connection.sdk.annotations.delete(int(annotation.id or 0))

    summary = pull(connection, title, tmp_path)

    assert ids(summary) == ["pass-orphan"]
    assert (tmp_path / connection.email / f"{ARTICLE}.json").exists()


def test_document_in_two_tasks_is_set_aside(connection: Connection, tmp_path: Path) -> None:
    title = project(connection, [task(DOCUMENT)] * 2)

    summary = pull(connection, title, tmp_path / "passes")

    assert ids(summary) == ["doc-twice"]
    assert len(json.loads(summary.set_aside[0].read_bytes())["annotations"]) == 2


# What JSON cannot carry, or what a server itself refuses, never gets there.
SENT = [
    case
    for case in BROKEN
    if case.part in {"result", "guideline"} and case.code not in {"not-finite", "too-deep"}
]


def _broken(case: Broken, index: int) -> dict[str, Any]:
    made: dict[str, Any] = case.task()
    made["data"]["doc_id"] = f"broken-{index:03}"
    return made


def test_broken_annotations_are_told_and_none_is_lost(
    connection: Connection, tmp_path: Path
) -> None:
    sendable = [case for case in SENT if case.code != "surrogate"]
    tasks = [_broken(case, index) for index, case in enumerate(sendable)]
    title = project(connection, [*tasks, task(DOCUMENT)])

    summary = pull(connection, title, tmp_path / "passes")

    assert len(sendable) > 50
    assert summary.tasks == len(sendable) + 1
    folder = Path(connection.email)
    for index, case in enumerate(sendable):
        doc_id = f"broken-{index:03}"
        told = [f for f in summary.findings if f.where.doc_id == doc_id and f.id == case.code]
        assert case.region in {f.region for f in told}, case.name
        aside = tmp_path / "passes-rejected" / folder / f"{doc_id}.json"
        written = tmp_path / "passes" / folder / f"{doc_id}.json"
        is_pass = case.part == "guideline"
        assert (aside.exists(), written.exists()) == (not is_pass, is_pass), case.name
        if not is_pass:
            kept = json.loads(aside.read_bytes())
            assert kept["annotations"][0]["result"] == tasks[index]["annotations"][0]["result"]
            assert case.code in {finding["id"] for finding in kept["findings"]}
    assert plain(tmp_path / "passes" / folder / f"{ARTICLE}.json") == canonical(DOCUMENT)


def test_broken_data_is_told_and_the_work_is_kept(connection: Connection, tmp_path: Path) -> None:
    cases = [
        case
        for case in BROKEN
        if case.part == "data"
        and case.code in {"doc-id-missing", "doc-id-unsafe", "no-text", "text-differs"}
        and case.name not in {"no text", "text a list"}  # which the server refuses itself
    ]
    title = project(connection, [case.task() for case in cases])
    listed: Any = connection.sdk.tasks.list(project=number(connection, title))
    numbers = [int(each.id) for each in listed]

    summary = pull(connection, title, tmp_path / "passes")

    assert not (tmp_path / "passes").exists()
    for case, task_id in zip(cases, numbers, strict=True):
        aside = tmp_path / "passes-rejected" / connection.email / f"task-{task_id}.json"
        found = {finding["id"] for finding in json.loads(aside.read_bytes())["findings"]}
        assert case.code in found, case.name
    assert summary.by[connection.email] == {"rejected": len(cases)}


def test_mended_annotation_becomes_a_pass(connection: Connection, tmp_path: Path) -> None:
    broken = task(DOCUMENT)
    broken["annotations"][0]["result"] = [*result(DOCUMENT), None]
    title = project(connection, [broken])
    [path] = pull(connection, title, tmp_path / "passes").set_aside
    [annotation] = connection.sdk.annotations.list(tasks_of(connection, title)[ARTICLE])
    connection.sdk.annotations.update(int(annotation.id or 0), result=result(DOCUMENT))

    summary = pull(connection, title, tmp_path / "passes")

    assert summary.findings == []
    assert not path.exists()


def test_tasks_that_lie_far_apart_are_listed(
    connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = project(connection, map(task, GOLD.values()))
    monkeypatch.setattr(download, "_SPARSE", 0)
    monkeypatch.setattr(download, "_PAGE", 2)
    monkeypatch.setattr(download, "_MOST_ASKED", 2)

    assert pull(connection, title, tmp_path).by[connection.email] == {"written": 5}


def test_project_without_tasks_gives_nothing(connection: Connection, tmp_path: Path) -> None:
    title = project(connection, [task(DOCUMENT)])
    connection.sdk.tasks.delete(str(tasks_of(connection, title)[ARTICLE]))

    assert pull(connection, title, tmp_path).tasks == 0


@pytest.mark.parametrize("rename", ["a5", "=a5", f"{LAN}=", f"{LAN}=../a5", f"{LAN}=a/b"])
def test_rename_that_is_none_is_refused(
    connection: Connection, tmp_path: Path, rename: str
) -> None:
    title = project(connection, [task(DOCUMENT)])

    with pytest.raises(InvalidError, match="name of a folder"):
        pull(connection, title, tmp_path, renames=[rename])


def test_rename_of_nobody_is_refused(connection: Connection, tmp_path: Path) -> None:
    title = project(connection, [task(DOCUMENT)])

    with pytest.raises(UnknownNameError, match=r"unknown annotator 'x@example\.org'"):
        pull(connection, title, tmp_path, renames=["x@example.org=a5"])


@pytest.mark.usefixtures("people")
def test_two_people_do_not_share_a_folder(connection: Connection, tmp_path: Path) -> None:
    title = project(connection, [task(DOCUMENT)])

    with pytest.raises(InvalidError, match="would share the folder"):
        pull(connection, title, tmp_path, renames=[f"{LAN}=a5", f"{MINH}=A5"])


def test_pulled_pass_is_compared_with_a_quoted_one(connection: Connection, tmp_path: Path) -> None:
    title = project(connection, map(task, GOLD.values()))
    pull(connection, title, tmp_path, renames=[f"{connection.email}=a9"])
    passes = Path(__file__).parents[2] / "annotations" / "passes"

    measured = agreement.agreement(
        {"a9": quoted.resolved(tmp_path / "a9"), "a4": quoted.resolved(passes / "a4")}, {}
    )

    [pair] = measured.pairs
    assert pair.layers["names"].all.both == sum(
        m.level == "NAM" and m.type != "TITLE" for d in GOLD.values() for m in d.mentions or ()
    )


def test_command_tells_and_exits(connection: Connection, server: Any, tmp_path: Path) -> None:
    broken = task(DOCUMENT)
    broken["annotations"][0]["result"] = [*result(DOCUMENT), None]
    broken["data"]["doc_id"] = "broken"
    title = project(connection, [broken, task(DOCUMENT)])
    call = ["label-studio", "pull", "--project", title, "--to", str(tmp_path / "p")]
    access = {"LABEL_STUDIO_URL": server.url, "LABEL_STUDIO_API_KEY": server.key}

    told = CliRunner().invoke(app, call, env=access)
    as_json = CliRunner().invoke(app, [*call, "--json"], env=access)

    assert (told.exit_code, as_json.exit_code) == (1, 1)
    assert "must be an object (got NoneType)" in told.stdout
    assert f"set aside: {tmp_path / 'p-rejected'}" in told.stdout
    report = json.loads(as_json.stdout)
    assert report["annotators"][connection.email]["unchanged"] == 1
    assert report["errors"] == 1


class _Line:
    """A line to the server that can be cut and mended, as when the server is killed."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.target = target
        self.listener: socket.socket | None = None
        self.port = 0
        self.open: list[socket.socket] = []
        self.exports = 0
        self.on_second_export: Callable[[], None] = self.cut

    def mend(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def cut(self) -> None:
        for each in (self.listener, *self.open):
            if each is not None:
                # Closing alone does not wake a thread that waits in it.
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()
        self.listener, self.open = None, []

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            far = socket.create_connection(self.target)
            self.open += [near, far]
            for pair in ((near, far), (far, near)):
                threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while content := source.recv(65536):
                self.exports += b"/export?" in content
                if self.exports == 2:
                    self.exports += 1
                    self.on_second_export()
                    return
                sink.sendall(content)
        except OSError:
            return


@contextmanager
def line(server: Any) -> Iterator[tuple[_Line, Connection]]:
    address = urlsplit(server.url)
    made = _Line((str(address.hostname), int(address.port or 80)))
    made.mend()
    connection = connect(f"http://127.0.0.1:{made.port}", server.key)
    try:
        yield made, connection
    finally:
        made.cut()
        close(connection)


def test_server_that_goes_away_for_a_while_is_waited_for(
    connection: Connection, server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "_MOST_ASKED", 2)
    title = project(connection, map(task, GOLD.values()))
    waited: list[str] = []
    patience = pulling.Patience(60, waited.append)

    with line(server) as (to_server, through):

        def away() -> None:
            to_server.cut()
            threading.Timer(2.0, to_server.mend).start()

        to_server.on_second_export = away
        summary = pulling.pull(through, pulling.Asked(title, tmp_path), patience)

    assert summary.by[connection.email] == {"written": 5}
    assert waited
    assert all(re.search(r" to export tasks .* trying again in", each) for each in waited)


def test_server_that_stays_away_leaves_everything_as_it_was(
    connection: Connection, server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "_MOST_ASKED", 2)
    title = project(connection, map(task, GOLD.values()))

    with line(server) as (_, through), pytest.raises(ServerError, match="to export tasks"):
        pulling.pull(through, pulling.Asked(title, tmp_path), pulling.Patience(2))

    assert [*tmp_path.iterdir()] == []
    assert pull(connection, title, tmp_path).by[connection.email] == {"written": 5}
