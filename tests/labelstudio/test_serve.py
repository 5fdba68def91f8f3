"""``vinee label-studio serve`` with a real server."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import stat
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from serving import PROGRAM, Serving, failing, serving
from sessions import LoginError, log_in, sign_up

from vinee.labelstudio.connection import connect
from vinee.labelstudio.projects import ensure, projects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.labelstudio.server.process import RunningServer

pytestmark = pytest.mark.slow

needs_proc = pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="no /proc here")


def password_of(data: Path) -> str:
    return (data / "credentials" / "password").read_text().strip()


def key_of(data: Path) -> str:
    return (data / "credentials" / "api-key").read_text().strip()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def group_is_running(pid: int) -> bool:
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def looked_at(
    data_template: Path, server_environment: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Serving]:
    """A command that serves for all tests that only look at it."""
    folder = tmp_path_factory.mktemp("looked-at")
    data = shutil.copytree(data_template, folder / "data")
    arguments = ("--data", data, "--port", "0", "--environment", server_environment, "--json")
    with serving(folder / "errors", *arguments) as command:
        yield command


@pytest.fixture
def served(data: Path, server_environment: Path, tmp_path: Path) -> Iterator[Serving]:
    arguments = ("--data", data, "--port", "0", "--environment", server_environment, "--json")
    with serving(tmp_path / "errors", *arguments) as command:
        yield command


def test_person_is_told_how_to_log_in_and_how_to_use_the_key(
    data: Path, server_environment: Path, tmp_path: Path
) -> None:
    arguments = ("--data", data, "--port", "0", "--environment", server_environment)
    with serving(tmp_path / "errors", *arguments) as command:
        lines = [command.told, *(command.out.readline() for _ in range(7))]
        told = "".join(lines)
        exports = "\n".join(line for line in lines if line.startswith("  export "))
        used = subprocess.run(
            ["/bin/sh", "-c", f"{exports}\nenv"], capture_output=True, text=True, check=True
        )
        variables = dict(line.split("=", 1) for line in used.stdout.splitlines() if "=" in line)
        known = connect(variables["LABEL_STUDIO_URL"], variables["LABEL_STUDIO_API_KEY"])

        assert known.email == "admin@localhost"
        assert f"Log in as {known.email}" in told
        assert str(data / "credentials" / "password") in told
        assert "invitation" in told
        assert re.search(rf"kill {command.process.pid}$", told)
        assert shlex.quote(str(data)) in told
        for secret in (password_of(data), key_of(data)):
            assert secret not in told
            assert secret not in command.said


def test_user_logs_in_with_the_password_of_the_file(looked_at: Serving) -> None:
    told = looked_at.json
    password = Path(told["password_file"]).read_text().strip()

    with log_in(told["url"], told["user"], password) as session:
        assert session.get("/api/current-user/whoami")["email"] == told["user"]
    with pytest.raises(LoginError):
        log_in(told["url"], told["user"], "another-password")


def test_program_is_told_the_same_on_one_line(looked_at: Serving) -> None:
    told = looked_at.json

    assert connect(told["url"], Path(told["key_file"]).read_text()).email == told["user"]
    assert Path(told["password_file"]).is_relative_to(told["data"])
    assert told["pid"] == looked_at.process.pid
    assert is_running(told["server_pid"])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_ends_it_and_leaves_no_process(served: Serving, number: signal.Signals) -> None:
    server = served.json["server_pid"]

    assert served.end(number) == 0

    assert "The server has ended." in served.said
    assert not is_running(server)
    assert not group_is_running(server)


@needs_proc
def test_nothing_secret_is_in_output_log_or_arguments(looked_at: Serving) -> None:
    told = looked_at.json
    data = Path(told["data"])
    secrets = (password_of(data), key_of(data))
    connect(told["url"], key_of(data))
    log_in(told["url"], told["user"], password_of(data)).client.close()
    arguments = "".join(
        Path(f"/proc/{pid}/cmdline").read_text() for pid in (told["pid"], told["server_pid"])
    )
    log = Path(told["log"]).read_text()

    assert "--internal-host" in arguments
    assert "Starting development server" in log
    for secret in secrets:
        for place in (looked_at.told, looked_at.said, log, arguments):
            assert secret not in place


def test_what_it_keeps_is_for_its_owner_alone(looked_at: Serving) -> None:
    data = Path(looked_at.json["data"])
    kept = [data, *(data / "credentials").iterdir(), data / ".env", data / "label_studio.sqlite3"]

    for path in [*kept, data / "server.log", data / "server.lock"]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    assert (data / ".gitignore").read_text() == "*\n"


@needs_proc
def test_it_listens_on_loopback_alone(looked_at: Serving) -> None:
    told = looked_at.json
    port = int(told["url"].rpartition(":")[2])
    sockets = {
        str(link.readlink())
        for link in Path(f"/proc/{told['server_pid']}/fd").iterdir()
        if link.is_symlink()
    }
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    listening = [row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in sockets]

    assert listening == [f"0100007F:{port:04X}"]


def test_restart_keeps_user_password_and_key(
    data: Path, server_environment: Path, tmp_path: Path
) -> None:
    password, key = password_of(data), key_of(data)
    arguments = ("--data", data, "--port", "0", "--environment", server_environment, "--json")
    with serving(tmp_path / "errors", *arguments) as first:
        made = ensure(connect(first.json["url"], key), "Kept", "<View/>", "")
    with serving(tmp_path / "errors", *arguments) as second:
        again = connect(second.json["url"], key)

        assert [project.title for project in projects(again)] == [made.title]
        log_in(second.json["url"], "admin@localhost", password).client.close()
    assert (password_of(data), key_of(data)) == (password, key)


def test_server_that_dies_while_it_serves_is_an_error_with_its_log(served: Serving) -> None:
    told = served.json

    os.kill(told["server_pid"], signal.SIGKILL)

    assert served.process.wait(60) == 2
    assert "Label Studio ended while it served (exit code -9)" in served.said
    assert "Starting development server" in served.said


def test_data_folder_in_use_is_refused_even_after_the_command_was_killed(
    served: Serving, data: Path, server_environment: Path
) -> None:
    told = served.json
    served.process.kill()
    served.process.wait()
    try:
        said = failing("--data", data, "--port", "0", "--environment", server_environment)
    finally:
        os.killpg(told["server_pid"], signal.SIGKILL)

    assert f"process {told['server_pid']}, {told['url']}" in said


def test_busy_port_is_refused_before_anything_is_started(
    data: Path, server_environment: Path
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = failing("--data", data, "--port", port, "--environment", server_environment)

    assert f"port {port} of 127.0.0.1 is in use; give another with --port" in said
    assert "starting" not in said


def test_server_that_dies_early_is_an_error_with_its_log(
    data: Path, server_environment: Path
) -> None:
    said = failing(
        *("--data", data, "--port", "0", "--environment", server_environment),
        LABEL_STUDIO_DATA_UPLOAD_MAX_NUMBER_FILES="many",
    )

    assert "Label Studio ended before it answered (exit code 1)" in said
    assert "many" in said


def test_server_that_takes_too_long_is_ended(data: Path, server_environment: Path) -> None:
    arguments = ("--data", data, "--port", "0", "--environment", server_environment)

    said = failing(*arguments, "--timeout", "0.5")

    assert "did not answer in 0.5 seconds; give it more with --timeout" in said


def test_stopped_before_it_is_up_it_leaves_nothing(
    data: Path, server_environment: Path, tmp_path: Path
) -> None:
    arguments = ("--data", data, "--port", "0", "--environment", server_environment)
    errors = tmp_path / "errors"
    lock = data / "server.lock"
    lock.write_text("")

    def end_it() -> None:
        while not lock.read_text():
            time.sleep(0.05)
        os.kill(command.pid, signal.SIGINT)

    with (
        errors.open("w") as file,
        subprocess.Popen(
            [*PROGRAM, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=file,
        ) as command,
    ):
        end_it()
        assert command.wait(60) == 2
    server = int(lock.read_text().partition(",")[0])

    assert "stopped before the server was up; nothing is left running" in errors.read_text()
    assert not group_is_running(server)


def test_password_in_the_arguments_is_refused(tmp_path: Path, server_environment: Path) -> None:
    url = "postgresql://lan:s3cret@127.0.0.1:1/corpus"

    said = failing("--data", tmp_path, "--environment", server_environment, "--database", url)

    assert "other users of this machine see a password in --database" in said
    assert "s3cret" not in said


def test_account_needs_the_invitation(server: RunningServer) -> None:
    known = server.plan.credentials
    with log_in(server.url, known.user, known.password) as session:
        invitation = session.invitation()

    with pytest.raises(httpx.HTTPStatusError, match="403"):
        sign_up(server.url, "/user/signup/", "minh@example.org", "a-good-password")
    with sign_up(server.url, invitation, "invited@example.org", "a-good-password") as guest:
        assert guest.get("/api/current-user/whoami")["email"] == "invited@example.org"


def test_other_sites_get_no_answer(server: RunningServer) -> None:
    elsewhere = httpx.get(f"{server.url}/health", headers={"Host": "rebound.example.org"})
    crossing = httpx.get(f"{server.url}/health", headers={"Origin": "http://other.example.org"})

    assert elsewhere.status_code == 400
    assert "access-control-allow-origin" not in crossing.headers
