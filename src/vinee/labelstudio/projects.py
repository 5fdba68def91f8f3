"""Projects of a server, by number or title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vinee.errors import ServerError, UnknownNameError, printable

if TYPE_CHECKING:
    from vinee.labelstudio.connection import Connection

_LONGEST_TITLE = 50


@dataclass(frozen=True)
class Project:
    """A project.

    Attributes:
        id: Its number on the server.
        title: Its title.
        config: Its labeling configuration, XML.
    """

    id: int
    title: str
    config: str


def projects(connection: Connection) -> tuple[Project, ...]:
    """List the projects that the key's owner sees, oldest first."""
    with connection.calls("list the projects"):
        found: list[Any] = list(connection.sdk.projects.list())
    listed = (Project(int(p.id), str(p.title), str(p.label_config or "")) for p in found)
    return tuple(sorted(listed, key=lambda project: project.id))


def find(connection: Connection, name: str) -> Project:
    """Find a project by its number or its title.

    Raises:
        UnknownNameError: There is none.
        ServerError: Several have that title.
    """
    known = projects(connection)
    named = _named(known, name)
    if named is None:
        raise UnknownNameError("project", name, (f"{p.id}: {p.title}" for p in known))
    return named


def ensure(
    connection: Connection, title: str, config: str, instructions: str, *, overlap: int = 2
) -> Project:
    """Find a project, or make it; one that is there keeps its own configuration.

    Args:
        connection: To a server.
        title: Title of the project, or the number of one that exists.
        config: Labeling configuration of a new project, XML.
        instructions: What annotators of a new project are told, HTML.
        overlap: How many people are to annotate each task of a new project.

    Raises:
        ServerError: Several have that title, or the server refuses title or configuration.
    """
    named = _named(projects(connection), title)
    if named is not None:
        return named
    if len(title) > _LONGEST_TITLE or not title.strip():
        raise ServerError(
            f"the title {printable(title)!r} must have 1 to {_LONGEST_TITLE} characters; "
            "choose another"
        )
    try:
        with connection.calls(f"make the project {title!r}"):
            made: Any = connection.sdk.projects.create(
                title=title,
                label_config=config,
                expert_instruction=instructions,
                show_instruction=True,
                maximum_annotations=overlap,
                show_collab_predictions=True,
                # A server may make a project and fail all the same; a second try makes another.
                request_options={"max_retries": 0},
            )
    except ServerError:
        if (there := _named(projects(connection), title)) is not None:
            return there
        raise
    return Project(int(made.id), title, config)


def _named(known: tuple[Project, ...], name: str) -> Project | None:
    titled = [project for project in known if project.title == name]
    if len(titled) > 1:
        numbers = ", ".join(str(project.id) for project in titled)
        raise ServerError(
            f"the projects {numbers} all have the title {printable(name)!r}; give a number"
        )
    if titled:
        return titled[0]
    return next((project for project in known if str(project.id) == name), None)
