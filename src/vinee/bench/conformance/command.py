"""Asking another program: all questions to its standard input, an answer a line back.

Input and output are files, not pipes: so neither side ever waits for the other to read, and the
program may answer at once or when it has read everything, in any order.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from tempfile import TemporaryFile
from time import monotonic, sleep
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from vinee.bench.conformance.case import Answer
from vinee.bench.conformance.published import questions
from vinee.errors import ExtractorError, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from vinee.bench.conformance.case import Case

SECONDS = 60.0
_MOST_BYTES = 64 << 20
_POLL = 0.02
_SHOWN = 80  # characters of what was written
_TAIL = 2000  # bytes of standard error that are shown
_PROBLEMS = 20  # that are told one by one


class Asked(NamedTuple):
    """The answers by id, and what was wrong beside them."""

    answers: dict[str, Answer]
    problems: tuple[str, ...]


def ask(command: Sequence[str], cases: Sequence[Case], seconds: float = SECONDS) -> Asked:
    """Run a program on cases; whatever it does, what it answered before is kept.

    Args:
        command: Program and arguments; no shell reads them.
        cases: The cases; what is expected of them is not sent.
        seconds: How long it may take for all of them together.

    Raises:
        ExtractorError: The program cannot be started.
    """
    with TemporaryFile() as stdin, TemporaryFile() as stdout, TemporaryFile() as stderr:
        stdin.write(questions(cases))
        stdin.seek(0)
        ended = _run(command, (stdin, stdout, stderr), seconds)
        found, problems = answers(_content(stdout), {case.id for case in cases})
        if ended:
            complaint = _content(stderr)[-_TAIL:].decode("utf-8", "backslashreplace").strip()
            problems.append(f"{ended}: {printable(complaint)}" if complaint else ended)
    return Asked(found, tuple(problems))


def _run(command: Sequence[str], pipes: Sequence[BinaryIO], seconds: float) -> str:
    """Run it to its end; return what was wrong with that, or nothing."""
    stdin, stdout, stderr = pipes
    try:
        process = subprocess.Popen(  # noqa: S603 - what the user asked to run
            command,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,  # a group of its own, so that its children end with it
        )
    except OSError as error:
        problem = f"cannot start {command[0]!r}: {error.strerror or error}; give a program"
        raise ExtractorError(problem) from error
    try:
        deadline = monotonic() + seconds
        while process.poll() is None:
            if monotonic() > deadline:
                return f"ended after {seconds:g} seconds, before it had ended by itself"
            if max(os.fstat(pipe.fileno()).st_size for pipe in (stdout, stderr)) > _MOST_BYTES:
                return f"ended because it wrote more than {_MOST_BYTES >> 20} MiB"
            sleep(_POLL)
        return "" if process.returncode == 0 else f"exit code {process.returncode}"
    finally:
        _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    # The group may be gone; a child that was left behind by its parent is still in it.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _content(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(_MOST_BYTES)


def answers(output: bytes, known: set[str]) -> tuple[dict[str, Answer], list[str]]:
    """Read answers, a line each; lines that are none are told.

    Args:
        output: What a program wrote.
        known: Ids of the cases that were asked.

    Returns:
        The answers by id, the first for each; and what is wrong with other lines.
    """
    found: dict[str, Answer] = {}
    problems: list[str] = []
    for number, line in _lines(output):
        problem = ""
        try:
            answer = msgspec.json.decode(line, type=Answer)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            problem = f"is no answer ({error})"
        else:
            if answer.id not in known:
                problem = f"answers {answer.id!r}, which was not asked"
            elif answer.id in found:
                problem = f"answers {answer.id!r} again; the first answer stands"
            else:
                found[answer.id] = answer
        if problem:
            start = line[:_SHOWN].decode("utf-8", "backslashreplace")
            problems.append(printable(f"line {number} of its output {problem}: {start}"))
    if len(problems) > _PROBLEMS:
        left = len(problems) - _PROBLEMS
        problems = [*problems[:_PROBLEMS], f"{left} more lines of its output are no answers"]
    return found, problems


def _lines(output: bytes) -> Iterator[tuple[int, bytes]]:
    for number, line in enumerate(output.split(b"\n"), 1):
        if line.strip():
            yield number, line
