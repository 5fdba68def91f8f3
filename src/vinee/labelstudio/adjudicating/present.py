"""The tasks of an adjudication on a server: which are there, and what was handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vinee.errors import IntegrityError
from vinee.labelstudio.adjudicating.names import DISAGREEMENTS, FINGERPRINT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from vinee.corpus.adjudication.article import Article
    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.projects import Project

# An article of a newspaper with its panel has some hundred kilobytes.
_BATCH = 20


@dataclass(frozen=True)
class There:
    """A task that a server has.

    Attributes:
        id: Its number.
        url: Where a browser opens it.
        data: What annotators see.
        handed_in: The annotations that were submitted.
        skipped: How many annotations were skipped.
        has_draft: Whether somebody has begun, or changed what was submitted, without submitting.
    """

    id: int
    url: str
    data: Mapping[str, Any]
    handed_in: tuple[Mapping[str, Any], ...]
    skipped: int
    has_draft: bool


def present(connection: Connection, project: Project) -> dict[str, There]:
    """List the tasks of a project by the ids of their articles.

    Raises:
        IntegrityError: A task is not one of an adjudication, or two are of one article.
        ServerError: The server is away, or refuses.
    """
    with connection.calls(f"list the tasks of the project {project.title!r}"):
        rows: list[Any] = list(connection.sdk.tasks.list(project=project.id, fields="all"))
    found: dict[str, There] = {}
    for row in rows:
        there = _there(connection, project, row)
        doc_id = there.data.get("doc_id")
        if not isinstance(doc_id, str) or FINGERPRINT not in there.data:
            raise IntegrityError(
                f"task {there.id} of the project {project.title!r} is not of an adjudication; "
                "give --project another title"
            )
        if doc_id in found:
            raise IntegrityError(
                f"the tasks {found[doc_id].id} and {there.id} of the project {project.title!r} "
                f"are both of {doc_id!r}; delete one of them"
            )
        found[doc_id] = there
    return found


def check(article: Article, there: There, project: Project) -> None:
    """Check that a task was made of the passes as they are now.

    Raises:
        IntegrityError: It was not; its answers would be on something else.
    """
    shown = there.data.get(DISAGREEMENTS)
    ids = [each.get("id") for each in shown] if isinstance(shown, list) else None
    same = there.data.get(FINGERPRINT) == article.fingerprint
    if same and there.data.get("text") == article.text and ids == [e.id for e in article.found]:
        return
    raise IntegrityError(
        f"task {there.id} of the project {project.title!r} was made of other passes of "
        f"{article.doc_id!r} than those given; give the same passes, or delete the task and do "
        "this again (decisions that are in the log are set again where they still apply)"
    )


def send(connection: Connection, project: Project, tasks: Sequence[Mapping[str, Any]]) -> None:
    """Send tasks; what may have arrived is never sent again without a look.

    Raises:
        ServerError: The server is away, or refuses; repeat the command, it sends what is missing.
    """
    for begin in range(0, len(tasks), _BATCH):
        batch: Any = list(tasks[begin : begin + _BATCH])
        with connection.calls(f"make {len(batch)} tasks in the project {project.title!r}"):
            connection.sdk.projects.import_tasks(
                project.id, request=batch, request_options={"max_retries": 0}
            )


def _there(connection: Connection, project: Project, row: Any) -> There:  # noqa: ANN401 - the SDK's
    annotations: Iterable[Mapping[str, Any]] = row.annotations or ()
    skipped = [each for each in annotations if each.get("was_cancelled")]
    return There(
        id=int(row.id),
        url=f"{connection.url}/projects/{project.id}/data?task={row.id}",
        data=row.data or {},
        handed_in=tuple(each for each in annotations if not each.get("was_cancelled")),
        skipped=len(skipped),
        has_draft=bool(getattr(row, "draft_exists", False)),
    )
