"""A backend, or the server that it works for, killed in the middle of thousands of tasks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections import Counter
from pathlib import Path
from threading import Timer
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import pytest
from backend_projects import counted, project, push, short

from vinee.errors import ServerError
from vinee.extractors import registry
from vinee.labelstudio.backend import Model
from vinee.labelstudio.backend.retrieving import retrieve
from vinee.labelstudio.backend.worker import Worker
from vinee.labelstudio.connection import Connection, connect
from vinee.labelstudio.server.plan import Wishes
from vinee.labelstudio.server.running import running

if TYPE_CHECKING:
    from vinee.labelstudio.projects import Project
    from vinee.labelstudio.server.process import RunningServer

pytestmark = pytest.mark.slow

TASKS = 2000
# Of the tasks; the server stores those before them in one go, and works on the next for seconds.
INTO_THE_SECOND_BATCH = 990
SLOW = """
    import time

    def names(text):
        time.sleep(0.005)
        return [(text.find("Trump"), text.find("Trump") + 5, "PER")]
"""
# What the button Retrieve Predictions does.
ASK = """
    import os, sys
    from vinee.labelstudio.connection import connect
    connection = connect(os.environ["LABEL_STUDIO_URL"], os.environ["LABEL_STUDIO_API_KEY"])
    connection.sdk.actions.create(
        id="retrieve_tasks_predictions",
        project=int(sys.argv[1]),
        request_options={
            "additional_body_parameters": {"selectedItems": {"all": True, "excluded": []}}
        },
    )
"""


class Started:
    """The command, as a user runs it."""

    def __init__(self, folder: Path, connection: Connection, key: str, *arguments: str) -> None:
        (folder / "slow.py").write_text(textwrap.dedent(SLOW), encoding="utf-8")
        self.log = folder / "stderr"
        self._output = self.log.open("ab")
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-c", "from vinee.cli import main; main()"),
                *("label-studio", "backend", "slow:names", "--json", "--port", "0"),
                *arguments,
            ],
            cwd=folder,
            env={**os.environ, "LABEL_STUDIO_URL": connection.url, "LABEL_STUDIO_API_KEY": key},
            stdout=subprocess.PIPE,
            stderr=self._output,
        )
        self.told = self.line()

    def line(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.log.read_text(encoding="utf-8")
        return json.loads(line)

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        code = self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._output.close()
        return code


def asking(server: RunningServer, of: Project) -> subprocess.Popen[bytes]:
    """Have the server ask its backend for all tasks, from a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(ASK), str(of.id)],
        env={**os.environ, "LABEL_STUDIO_URL": server.url, "LABEL_STUDIO_API_KEY": server.key},
    )


def wait_for_some(connection: Connection, of: Project) -> None:
    """Wait until the server has predictions."""
    begin = monotonic()
    while not counted(connection, of):
        assert monotonic() - begin < 300, "there was never a prediction"
        sleep(0.2)


def test_backend_killed_while_a_server_retrieves_leaves_one_prediction_a_task(
    server: RunningServer, connection: Connection, tmp_path: Path
) -> None:
    of = project(connection, "backend: killed")
    ids = push(connection, of, short(TASKS))
    killed = Started(tmp_path, connection, server.key, "--project", str(of.id))
    first = asking(server, of)
    # The server asks for all in one request, which takes ten seconds at least, and stores nothing
    # before it has the answer.
    sleep(5)
    killed.end(signal.SIGKILL)
    assert first.wait(300) == 0
    assert len(counted(connection, of)) < TASKS

    # What is done in time is kept, so that asking again and again comes to an end.
    again = Started(tmp_path, connection, server.key, "--project", str(of.id), "--timeout", "3")
    for _ in range(20):
        assert asking(server, of).wait(300) == 0
        if len(counted(connection, of)) == TASKS:
            break
    version = again.told["model_version"]

    assert again.end(signal.SIGTERM) == 0
    assert counted(connection, of) == Counter({(id_, version): 1 for id_ in ids})


def test_backend_killed_while_it_retrieves_goes_on_when_started_again(
    server: RunningServer, connection: Connection, tmp_path: Path
) -> None:
    of = project(connection, "backend: killed itself")
    ids = push(connection, of, short(TASKS))
    killed = Started(tmp_path, connection, server.key, "--project", str(of.id), "--retrieve")
    wait_for_some(connection, of)
    killed.end(signal.SIGKILL)
    assert len(counted(connection, of)) < TASKS

    again = Started(tmp_path, connection, server.key, "--project", str(of.id), "--retrieve")
    done = again.line()

    assert again.end(signal.SIGINT) == 0
    assert done["made"] > 0
    assert done["there"] > 0
    assert done["made"] + done["there"] == TASKS
    assert counted(connection, of) == Counter({(i, again.told["model_version"]): 1 for i in ids})


def test_server_killed_while_a_backend_retrieves_has_one_prediction_a_task_in_the_end(
    server_environment: Path, data: Path
) -> None:
    model = Model.ready(registry.resolve("rules"))
    with running(Wishes(data=data, port=0, environment=server_environment)) as mortal:
        connection = connect(mortal.url, mortal.key)
        of = project(connection, "backend: server killed")
        ids = push(connection, of, short(TASKS))
        murder = Timer(0.5, mortal.kill)

        def until(number: int) -> None:
            if number == INTO_THE_SECOND_BATCH:
                murder.start()

        with pytest.raises(ServerError):
            retrieve(connection, of, model, Worker(), until)
        murder.join()
        mortal.restart()
        connection = connect(mortal.url, mortal.key)
        before = len(counted(connection, of))
        done = retrieve(connection, of, model, Worker())

        assert 0 < before < TASKS
        assert (done.there, done.made, done.failures) == (before, TASKS - before, [])
        assert counted(connection, of) == Counter({(id_, "rules 1"): 1 for id_ in ids})
