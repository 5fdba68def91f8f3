"""Predictions for all tasks of a project, from our side: one a task and version, however often."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from vinee.errors import VineeError, printable
from vinee.labelstudio.backend.fitting import with_ours
from vinee.labelstudio.backend.shapes import AskedTask, Failure
from vinee.labelstudio.backend.tasks import document_of, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vinee.labelstudio.backend.model import Model
    from vinee.labelstudio.backend.shapes import Prediction
    from vinee.labelstudio.backend.worker import Worker
    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.offered import Offered
    from vinee.labelstudio.projects import Project

    OnProgress = Callable[[int], None]

_PAGE = 200
# With each request that stores predictions the server counts those of all tasks anew, which takes
# seconds; so there are few requests, and yet a killed run loses no more than half a minute's work.
_BATCH = 500
_SECONDS = 30.0
# A request that the client repeats by itself may be done twice.
_ONCE: Any = {"max_retries": 0}


@dataclass
class Retrieved:
    """What was done.

    Attributes:
        made: Predictions made now.
        there: Tasks that had a prediction of this version.
        doubled: Predictions removed, since their task had another one of this version.
        failures: Tasks without a prediction, and why.
    """

    made: int
    there: int
    doubled: int
    failures: list[Failure]


def retrieve(
    connection: Connection,
    project: Project,
    model: Model,
    worker: Worker,
    on_progress: OnProgress | None = None,
) -> Retrieved:
    """Make the predictions that tasks of a project lack.

    When this ends, each task that the extractor can do has exactly one prediction of the model's
    version. If it is stopped, doing it again goes on; what is there is kept.

    Args:
        connection: To the server.
        project: The project.
        model: The extractor.
        worker: The thread that the extractor works in.
        on_progress: Told how many tasks are seen.

    Raises:
        InvalidError: The project's configuration has no control of ours.
        ServerError: The server fails, or goes away.
    """
    known = with_ours(project.config)
    done = Retrieved(0, 0, 0, [])
    batch: list[dict[str, Any]] = []
    sent = time.monotonic()
    for number, task in enumerate(_tasks(connection, project, "id,data,predictions"), start=1):
        if versions := _versions(task, model.version):
            done.there += 1
            done.doubled += _remove(connection, versions[1:])
        else:
            found = _predicted(task, model, worker, known)
            if isinstance(found, Failure):
                done.failures.append(found)
            else:
                batch.append({"task": task.id, **msgspec.to_builtins(found)})
        if len(batch) == _BATCH or time.monotonic() - sent > _SECONDS:
            done.made += _send(connection, project, batch)
            sent = time.monotonic()
        if on_progress is not None:
            on_progress(number)
    done.made += _send(connection, project, batch)
    if done.made:
        # The server makes one itself for a task that somebody opens, also while we do.
        for task in _tasks(connection, project, "id,predictions"):
            done.doubled += _remove(connection, _versions(task, model.version)[1:])
    return done


def _tasks(connection: Connection, project: Project, keys: str) -> Iterator[Any]:
    with connection.calls(f"list the tasks of project {project.id}"):
        yield from connection.sdk.tasks.list(
            project=project.id, fields="all", include=keys, page_size=_PAGE
        )


def _versions(task: Any, version: str) -> list[int]:  # noqa: ANN401 - of the SDK
    """Give the numbers of a task's predictions of a version, the oldest first."""
    return sorted(each.id for each in task.predictions or () if each.model_version == version)


def _predicted(
    task: Any,  # noqa: ANN401 - of the SDK
    model: Model,
    worker: Worker,
    known: Offered,
) -> Prediction | Failure:
    asked = AskedTask(task.id, dict(task.data or {}))
    try:
        document = document_of(asked)
        return worker.do_now(partial(model.predict, document, known))[0]
    except VineeError as error:
        return Failure(task.id, printable(name_of(asked)), str(error))


def _send(connection: Connection, project: Project, batch: list[dict[str, Any]]) -> int:
    if not batch:
        return 0
    sent = len(batch)
    with connection.calls(f"store {sent} predictions in project {project.id}"):
        connection.sdk.projects.import_predictions(
            id=project.id,
            request=batch,  # type: ignore[arg-type]  # its own type loses the score of a region
            request_options=_ONCE,
        )
    batch.clear()
    return sent


def _remove(connection: Connection, extra: list[int]) -> int:
    """Remove predictions of a task that has an older one, which annotators may have seen."""
    with connection.calls(f"remove {len(extra)} predictions that are there twice"):
        for id_ in extra:
            connection.sdk.predictions.delete(id=id_)
    return len(extra)
