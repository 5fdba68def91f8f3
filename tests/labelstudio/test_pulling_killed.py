"""A server that is killed in the middle of a pull of 2,000 tasks, and started again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from vinee.errors import ServerError
from vinee.labelstudio import pulling
from vinee.labelstudio.connection import Connection, connect
from vinee.labelstudio.pulling import Patience
from vinee.labelstudio.pulling.download import Part
from vinee.labelstudio.pushing import Request, push
from vinee.labelstudio.server.plan import Wishes
from vinee.labelstudio.server.process import RunningServer
from vinee.labelstudio.server.running import running
from vinee.model import Document, Mention

pytestmark = pytest.mark.slow

TASKS = 2000
TITLE = "to be pulled"


@pytest.fixture(scope="module")
def mortal(
    server_environment: Path, data_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A server that may be killed, with 2,000 annotated tasks."""
    data = shutil.copytree(data_template, tmp_path_factory.mktemp("mortal") / "data")
    with running(Wishes(data=data, port=0, environment=server_environment)) as started:
        connection = connect(started.url, started.key)
        push(connection, Request(documents(), TITLE, annotations=True))
        yield started


def documents() -> list[Document]:
    text = "Hà Nội đón khách."
    mentions = (Mention(0, 6, "GPE", "Hà Nội", id="m1"),)
    return [Document(f"d{n:04}", f"{text} Bài số {n}.", mentions=mentions) for n in range(TASKS)]


def pulled(
    connection: Connection, to: Path, patience: Patience, deed: Thread | None = None
) -> pulling.Summary:
    """Pull; after the first part, when the next is under way, the deed is done."""

    def on_part(_: Part) -> None:
        if deed is not None and deed.ident is None:
            deed.start()
            deed.join(1)

    return pulling.pull(connection, pulling.Asked(TITLE, to), patience, on_part)


def names(to: Path) -> set[str]:
    return {path.stem for path in to.rglob("*.json")}


def test_a_pull_that_was_broken_off_wrote_nothing_and_is_repeated(
    mortal: RunningServer, tmp_path: Path
) -> None:
    connection = connect(mortal.url, mortal.key)
    murder = Thread(target=mortal.kill)

    with pytest.raises(ServerError):
        pulled(connection, tmp_path, Patience(1), murder)
    murder.join()
    assert names(tmp_path) == set()
    mortal.restart()
    again = pulled(connect(mortal.url, mortal.key), tmp_path, Patience())

    assert again.tasks == TASKS
    assert names(tmp_path) == {document.doc_id for document in documents()}


def test_a_pull_waits_for_the_server_and_completes(mortal: RunningServer, tmp_path: Path) -> None:
    connection = connect(mortal.url, mortal.key)
    said: list[str] = []

    def kill_and_start() -> None:
        mortal.kill()
        mortal.restart()

    revival = Thread(target=kill_and_start)
    done = pulled(connection, tmp_path, Patience(300, said.append), revival)
    revival.join()

    assert said, "the pull never noticed that the server was away"
    assert done.tasks == TASKS
    assert names(tmp_path) == {document.doc_id for document in documents()}
