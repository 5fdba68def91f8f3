"""Sending what is missing, in batches that the server stores whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import msgspec

from vinee.errors import ServerError
from vinee.labelstudio import wire
from vinee.labelstudio.pushing.items import annotation_of, prediction_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.projects import Project
    from vinee.labelstudio.pushing.items import Item
    from vinee.labelstudio.pushing.planning import Plan

    OnSent = Callable[[int], None]

T = TypeVar("T")

MOST_TASKS = 500
MOST_BYTES = 16 * 1024 * 1024
"""Of one request. The server takes 250 MB, but works on a batch as long as nobody hears of it."""


class _Answer(msgspec.Struct):
    task_count: int = 0
    annotation_count: int | None = None
    prediction_count: int | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Parts of one request.

    Attributes:
        body: A JSON list.
        tasks: How many tasks there are in it.
        annotations: How many annotations.
        predictions: How many predictions.
    """

    body: bytes
    tasks: int
    annotations: int
    predictions: int


def batches(items: Iterable[Item]) -> Iterator[Batch]:
    """Divide documents into requests, by number and by bytes."""
    for some in _divided(((each, each.task()) for each in items), lambda pair: len(pair[1])):
        yield Batch(
            b"[%b]" % b",".join(task for _, task in some),
            len(some),
            sum(each.annotation is not None for each, _ in some),
            sum(each.prediction is not None for each, _ in some),
        )


def send(connection: Connection, project: Project, plan: Plan, on_sent: OnSent) -> bool:
    """Send what is missing.

    Args:
        connection: To a server.
        project: Where to.
        plan: What.
        on_sent: Told of each batch that the server has, and how many documents it was.

    Returns:
        Whether the server said that it has all of it; if not, list the project again.

    Raises:
        ServerError: The server is away, or refuses; it may have what was sent last.
    """
    complete = True
    for batch in batches(plan.tasks):
        complete &= _import(connection, project, batch)
        on_sent(batch.tasks)
    for task_id, item in plan.annotations:
        if item.annotation is not None:
            if task_id in plan.data:
                data = b'{"data":%b}' % item.data
                wire.patch(connection, "change a task", f"api/tasks/{task_id}/", data)
            path = f"api/tasks/{task_id}/annotations/"
            wire.post(connection, "add an annotation", path, annotation_of(item.annotation))
            on_sent(1)
    predictions = [
        prediction_of(task_id, item.prediction)
        for task_id, item in plan.predictions
        if item.prediction is not None
    ]
    for some in _divided(predictions, len):
        path = f"api/projects/{project.id}/import/predictions"
        wire.post(connection, "add predictions", path, b"[%b]" % b",".join(some))
        on_sent(len(some))
    return complete


def _import(connection: Connection, project: Project, batch: Batch) -> bool:
    path = f"api/projects/{project.id}/import"
    content = wire.post(connection, f"import {batch.tasks} tasks", path, batch.body)
    try:
        answer = msgspec.json.decode(content, type=_Answer)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ServerError(
            f"{connection.url} does not answer as Label Studio does when asked to import tasks; "
            "check the address"
        ) from error
    # Where SQLite was locked the server tries again, and by then has lost what hangs on the tasks.
    return (answer.task_count, answer.annotation_count, answer.prediction_count) == (
        batch.tasks,
        batch.annotations,
        batch.predictions,
    )


def _divided(parts: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    some: list[T] = []
    total = 0
    for each in parts:
        if some and (len(some) == MOST_TASKS or total + size(each) > MOST_BYTES):
            yield some
            some, total = [], 0
        some.append(each)
        total += size(each)
    if some:
        yield some
