"""Projects of short and of real texts, and the predictions that the server has for them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from backend_config import configuration

from vinee.corpus import gold
from vinee.formats.label_studio import task
from vinee.labelstudio import projects

if TYPE_CHECKING:
    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.projects import Project


def project(connection: Connection, title: str, config: str | None = None) -> Project:
    return projects.ensure(connection, title, config or configuration(), "")


def push(connection: Connection, of: Project, data: list[Any]) -> list[int]:
    tasks: list[Any] = [{"data": each} for each in data]
    answer: Any = connection.sdk.projects.import_tasks(
        id=of.id, request=tasks, return_task_ids=True
    )
    return list(answer.task_ids)


def articles() -> list[Any]:
    return [task(each)["data"] for each in gold.documents()]


def short(count: int) -> list[Any]:
    text = "Tổng thống Nga Vladimir Putin gặp ông Trump ở Alaska."
    return [{"doc_id": f"doc-{number}", "text": text} for number in range(count)]


def counted(connection: Connection, of: Project) -> Counter[tuple[int, str]]:
    listed: Any = connection.sdk.predictions.list(project=of.id)
    return Counter((each.task, each.model_version) for each in listed)
