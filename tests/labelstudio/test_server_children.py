"""Child processes, their ends, and their last lines."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vinee.labelstudio.server import children

STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); "
GROUP = "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', {!r}]); "


def started(code: str, log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        process = children.start([sys.executable, "-c", code], output, os.environ)
    for _ in range(600):
        if b"up" in log.read_bytes():
            break
        time.sleep(0.05)
    return process


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_process_ends_when_asked(tmp_path: Path) -> None:
    process = started("import time; print('up', flush=True); time.sleep(60)", tmp_path / "log")

    children.end(process)

    assert process.returncode == -15


def test_process_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    process = started(f"{STUBBORN}time.sleep(60)", tmp_path / "log")

    children.end(process, patience=0.2)

    assert process.returncode == -9


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no /proc on this system")
def test_no_child_of_the_process_is_left(tmp_path: Path) -> None:
    child = "import time; time.sleep(60)"
    code = f"{GROUP.format(child)}print('up', p.pid, flush=True); time.sleep(60)"
    process = started(code, tmp_path / "log")
    grandchild = int((tmp_path / "log").read_text().split()[1])

    children.end(process)

    for _ in range(100):
        if not is_running(grandchild):
            break
        time.sleep(0.05)
    assert not is_running(grandchild)


def test_to_end_what_has_ended_does_nothing(tmp_path: Path) -> None:
    process = started("print('up', flush=True)", tmp_path / "log")
    process.wait()

    children.end(process)

    assert process.returncode == 0


def test_last_lines_are_few_short_and_printable(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("\n".join([*map(str, range(100)), "", "x" * 1000, "\x1b[31mred"]))

    lines = children.last_lines(log).splitlines()

    assert len(lines) == 12
    assert lines[0] == "    90"
    assert len(lines[-2]) < 310
    assert lines[-1] == "    \\x1b[31mred"


def test_empty_log_says_so(tmp_path: Path) -> None:
    (tmp_path / "log").touch()

    assert children.last_lines(tmp_path / "log") == "    (nothing)"


@pytest.mark.parametrize(
    "line",
    [
        "Authorization: Token 0123456789abcdef0123456789abcdef01234567",
        "Bearer eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjoxfQ.c2lnbmF0dXJl",
        "Bearer eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjoxfQ",
        "postgresql://lan:0123456789abcdef@localhost/corpus",
        "the password is hunter2-hunter2",
    ],
)
def test_secrets_are_masked(tmp_path: Path, line: str) -> None:
    (tmp_path / "log").write_text(line)

    shown = children.last_lines(tmp_path / "log", ("hunter2-hunter2", ""))

    assert "***" in shown
    for secret in ("0123456789abcdef", "eyJ", "hunter2", "c2lnbmF0dXJl"):
        assert secret not in shown
