"""All tasks of a project with all their annotations, in parts that can be asked for again.

The numbers of a project's tasks mostly follow each other, and to list them takes a server a good
part of the time that it needs to export the tasks themselves; so stretches of numbers are asked
for. Only where a project's tasks lie far apart are they listed.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from vinee.errors import ServerError
from vinee.labelstudio import wire

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.patience import Patience
    from vinee.labelstudio.projects import Project

# The server takes fewer than 1,000 parameters; of a third, one part is checked while the next is
# exported, and little is left to check at the end. What stands before a server may take shorter
# addresses only, and is then asked for less at a time, down to what all take.
_MOST_ASKED = 330
_FEW = 100
_TOO_LONG = frozenset({400, 413, 414, 431})
_PAGE = 1000
_DOING = "export tasks"
# Where there are fewer tasks than one in so many numbers, they are listed.
_SPARSE = 5


@dataclass(frozen=True)
class Part:
    """Some of a project's tasks.

    Attributes:
        tasks: Tasks as the server exports them, drafts included.
        done: How many tasks there were up to here.
        total: How many the project has.
    """

    tasks: list[Any]
    done: int
    total: int


def parts(connection: Connection, project: Project, patience: Patience) -> Iterator[Part]:
    """Download a project, the next part while the one before it is worked on.

    Raises:
        ServerError: The server was away for too long or refuses, or gave fewer tasks than the
            project had when this began.
    """
    numbers = _numbers(connection, project, patience)
    if numbers is None:
        return
    total, stretches = numbers
    done = 0
    with ThreadPoolExecutor(1) as pool:
        coming = [pool.submit(_exported, connection, project, stretches[0], patience)]
        for following in [*stretches[1:], None]:
            if following is not None:
                coming.append(pool.submit(_exported, connection, project, following, patience))
            tasks = [_read(task) for task in coming.pop(0).result()]
            done += len(tasks)
            yield Part(tasks, done, max(done, total))
    if done < total:
        raise ServerError(
            f"{connection.url} gave {done} of the {total} tasks of the project {project.title!r}; "
            "if tasks were deleted meanwhile, do this again"
        )


def _numbers(
    connection: Connection, project: Project, patience: Patience
) -> tuple[int, list[Sequence[int]]] | None:
    """Give how many tasks there are, and stretches of numbers in which all of them lie."""
    ask = partial(patience.ask, connection, "list the tasks")
    ascending = ask(partial(_page, connection, project, 1, "tasks:id"))
    descending = ask(partial(_page, connection, project, 1, "-tasks:id"))
    if not ascending or not descending:
        return None
    whole: Any = patience.ask(
        connection, "count the tasks", lambda: connection.sdk.projects.get(project.id)
    )
    total = int(whole.task_number or 0)
    numbers: Sequence[int] = range(ascending[0], descending[0] + 1)
    if len(numbers) > _SPARSE * total:
        numbers = _listed(connection, project, patience)
    steps = range(0, len(numbers), _MOST_ASKED)
    return total, [numbers[step : step + _MOST_ASKED] for step in steps]


def _listed(connection: Connection, project: Project, patience: Patience) -> list[int]:
    found: set[int] = set()
    page = 1
    while True:
        ask = partial(_page, connection, project, _PAGE, "tasks:id", page)
        some = patience.ask(connection, "list the tasks", ask)
        found.update(some)
        if len(some) < _PAGE:
            return sorted(found)
        page += 1


def _page(
    connection: Connection, project: Project, size: int, order: str, number: int = 1
) -> list[int]:
    from label_studio_sdk.core.api_error import ApiError

    try:
        page: Any = connection.sdk.tasks.list(
            project=project.id,
            page=number,
            page_size=size,
            include="id",
            query=json.dumps({"ordering": [order]}),
        )
    except ApiError as error:
        if number > 1 and error.status_code == 404:  # noqa: PLR2004 - the page after the last
            return []
        raise
    return [int(task.id) for task in page.items or ()]


def _exported(
    connection: Connection, project: Project, numbers: Sequence[int], patience: Patience
) -> list[Any]:
    from label_studio_sdk.core.api_error import ApiError

    query: dict[str, Any] = {"export_type": "JSON", "download_all_tasks": "true"}

    def ask() -> list[Any]:
        path = f"api/projects/{project.id}/export"
        return _parted(wire.get(connection, _DOING, path, **query, **{"ids[]": [*numbers]}))

    try:
        return patience.ask(connection, _DOING, ask)
    except ServerError as error:
        cause = error.__cause__
        too_long = isinstance(cause, ApiError) and cause.status_code in _TOO_LONG
        if not too_long or len(numbers) <= _FEW:
            raise
    half = len(numbers) // 2
    return [
        *_exported(connection, project, numbers[:half], patience),
        *_exported(connection, project, numbers[half:], patience),
    ]


def _parted(content: bytes) -> list[Any]:
    """Find the tasks in an answer; they are only read when their turn comes.

    The server waits for the next request meanwhile.
    """
    try:
        return msgspec.json.decode(content, type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError):
        found: list[Any] = wire.decoded(content)
        return found


def _read(task: Any) -> Any:  # noqa: ANN401 - JSON of any kind
    return wire.decoded(task) if isinstance(task, msgspec.Raw) else task
