"""Child processes that are ended with all that they started, and the last lines they wrote."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
from typing import IO, TYPE_CHECKING

from vinee.errors import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

# Seconds that a process has to end by itself, and lines of its output that an error shows.
_PATIENCE = 10.0
_LINES = 12
_LONGEST = 300
_KEPT_BYTES = 64_000
# Legacy tokens, JSON web tokens, and what stands between :// and @ in an address.
_TOKENS = re.compile(
    r"\b[0-9a-f]{40}\b|\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?|(?<=://)[^\s/@]+(?=@)", re.ASCII
)


def start(
    command: Sequence[str | Path],
    output: IO[bytes],
    environment: Mapping[str, str],
    *,
    private: bool = False,
    keep: tuple[int, ...] = (),
) -> subprocess.Popen[bytes]:
    """Start a process at the head of a group of its own, which a terminal's Ctrl-C does not reach.

    Args:
        command: Program and arguments.
        output: File that both its output streams go to.
        environment: All of its environment variables.
        private: Whether the files that it makes are for the user alone.
        keep: File descriptors that it inherits.
    """
    return subprocess.Popen(  # noqa: S603 - the programs are ours to choose, and no shell is used
        [os.fspath(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=dict(environment),
        pass_fds=keep,
        start_new_session=True,
        umask=0o077 if private else -1,
    )


def end(process: subprocess.Popen[bytes], patience: float = _PATIENCE) -> None:
    """Ask a process and its group to end, wait, and kill what is left, if anything is."""
    _signal(process, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(patience)
    kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and its group at once."""
    _signal(process, signal.SIGKILL)
    process.wait()


def _signal(process: subprocess.Popen[bytes], which: signal.Signals) -> None:
    # A group outlives its head, so it is asked for even where the head is gone.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, which)


def last_lines(path: Path, secrets: Iterable[str] = ()) -> str:
    """Give the last lines of a log, indented, printable, with everything secret masked."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _KEPT_BYTES))
        text = file.read().decode("utf-8", errors="replace")
    lines = [line.rstrip() for line in masked(text, secrets).splitlines() if line.strip()]
    shown = [line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…" for line in lines[-_LINES:]]
    return "\n".join(f"    {printable(line)}" for line in shown) or "    (nothing)"


def masked(text: str, secrets: Iterable[str] = ()) -> str:
    """Replace tokens, and the secrets that are named, by asterisks."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "***")
    return _TOKENS.sub("***", text)
