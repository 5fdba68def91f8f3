"""The output of a process, read by threads, so that no pipe ever fills up."""

from __future__ import annotations

import os
import queue
import re
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING

from vinee.errors import printable

if TYPE_CHECKING:
    from typing import BinaryIO

    from vinee.extractors.command.kept import Log

_CHUNK = 1 << 16
_MOST_WAITING = 8
_TAIL = 8192
_LINES_SHOWN = 10
_WIDEST = 200
_BREAK = re.compile(r"[\r\n]+")  # progress bars return to the start of their line


@dataclass(frozen=True, slots=True)
class TooLong:
    """A line that passes the limit; ``start`` is its beginning."""

    start: bytes


@dataclass(frozen=True, slots=True)
class End:
    """The pipe was closed at its other end."""


class Lines:
    """The lines of a pipe, together where they came together.

    Args:
        pipe: An unbuffered pipe; the thread closes it.
        longest: Most bytes of a line.
    """

    def __init__(self, pipe: BinaryIO, longest: int) -> None:
        self._pipe = pipe
        self._longest = longest
        self._read: queue.Queue[list[bytes] | TooLong | End] = queue.Queue(_MOST_WAITING)
        self._discarding = Event()
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def get(self, seconds: float) -> list[bytes] | TooLong | End | None:
        """Give what came next, waiting for it if need be; None if nothing came."""
        try:
            return self._read.get(timeout=seconds) if seconds > 0 else self._read.get_nowait()
        except queue.Empty:
            return None

    @property
    def ended(self) -> bool:
        """Whether the pipe was read to its end."""
        return not self._thread.is_alive()

    def discard(self) -> None:
        """Read on, but keep nothing, so that a process that still writes can end."""
        self._discarding.set()
        while self.get(0) is not None:
            pass

    def join(self, seconds: float) -> None:
        """Wait for the end of the pipe."""
        self._thread.join(seconds)

    def _run(self) -> None:
        parts: list[bytes] = []
        size = 0
        with self._pipe:
            while chunk := os.read(self._pipe.fileno(), _CHUNK):
                if self._discarding.is_set():
                    continue
                first, *others = chunk.split(b"\n")
                parts.append(first)
                size += len(first)
                if others:
                    *whole, last = others
                    self._put([b"".join(parts), *whole])
                    parts, size = [last], len(last)
                if size > self._longest:
                    self._put(TooLong(b"".join(parts)[:_CHUNK]))
                    self._discarding.set()
        if rest := b"".join(parts):
            self._put([rest])
        self._put(End())

    def _put(self, item: list[bytes] | TooLong | End) -> None:
        if not self._discarding.is_set():
            self._read.put(item)


class Tail:
    """The last lines of a pipe, and all of it in a file if one is given."""

    def __init__(self, pipe: BinaryIO, log: Log | None) -> None:
        self._pipe = pipe
        self._log = log
        self._kept = b""
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def join(self, seconds: float) -> None:
        """Wait for the end of the pipe."""
        self._thread.join(seconds)

    def text(self) -> str:
        """Give the last lines, each printable and cut where it is too wide."""
        text = self._kept.decode("utf-8", "backslashreplace")
        lines = [printable(line.rstrip())[:_WIDEST] for line in _BREAK.split(text)]
        return "\n".join([line for line in lines if line][-_LINES_SHOWN:])

    def _run(self) -> None:
        with self._pipe:
            while chunk := os.read(self._pipe.fileno(), _CHUNK):
                self._kept = (self._kept + chunk)[-_TAIL:]
                self._write(chunk)
        if self._log is not None:
            self._log.close()

    def _write(self, chunk: bytes) -> None:
        if self._log is None:
            return
        try:
            self._log.write(chunk)
        except OSError:
            # A full disk must not stop the reading: the process would block on its next line.
            self._log.close()
            self._log = None
