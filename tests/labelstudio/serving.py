"""The command ``vinee label-studio serve`` as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

# The first line comes when the server is up.
PROGRAM = (sys.executable, "-c", "from vinee.cli import main; main()", "label-studio", "serve")


class Serving:
    """The command, from its first line of output on."""

    def __init__(self, process: subprocess.Popen[str], errors: Path) -> None:
        assert process.stdout
        self.process = process
        self.out: IO[str] = process.stdout
        self.errors = errors
        self.told = self.out.readline()

    @property
    def json(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.told)
        return told

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)

    @property
    def said(self) -> str:
        """Everything on standard error so far."""
        return self.errors.read_text(encoding="utf-8")


@contextmanager
def serving(errors: Path, *arguments: object, **variables: str) -> Iterator[Serving]:
    with (
        errors.open("w") as file,
        subprocess.Popen(
            [*PROGRAM, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
            env={**os.environ, **variables},
        ) as process,
    ):
        try:
            yield Serving(process, errors)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(60)


def failing(*arguments: object, **variables: str) -> str:
    """Run the command where it must fail by itself; give what it says."""
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, **variables},
    )
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert not done.stderr.startswith("Traceback")
    assert "\nTraceback" not in done.stderr
    return done.stderr
