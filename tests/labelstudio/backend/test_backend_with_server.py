"""A backend beside a real server: as it is asked, as people see it, and when either is killed."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from backend_config import configuration
from backend_projects import articles, counted, project, push, short

from vinee.bench.run import run
from vinee.corpus import gold
from vinee.errors import ServerError
from vinee.extractors import registry
from vinee.formats.label_studio import task
from vinee.labelstudio.backend import Model, application, serving
from vinee.labelstudio.backend.access import Credentials
from vinee.labelstudio.backend.attaching import attach
from vinee.labelstudio.backend.retrieving import retrieve
from vinee.labelstudio.backend.worker import Worker
from vinee.labelstudio.connection import Connection, connect
from vinee.labelstudio.server.plan import Wishes
from vinee.labelstudio.server.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.labelstudio.server.process import RunningServer

pytestmark = pytest.mark.slow

VERSION = "rules 1"
VIEW: Any = {"width": 1500, "height": 1000}


def opened(connection: Connection, id_: int) -> list[tuple[str, list[Any]]]:
    """Open a task, and give version and result of each prediction that comes with it."""
    found: Any = connection.sdk.tasks.get(id=str(id_))
    return [(str(each.model_version), list(each.result)) for each in found.predictions]


@pytest.fixture(scope="module")
def rules() -> Model:
    return Model.ready(registry.resolve("rules"))


@pytest.fixture(scope="module")
def address(rules: Model) -> Iterator[str]:
    with serving(application(rules), "127.0.0.1", 0) as served:
        yield served.address


def test_opened_task_has_what_a_run_of_the_extractor_gives(
    connection: Connection, address: str, tmp_path: Path
) -> None:
    of = project(connection, "backend: equal")
    ids = push(connection, of, articles())
    attach(connection, of, address, VERSION)
    ran = run(registry.resolve("rules"), gold.documents(), tmp_path / "predictions.jsonl")
    texts = {each.doc_id: each for each in gold.documents()}

    for id_, document in zip(ids, gold.documents(), strict=True):
        (found,) = (each for each in ran.predictions.documents if each.doc_id == document.doc_id)
        wanted = task(_with_text(found, texts[document.doc_id]))["annotations"][0]["result"]

        assert opened(connection, id_) == [(VERSION, wanted)]


def _with_text(found: Any, document: Any) -> Any:
    from msgspec.structs import replace

    return replace(found, text=document.text)


def test_task_that_several_open_at_once_has_one_prediction(
    connection: Connection, address: str
) -> None:
    of = project(connection, "backend: at once")
    (id_, *_) = push(connection, of, articles()[:1])
    attach(connection, of, address, VERSION)
    with ThreadPoolExecutor(3) as people:
        seen = [*people.map(lambda _: opened(connection, id_), range(3))]

    assert counted(connection, of) == Counter({(id_, VERSION): 1})
    assert [len(each) for each in seen] == [1, 1, 1]


def test_project_knows_a_backend_once_however_often_and_wherever_it_starts(
    connection: Connection, rules: Model, address: str
) -> None:
    of = project(connection, "backend: once")

    first = attach(connection, of, address, VERSION)
    again = attach(connection, of, f"{address}/", VERSION)
    with serving(application(rules), "127.0.0.1", 0) as served:
        moved = attach(connection, of, served.address, VERSION)
        listed: Any = list(connection.sdk.ml.list(project=of.id))

    assert (first.is_new, again.is_new, moved.is_new) == (True, False, False)
    assert [each.url for each in listed] == [served.address]


def test_project_with_a_backend_of_others_is_refused(connection: Connection, address: str) -> None:
    of = project(connection, "backend: others")
    connection.sdk.ml.create(project=of.id, url=f"{address}/health/..", title="theirs")

    with pytest.raises(ServerError, match="'theirs'"):
        attach(connection, of, address, VERSION)


def test_address_that_nobody_answers_at_is_told(connection: Connection) -> None:
    of = project(connection, "backend: nobody")

    with pytest.raises(ServerError, match="health check failed"):
        attach(connection, of, "http://127.0.0.1:9", VERSION)


def test_password_reaches_the_backend_through_the_server(
    connection: Connection, rules: Model
) -> None:
    of = project(connection, "backend: password")
    (id_, *_) = push(connection, of, short(1))
    required = Credentials("lan", "secret")
    with serving(application(rules, required=required), "127.0.0.1", 0) as served:
        with pytest.raises(ServerError, match="authentication parameters"):
            attach(connection, of, served.address, VERSION, Credentials("lan", "other"))
        attach(connection, of, served.address, VERSION, required)

        assert [version for version, _ in opened(connection, id_)] == [VERSION]


def test_label_that_the_project_lacks_neither_breaks_a_task_nor_comes_through(
    connection: Connection, address: str
) -> None:
    of = project(connection, "backend: few labels", configuration("GPE", "NAM", relations=False))
    (id_, *_) = push(connection, of, articles()[:1])
    attach(connection, of, address, VERSION)

    ((_, result),) = opened(connection, id_)

    labels = {item["value"]["labels"][0] for item in result if item["type"] == "labels"}
    assert "PER" in labels
    assert "GPE" not in labels


def test_retrieval_from_our_side_makes_what_lacks_and_removes_what_is_double(
    connection: Connection, rules: Model, address: str
) -> None:
    of = project(connection, "backend: retrieve")
    ids = push(connection, of, short(6))
    attach(connection, of, address, VERSION)
    opened(connection, ids[0])
    for _ in range(2):
        connection.sdk.predictions.create(task=ids[1], result=[], model_version=VERSION)
    worker = Worker()

    first = retrieve(connection, of, rules, worker)
    again = retrieve(connection, of, rules, worker)

    assert (first.made, first.there, first.doubled, first.failures) == (4, 2, 1, [])
    assert (again.made, again.there, again.doubled) == (0, 6, 0)
    assert counted(connection, of) == Counter({(id_, VERSION): 1 for id_ in ids})


def test_backend_goes_on_when_the_server_is_killed_and_comes_back(
    server_environment: Path, data: Path, address: str
) -> None:
    wishes = Wishes(data=data, port=0, environment=server_environment, allow_local_backends=True)
    with running(wishes) as server:
        connection = connect(server.url, server.key)
        of = project(connection, "backend: server killed")
        first, second = push(connection, of, short(2))
        attach(connection, of, address, VERSION)
        before = opened(connection, first)
        server.kill()
        server.start()
        after = opened(connection, second)

    assert [version for version, _ in before + after] == [VERSION, VERSION]


def test_annotator_sees_suggestions_on_opening_a_task(
    server: RunningServer, connection: Connection, address: str, tmp_path: Path
) -> None:
    pytest.importorskip("playwright", reason="playwright is in the group test")
    from annotator import Annotator
    from chromium import CHROMIUM, MISSING, chromium

    if CHROMIUM is None:
        pytest.skip(MISSING)
    of = project(connection, "backend: browser")
    (id_, *_) = push(connection, of, articles()[1:2])
    attach(connection, of, address, VERSION)
    with chromium() as browser:
        person = Annotator(browser.new_page(viewport=VIEW), server.url, tmp_path)
        person.log_in(server.user, server.plan.credentials.password)
        person.open(of.id, id_)
        shown = {(each.control, each.label, each.start, each.end) for each in person.regions()}
        person.page.screenshot(path=tmp_path / "suggestions.png")
    ((_, result),) = opened(connection, id_)

    assert shown == {
        (item["from_name"], *item["value"]["labels"], item["value"]["start"], item["value"]["end"])
        for item in result
        if item["type"] == "labels"
    }
    assert person.errors == []
