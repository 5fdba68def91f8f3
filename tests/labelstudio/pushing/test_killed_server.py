"""A server that is killed in the middle of a push, and started again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest

from vinee.errors import ServerError
from vinee.labelstudio.connection import Connection, connect
from vinee.labelstudio.pushing import Patience, Request, push
from vinee.labelstudio.server.plan import Wishes
from vinee.labelstudio.server.process import RunningServer
from vinee.labelstudio.server.running import running
from vinee.model import Document, Mention

pytestmark = pytest.mark.slow

TASKS = 2000
INTO_A_BATCH = 0.4  # seconds; the server works on one for longer


@pytest.fixture
def mortal(server_environment: Path, data: Path) -> Iterator[RunningServer]:
    """A server that may be killed."""
    with running(Wishes(data=data, port=0, environment=server_environment)) as started:
        yield started


def documents() -> list[Document]:
    return [
        Document(
            f"d{number:04}",
            f"Bài số {number}: Hà Nội đón khách.",
            mentions=(
                Mention(start := len(f"Bài số {number}: "), start + 6, "GPE", "Hà Nội", id="m1"),
            ),
        )
        for number in range(TASKS)
    ]


class Assassin:
    """Runs something in the middle of the second batch of a push."""

    def __init__(self, deed: Callable[[], None]) -> None:
        self.thread = Thread(target=self._do, args=(deed,))
        self.after = 0

    def step(self, doing: str, done: int, _total: int) -> None:
        if doing == "send" and not self.after:
            self.after = done
            self.thread.start()

    def _do(self, deed: Callable[[], None]) -> None:
        sleep(INTO_A_BATCH)
        deed()


def exported(connection: Connection, project: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = connection.sdk.projects.exports.as_json(project)
    return found


def assert_each_is_there_once(tasks: list[dict[str, Any]]) -> None:
    ids = Counter(each["data"]["doc_id"] for each in tasks)
    assert len(tasks) == TASKS
    assert set(ids) == {each.doc_id for each in documents()}
    assert {len(each["annotations"]) for each in tasks} == {1}
    assert all(each["annotations"][0]["result"] for each in tasks)


def test_a_push_that_was_broken_off_goes_on_when_it_is_repeated(mortal: RunningServer) -> None:
    connection = connect(mortal.url, mortal.key)
    assassin = Assassin(mortal.kill)
    impatient = Patience(1)

    with pytest.raises(ServerError, match=r"of 2000 tasks, .* have arrived; the same command goes"):
        push(
            connection,
            Request(
                documents(), "broken off", annotations=True,
                patience=impatient, on_step=assassin.step,
            ),
        )  # fmt: skip
    assassin.thread.join()
    mortal.restart()
    connection = connect(mortal.url, mortal.key)
    again = push(connection, Request(documents(), "broken off", annotations=True))

    # The batch that was in work is lost whole, or is there whole.
    assert 0 < assassin.after <= again.there < TASKS
    assert again.new + again.there == TASKS
    assert again.is_clean
    assert_each_is_there_once(exported(connection, again.project))


def test_a_push_waits_for_the_server_and_completes(mortal: RunningServer) -> None:
    connection = connect(mortal.url, mortal.key)
    said: list[str] = []

    def kill_and_start() -> None:
        mortal.kill()
        sleep(2)
        mortal.restart()

    assassin = Assassin(kill_and_start)

    done = push(
        connection,
        Request(
            documents(), "waited for", annotations=True,
            patience=Patience(200, said.append), on_step=assassin.step,
        ),
    )  # fmt: skip
    assassin.thread.join()

    assert said, "the push never noticed that the server was away"
    assert 0 < assassin.after < TASKS
    assert (done.new, done.there) == (TASKS, 0)
    assert done.is_clean
    assert_each_is_there_once(exported(connection, done.project))
