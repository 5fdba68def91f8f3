"""``vinee label-studio serve`` with PostgreSQL."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from serving import serving
from sessions import log_in

from vinee.labelstudio.connection import connect
from vinee.labelstudio.projects import ensure, projects

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "pass-of-the-database"  # noqa: S105 - of a cluster that this test makes
BINARIES = next(
    (
        folder
        for folder in [
            *(Path(part) for part in os.environ["PATH"].split(os.pathsep)),
            *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True),
        ]
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists()
    ),
    None,
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BINARIES is None, reason="no PostgreSQL here: apt-get install postgresql"),
]


@dataclass(frozen=True)
class Cluster:
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://vinee@127.0.0.1:{self.port}/postgres"


def run(program: str, *arguments: object) -> None:
    """Run a program of PostgreSQL, which refuses to be run by root."""
    assert BINARIES
    command = [str(BINARIES / program), *map(str, arguments)]
    user = "nobody" if os.geteuid() == 0 else None
    done = subprocess.run(
        command,
        user=user,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        cwd="/",
        check=False,
    )
    assert done.returncode == 0, command


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    # The folders of pytest are closed to the user that runs it.
    folder = Path(tempfile.mkdtemp(prefix="vinee-postgresql-"))
    secret = folder / "password"
    secret.write_text(PASSWORD)
    if os.geteuid() == 0:
        for path in (folder, secret):
            shutil.chown(path, "nobody")
    try:
        run(
            *("initdb", "-D", folder / "data", "--username=vinee", f"--pwfile={secret}"),
            *("--auth=scram-sha-256", "--no-sync", "--encoding=UTF8", "--locale=C"),
        )
        options = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        )
        run("pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield Cluster(port)
        finally:
            run("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def test_projects_are_kept_in_postgresql(
    cluster: Cluster, server_environment: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    arguments = ("--data", data, "--port", "0", "--environment", server_environment, "--json")
    database = ("--database", cluster.url)
    with serving(tmp_path / "errors", *arguments, *database, PGPASSWORD=PASSWORD) as first:
        told = first.json
        known = connect(told["url"], Path(told["key_file"]).read_text())
        ensure(known, "Kept", "<View/>", "")
        password = Path(told["password_file"]).read_text().strip()
        log_in(told["url"], told["user"], password).client.close()
        shown = "".join(Path(f"/proc/{told['server_pid']}/cmdline").read_text())
        log = Path(told["log"]).read_text()
    whole = cluster.url.replace("vinee@", f"vinee:{PASSWORD}@")
    with serving(
        tmp_path / "errors-2", *arguments, VINEE_LABEL_STUDIO_DATABASE=whole, PGPASSWORD=""
    ) as second:
        again = connect(second.json["url"], Path(told["key_file"]).read_text())
        titles = [project.title for project in projects(again)]

    assert titles == ["Kept"]
    assert not (data / "label_studio.sqlite3").exists()
    for place in (shown, log, first.said, second.said, first.told, second.told):
        assert PASSWORD not in place


def test_user_who_was_in_the_database_before_is_spoken_of(
    cluster: Cluster, server_environment: Path, tmp_path: Path
) -> None:
    user = ("--user", "lan@example.org")
    arguments = (*user, "--port", "0", "--environment", server_environment, "--json")
    database = {"VINEE_LABEL_STUDIO_DATABASE": cluster.url, "PGPASSWORD": PASSWORD}
    with serving(tmp_path / "1", "--data", tmp_path / "first", *arguments, **database) as first:
        assert first.json
    with serving(tmp_path / "2", "--data", tmp_path / "other", *arguments, **database) as second:
        assert second.json

    assert "does not take the key" not in first.said
    assert "does not take the key" in second.said
    assert "lan@example.org was in this database before" in second.said


def test_wrong_password_of_the_database_is_an_error_with_the_log(
    cluster: Cluster, server_environment: Path, tmp_path: Path
) -> None:
    arguments = ("--data", tmp_path / "data", "--port", "0", "--environment", server_environment)
    database = ("--database", cluster.url)
    with serving(tmp_path / "errors", *arguments, *database, PGPASSWORD="wrong-word") as command:
        assert command.process.wait(300) == 2

    assert "Label Studio ended before it answered" in command.said
    assert "password authentication failed" in command.said
    assert "wrong-word" not in command.said
