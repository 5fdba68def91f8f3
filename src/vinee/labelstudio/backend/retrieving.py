"""Predictions for all tasks of a project, from our side: one a task and version, however often."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from vinee.errors import InputError, VineeError, printable
from vinee.labelstudio.backend.offered import offered
from vinee.labelstudio.backend.shapes import AskedTask, Failure
from vinee.labelstudio.backend.tasks import document_of, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vinee.labelstudio.backend.model import Model
    from vinee.labelstudio.backend.offered import Offered
    from vinee.labelstudio.backend.shapes import Prediction
    from vinee.labelstudio.backend.worker import Worker
    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.projects import Project

    OnProgress = Callable[[int], None]

_PAGE = 50
# Predictions sent together: a killed run loses no more work than this.
_BATCH = 20
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
    known = offered(project.config)
    done = Retrieved(0, 0, 0, [])
    batch: list[dict[str, Any]] = []
    for number, task in enumerate(_tasks(connection, project, "id,data,predictions"), start=1):
        if _versions(task, model.version):
            done.there += 1
        else:
            found = _predicted(task, model, worker, known)
            if isinstance(found, Failure):
                done.failures.append(found)
            else:
                batch.append({"task": task.id, **msgspec.to_builtins(found)})
        if len(batch) == _BATCH:
            done.made += _send(connection, project, batch)
        if on_progress is not None:
            on_progress(number)
    done.made += _send(connection, project, batch)
    done.doubled = _remove_doubles(connection, project, model.version)
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
    except InputError as error:
        return Failure(task.id, printable(name_of(asked)), str(error))
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


def _remove_doubles(connection: Connection, project: Project, version: str) -> int:
    """Keep the oldest prediction of each task: annotators may have seen it.

    The server makes one itself for a task that somebody opens, also while we do.
    """
    extra = [
        id_
        for task in _tasks(connection, project, "id,predictions")
        for id_ in _versions(task, version)[1:]
    ]
    with connection.calls(f"remove {len(extra)} predictions that are there twice"):
        for id_ in extra:
            connection.sdk.predictions.delete(id=id_)
    return len(extra)
