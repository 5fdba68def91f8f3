"""One real Label Studio server for all tests that ask for one.

It runs in the environment that VINEE_LABEL_STUDIO_ENV names, or that ``make test-label-studio``
makes. A test that asks for it, directly or not, is marked `label_studio` by that alone.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vinee.labelstudio.connection import Connection, connect
from vinee.labelstudio.server import environment
from vinee.labelstudio.server.plan import Wishes
from vinee.labelstudio.server.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.labelstudio.server.process import RunningServer

CHECKOUT = Path(__file__).parents[2]
TARGET = ".venv-label-studio/.done"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "server_environment" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.label_studio)


@pytest.fixture(scope="session")
def server_environment() -> Path:
    """The virtual environment of the server."""
    named = os.environ.get(environment.VARIABLE)
    folder = Path(named) if named else CHECKOUT / ".venv-label-studio"
    if not environment.is_ready(folder):
        pytest.skip(f"no environment of Label Studio in {folder}: make {TARGET}")
    return folder


@pytest.fixture(scope="session")
def data_template(server_environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which a server was started once; the first start takes most of a minute."""
    data = tmp_path_factory.mktemp("label-studio-template")
    with running(Wishes(data=data, port=0, environment=server_environment)):
        pass
    return data


@pytest.fixture
def data(data_template: Path, tmp_path: Path) -> Path:
    """A data folder of one's own, in which a server was started once."""
    return Path(shutil.copytree(data_template, tmp_path / "data"))


@pytest.fixture(scope="session")
def server(
    server_environment: Path, data_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """A server with an empty database, which lives as long as the tests; leave it running."""
    wishes = Wishes(
        data=shutil.copytree(data_template, tmp_path_factory.mktemp("label-studio") / "data"),
        port=0,
        environment=server_environment,
        allow_local_backends=True,
    )
    with running(wishes) as started:
        yield started


@pytest.fixture
def connection(server: RunningServer) -> Connection:
    """A connection as the server's first user."""
    return connect(server.url, server.key)
