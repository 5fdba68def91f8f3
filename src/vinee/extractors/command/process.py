"""A process that is spoken to line by line: one line in, one line out."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING

from vinee.extractors.command.pipes import End, Lines, Tail, TooLong

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from vinee.extractors.command.kept import Log

_POLL = 0.05
_LAST = 0.5  # seconds for what a process that has ended wrote before
_GRACE = 2.0  # seconds to end by itself, and again after it was asked to
# Python would otherwise hold answers back, and guess an encoding by the locale.
_PYTHON = {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}


class EndedError(Exception):
    """The process ended before it had answered; ``code`` is None if it only closed its output."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.code = code


class OverrunError(Exception):
    """The time was up before it had answered."""


class OutOfStepError(Exception):
    """It wrote something else than one line for one line; ``came`` is what."""

    def __init__(self, what: str, came: bytes) -> None:
        super().__init__(what)
        self.came = came


class Process:
    """A running command with its three pipes.

    Its standard error is drained all the time, and a document is written to it by a thread, so
    that neither side ever waits for a pipe that the other does not read.

    Args:
        arguments: Program and arguments; no shell reads them.
        log: Where its standard error goes besides; closed with it.
        longest: Most bytes of an answer.

    Raises:
        OSError: It cannot be started.
    """

    def __init__(self, arguments: Sequence[str], log: Log | None, longest: int) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - what the user asked to run
                arguments,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                env={**_PYTHON, **os.environ},
                start_new_session=True,  # a group of its own, so that its children end with it
            )
        except BaseException:
            if log is not None:
                log.close()
            raise
        self._stdin = _pipe(self._process.stdin)
        self._lines = Lines(_pipe(self._process.stdout), longest)
        self._tail = Tail(_pipe(self._process.stderr), log)
        self._longest = longest
        self._writer: Thread | None = None

    @property
    def ended(self) -> bool:
        """Whether it has ended or closed its output, so that it can answer nothing more."""
        return self._process.poll() is not None or self._lines.ended

    def ask(self, line: bytes, seconds: float) -> bytes:
        """Write one line and read one; after an error it is out of step and must be killed.

        Raises:
            EndedError: It ended before it had answered.
            OverrunError: It did not read the line and answer it within that many seconds.
            OutOfStepError: It wrote more than one line, or an endless one.
        """
        deadline = monotonic() + seconds
        while (early := self._lines.get(0)) is not None:
            if lines := self._checked(early):
                raise OutOfStepError("wrote a line before it was given this document", lines[0])
        self._writer = Thread(target=self._write, args=(line + b"\n",), daemon=True)
        self._writer.start()
        answer = self._answer(deadline)
        self._writer.join(max(0.0, deadline - monotonic()))
        if self._writer.is_alive():
            raise OverrunError
        return answer

    def complaints(self) -> str:
        """Give the last lines of its standard error; all of them once it was killed."""
        return self._tail.text()

    def close(self) -> int:
        """Let it end: close its input, wait, ask it to terminate, kill it.

        Returns:
            Its exit code, negative for a signal.
        """
        try:
            self._lines.discard()
            if self._writer is None or not self._writer.is_alive():
                self._stdin.close()
                self._ends_within(_GRACE)
            if self._process.poll() is None:
                self._signal(signal.SIGTERM)
                self._ends_within(_GRACE)
        finally:
            code = self.kill()
        return code

    def kill(self) -> int:
        """End it and its children at once, and wait until it is gone.

        Returns:
            Its exit code, negative for a signal.
        """
        self._signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        code = self._process.wait()
        self._lines.discard()
        if self._writer is not None:
            self._writer.join(_LAST)
        if self._writer is None or not self._writer.is_alive():
            self._stdin.close()
        self._lines.join(_LAST)
        self._tail.join(_LAST)
        return code

    def _answer(self, deadline: float) -> bytes:
        while (left := deadline - monotonic()) > 0:
            came = self._lines.get(min(left, _POLL))
            if came is None and self._process.poll() is not None:
                # A child of its own may hold the pipe open for ever.
                came = self._lines.get(_LAST) or End()
            lines = [] if came is None else self._checked(came)
            if len(lines) > 1:
                raise OutOfStepError("wrote more than one line for one document", b"\n".join(lines))
            if lines:
                return lines[0]
        raise OverrunError

    def _checked(self, came: list[bytes] | TooLong | End) -> list[bytes]:
        """Give the lines that came, empty ones left out."""
        if isinstance(came, End):
            self._ends_within(_LAST)
            raise EndedError(self._process.poll())
        if isinstance(came, TooLong):
            what = f"wrote a line of more than {self._longest} bytes"
            raise OutOfStepError(what, came.start)
        return [line for line in came if line.strip()]

    def _write(self, content: bytes) -> None:
        left = memoryview(content)
        # A pipe that broke is no news: that the process ended is seen where it is read.
        with contextlib.suppress(OSError):
            while left:
                left = left[self._stdin.write(left) :]

    def _ends_within(self, seconds: float) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)

    def _signal(self, number: int) -> None:
        # The group may be gone.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, number)
            else:
                self._process.terminate()


def _pipe(pipe: object) -> BinaryIO:
    opened: BinaryIO = pipe  # type: ignore[assignment]  # all three were asked for
    return opened
