"""The process of a server: started, waited for, killed and started again, and ended."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vinee.errors import ServerError
from vinee.labelstudio.server import asking, children, locking, settings

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from vinee.labelstudio.server.plan import Plan
    from vinee.labelstudio.server.waiting import Waiting

_POLL = 0.25
_ANNOUNCED = re.compile(r"Starting development server at http://\S+:(\d+)/")


class PortTakenError(ServerError):
    """The port that was free is not any more."""


@dataclass
class RunningServer:
    """A server that is started here.

    Attributes:
        plan: Its address, first user, database and data folder.
    """

    plan: Plan
    _program: Path = field(repr=False)
    _lock: int = field(repr=False)
    _timeout: float = field(repr=False)
    _waiting: Waiting = field(repr=False)
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Address by which this machine reaches it."""
        return self.plan.address.url

    @property
    def user(self) -> str:
        """E-mail address of its first user."""
        return self.plan.credentials.user

    @property
    def key(self) -> str:
        """Legacy token of its first user."""
        return self.plan.credentials.key

    @property
    def pid(self) -> int:
        """Number of its process."""
        return self._started.pid

    @property
    def log(self) -> Path:
        """What it wrote since it was started last."""
        return self.plan.data / "server.log"

    @property
    def is_alive(self) -> bool:
        """Whether its process runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            PortTakenError: Another program took its port meanwhile.
            ServerError: It ended, or did not answer in time; nothing is left running.
        """
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".log.1"))
        variables = settings.variables(self.plan, os.environ)
        handle = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "wb") as output:
            # The server holds the lock of its data too, so that it holds even if we are killed.
            self._process = children.start(
                self._command(), output, variables, private=True, keep=(self._lock,)
            )
        try:
            locking.note(self._lock, f"{self.pid}, {self.url}")
            self._wait()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End it and all that it started, asking first."""
        if self._process is not None:
            children.end(self._process)

    def kill(self) -> None:
        """Kill it at once, as when its machine fails."""
        children.kill(self._started)

    def restart(self) -> None:
        """End it if it runs, and start it again on the same port and data."""
        self.stop()
        self.start()

    def died(self, when: str) -> ServerError:
        """Give the error of a server that ended by itself."""
        return ServerError(
            f"Label Studio ended {when} (exit code {self._started.returncode}); "
            f"it wrote last, in {self.log}:\n{self._last_lines()}"
        )

    @property
    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise ServerError("the server was not started")
        return self._process

    def _command(self) -> tuple[str | Path, ...]:
        where = self.plan.address
        return (
            *(self._program, "start", "--no-browser", "--enable-legacy-api-token"),
            *("--internal-host", where.host, "--port", str(where.port)),
        )

    def _wait(self) -> None:
        begun = time.monotonic()
        while not self._answers():
            spent = time.monotonic() - begun
            if spent > self._timeout:
                raise ServerError(
                    f"Label Studio did not answer in {self._timeout:g} seconds; give it more with "
                    f"--timeout; it wrote last, in {self.log}:\n{self._last_lines()}"
                )
            self._waiting.progress(f"starting Label Studio, {spent:.0f} s")
            self._waiting.pause(_POLL)

    def _answers(self) -> bool:
        wanted = self.plan.address.port
        announced = self._announced()
        if announced not in {None, wanted}:
            raise PortTakenError(
                f"another program took port {wanted} while Label Studio started; give another "
                "with --port, or --port 0 for any that is free"
            )
        if not self.is_alive:
            raise self.died("before it answered")
        # What answers at the port is ours only once ours says that it listens there.
        return announced == wanted and asking.is_up(self.url)

    def _announced(self) -> int | None:
        found = _ANNOUNCED.search(self.log.read_text(encoding="utf-8", errors="replace"))
        return int(found.group(1)) if found else None

    def _last_lines(self) -> str:
        known = self.plan.credentials
        secrets = (known.password, known.key, self.plan.database.password)
        return children.last_lines(self.log, secrets)
