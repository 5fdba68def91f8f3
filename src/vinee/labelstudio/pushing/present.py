"""What a project has already, by document: asked for in as few bytes as the server allows."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import Struct

from vinee.errors import ServerError
from vinee.labelstudio import wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.projects import Project

_PAGE = 1000
_PAGE_WITH_RESULTS = 250
_DOING = "list the tasks of the project"
# The server looks up whatever is not hidden, task by task.
_HIDDEN = [
    f"tasks:{column}"
    for column in (
        *("completed_at", "annotations_results", "annotations_ids", "predictions_score"),
        *("predictions_results", "file_upload", "storage_filename", "updated_by"),
        *("avg_lead_time", "draft_exists", "reviewers", "comments", "agreement"),
    )
]
# The server cuts the list of versions there.
_LONGEST_VERSIONS = 500


class _Data(Struct):
    doc_id: Any = None
    text: Any = None


class _Task(Struct):
    id: int
    data: msgspec.Raw
    annotators: list[int] = []
    predictions_model_versions: str = ""
    total_predictions: int = 0


class _Page(Struct):
    tasks: list[_Task]
    total: int


class _Annotation(Struct):
    result: msgspec.Raw
    completed_by: int | None = None
    ground_truth: bool = False


class _Prediction(Struct):
    model_version: str | None = None


class _Detail(Struct):
    id: int
    annotations: list[_Annotation] = []
    predictions: list[_Prediction] = []


class _DetailPage(Struct):
    tasks: list[_Detail]


class Present(NamedTuple):
    """A task of the project.

    Attributes:
        id: Its number.
        text: The text that it shows.
        data: All of its data, JSON.
        annotators: Numbers of those who annotated it.
        versions: Versions of systems whose predictions it has; None if they are not known.
    """

    id: int
    text: str | None
    data: bytes
    annotators: frozenset[int]
    versions: frozenset[str] | None


class There(NamedTuple):
    """The tasks of a project.

    Attributes:
        tasks: The first task of each document, by its id.
        twice: The numbers of all tasks of a document that has several.
        total: How many tasks the project has, of any kind.
    """

    tasks: Mapping[str, Present]
    twice: Mapping[str, tuple[int, ...]]
    total: int


class Detail(NamedTuple):
    """What one user's truth and everybody's predictions of a task are.

    Attributes:
        truths: Results of the user's annotations that are marked as the truth, JSON.
        versions: Versions of systems whose predictions it has.
    """

    truths: tuple[bytes, ...]
    versions: frozenset[str]


def count(connection: Connection, project: Project) -> int:
    """Count the tasks of a project.

    Raises:
        ServerError: The server is away, or refuses.
    """
    # The number in the answer for a project is of all tasks, and costs no more than a count.
    content = wire.get(connection, "count the tasks of the project", f"api/projects/{project.id}/")
    found: object = _decoded(content, dict[str, Any]).get("task_number")
    return found if isinstance(found, int) else 0


def listed(
    connection: Connection, project: Project, on_page: Callable[[int, int], None] | None = None
) -> There:
    """List the tasks of a project.

    Args:
        connection: To a server.
        project: The project.
        on_page: Told how many tasks there are, and how many were listed.

    Raises:
        ServerError: The server is away, or refuses.
    """
    tasks: dict[str, Present] = {}
    ids: defaultdict[str, list[int]] = defaultdict(list)
    columns = {"explore": _HIDDEN, "labeling": _HIDDEN}
    seen, total = 0, 1
    page = 1
    while seen < total:
        content = wire.get(
            connection,
            _DOING,
            "api/tasks",
            project=project.id,
            page=page,
            page_size=_PAGE,
            resolve_uri="false",
            query=json.dumps({"hiddenColumns": columns, "ordering": ["tasks:id"]}),
        )
        found = _decoded(content, _Page)
        total = found.total
        for each in found.tasks:
            data = _decoded(each.data, _Data)
            if isinstance(data.doc_id, str):
                ids[data.doc_id].append(each.id)
                tasks.setdefault(data.doc_id, _present(each, data))
        if not found.tasks:
            break
        seen += len(found.tasks)
        page += 1
        if on_page is not None:
            on_page(seen, total)
    twice = {doc_id: tuple(each) for doc_id, each in ids.items() if len(each) > 1}
    return There(tasks, twice, total)


def details(
    connection: Connection, project: Project, task_ids: Iterable[int], user_id: int
) -> dict[int, Detail]:
    """Read annotations and predictions of some tasks.

    Args:
        connection: To a server.
        project: The project.
        task_ids: Numbers of tasks.
        user_id: Whose annotations.

    Raises:
        ServerError: The server is away, or refuses.
    """
    wanted = list(task_ids)
    known: dict[int, Detail] = {}
    for first in range(0, len(wanted), _PAGE_WITH_RESULTS):
        some = wanted[first : first + _PAGE_WITH_RESULTS]
        content = wire.get(
            connection,
            _DOING,
            "api/tasks",
            project=project.id,
            page_size=_PAGE_WITH_RESULTS,
            fields="all",
            resolve_uri="false",
            query=json.dumps({"selectedItems": {"all": False, "included": some}}),
        )
        for each in _decoded(content, _DetailPage).tasks:
            truths = tuple(
                bytes(annotation.result)
                for annotation in each.annotations
                if annotation.ground_truth and annotation.completed_by == user_id
            )
            versions = frozenset(p.model_version or "" for p in each.predictions)
            known[each.id] = Detail(truths, versions)
    return known


def _present(task: _Task, data: _Data) -> Present:
    text = data.text if isinstance(data.text, str) else None
    versions: frozenset[str] | None = frozenset()
    if task.total_predictions:
        written = task.predictions_model_versions
        cut = not written or len(written) >= _LONGEST_VERSIONS
        versions = None if cut else frozenset(part.strip() for part in written.split(","))
    return Present(task.id, text, bytes(task.data), frozenset(task.annotators), versions)


def _decoded(content: bytes | msgspec.Raw, shape: type[Any]) -> Any:  # noqa: ANN401 - of that shape
    try:
        return msgspec.json.decode(content, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ServerError(
            f"the server does not answer as Label Studio does when asked to {_DOING} ({error}); "
            "check its address and version"
        ) from error
