"""Projects of a real server."""

from __future__ import annotations

import pytest

from vinee.errors import ServerError, UnknownNameError
from vinee.labelstudio import projects
from vinee.labelstudio.connection import Connection

pytestmark = pytest.mark.label_studio
CONFIG = (
    '<View><Text name="text" value="$text"/>'
    '<Labels name="mention" toName="text"><Label value="PER"/></Labels></View>'
)


def test_project_is_made_once(connection: Connection) -> None:
    made = projects.ensure(connection, "made once", CONFIG, "<p>Read.</p>")

    again = projects.ensure(connection, "made once", "<View/>", "")

    assert again.id == made.id
    assert again.config == CONFIG


def test_project_is_found_by_title_and_by_number(connection: Connection) -> None:
    made = projects.ensure(connection, "to be found", CONFIG, "")

    assert projects.find(connection, "to be found").id == made.id
    assert projects.find(connection, str(made.id)).title == "to be found"


def test_number_of_a_project_makes_no_other_of_that_title(connection: Connection) -> None:
    other = projects.ensure(connection, "some project", CONFIG, "")
    titled = projects.ensure(connection, str(other.id), CONFIG, "")

    assert titled.id == other.id  # the number was known, so that nothing was made


def test_unknown_project_is_refused_with_the_known_ones(connection: Connection) -> None:
    made = projects.ensure(connection, "known", CONFIG, "")

    with pytest.raises(UnknownNameError, match=f"{made.id}: known"):
        projects.find(connection, "no such project")


def test_title_of_two_projects_is_refused(connection: Connection) -> None:
    for _ in range(2):
        connection.sdk.projects.create(title="twins", label_config=CONFIG)

    with pytest.raises(ServerError, match="all have the title 'twins'; give a number"):
        projects.find(connection, "twins")


@pytest.mark.parametrize("title", ["", " ", "x" * 51])
def test_title_that_the_server_would_not_take_is_refused(
    connection: Connection, title: str
) -> None:
    with pytest.raises(ServerError, match="must have 1 to 50 characters"):
        projects.ensure(connection, title, CONFIG, "")


def test_configuration_that_the_server_refuses_is_told(connection: Connection) -> None:
    with pytest.raises(ServerError, match="answered 400 when asked to make the project 'broken'"):
        projects.ensure(connection, "broken", "<View><Labels name=", "")
