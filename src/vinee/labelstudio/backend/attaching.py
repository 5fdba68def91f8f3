"""Telling a project of a backend, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vinee.errors import ServerError, printable
from vinee.labelstudio.backend.fitting import with_ours

if TYPE_CHECKING:
    from vinee.labelstudio.backend.access import Credentials
    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.projects import Project

# By this a backend of ours is known again, wherever it listened before.
MARK = "vinee label-studio backend"
_LOCAL = (
    "a server takes a backend on its own machine only when it was started for that: vinee "
    "label-studio serve --allow-local-backends, or LABEL_STUDIO_ML_BLOCK_LOCAL_IP=false"
)


@dataclass(frozen=True)
class Attached:
    """A project that has the backend.

    Attributes:
        id: Number of the connection on the server.
        is_new: Whether the project did not have it before.
        shown_before: Version of the predictions that annotators saw so far, if it was another.
    """

    id: int
    is_new: bool
    shown_before: str | None


def attach(
    connection: Connection,
    project: Project,
    address: str,
    version: str,
    required: Credentials | None = None,
) -> Attached:
    """Connect a backend that answers already to a project, and show its predictions there.

    A project has one backend of ours: one that it has, at this address or another, is changed.
    Its title is the model version, so that a server finds by the same name the predictions that
    it has and the backend that makes others.

    Args:
        connection: To the server.
        project: The project.
        address: Of the backend, as the server sees it.
        version: The model version.
        required: What the backend asks for.

    Raises:
        InvalidError: The project's configuration has no control of ours.
        ServerError: The project has another backend, which the server would ask instead, or the
            server refuses the address or does not reach the backend.
    """
    with_ours(project.config)
    listed = _backends(connection, project)
    ours = [each for each in listed if _is_ours(each, address)]
    others = [each for each in listed if each not in ours]
    if others:
        named = printable(", ".join(f"{each.title!r} at {each.url}" for each in others))
        raise ServerError(
            f"project {project.id} has another backend ({named}), and Label Studio asks only one; "
            "remove it on the page Settings > Model of the project"
        )
    told = _told(address, version, required)
    if ours:
        made = _changed(connection, project, ours[0].id, told)
    else:
        made = _made(connection, project, told)
    return Attached(int(made.id), not ours, _show(connection, project, version))


def _backends(connection: Connection, project: Project) -> list[Any]:
    with connection.calls(f"list the backends of project {project.id}"):
        return sorted(
            connection.sdk.ml.list(project=project.id), key=lambda each: int(each.id or 0)
        )


def _is_ours(backend: Any, address: str) -> bool:  # noqa: ANN401 - of the SDK
    return backend.description == MARK or str(backend.url).rstrip("/") == address.rstrip("/")


def _told(address: str, version: str, required: Credentials | None) -> dict[str, Any]:
    told = {
        "url": address,
        "title": version,
        "description": MARK,
        "is_interactive": False,
        "auto_update": True,
        "auth_method": "NONE",
    }
    if required is not None:
        told |= {
            "auth_method": "BASIC_AUTH",
            "basic_auth_user": required.user,
            "basic_auth_pass": required.password,
        }
    return told


def _made(connection: Connection, project: Project, told: dict[str, Any]) -> Any:  # noqa: ANN401 - of the SDK
    try:
        with connection.calls(f"connect the backend at {told['url']} to project {project.id}"):
            return connection.sdk.ml.create(project=project.id, **told)
    except ServerError as error:
        raise ServerError(f"{error}; {_LOCAL}") from error


def _changed(connection: Connection, project: Project, id_: int, told: dict[str, Any]) -> Any:  # noqa: ANN401 - of the SDK
    try:
        with connection.calls(f"change the backend of project {project.id}"):
            return connection.sdk.ml.update(id=id_, project=project.id, **told)
    except ServerError as error:
        raise ServerError(f"{error}; {_LOCAL}") from error


def _show(connection: Connection, project: Project, version: str) -> str | None:
    """Let annotators see the predictions; give the version that they saw, if it was another."""
    with connection.calls(f"show predictions in project {project.id}"):
        before: Any = connection.sdk.projects.get(id=project.id)
        if not before.show_collab_predictions or before.model_version != version:
            connection.sdk.projects.update(
                id=project.id, show_collab_predictions=True, model_version=version
            )
    shown = before.model_version or None
    return None if shown == version else shown
