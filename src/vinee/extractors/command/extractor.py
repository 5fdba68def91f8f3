"""A shell command as an extractor."""

from __future__ import annotations

import shlex
import signal
import weakref
from dataclasses import KW_ONLY, dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Self

from vinee.errors import ExtractorError
from vinee.extractors.base import UNKNOWN
from vinee.extractors.command import answer, masked, undeclared
from vinee.extractors.command.excerpt import excerpt
from vinee.extractors.command.kept import Kept
from vinee.extractors.command.process import EndedError, OutOfStepError, OverrunError, Process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from vinee.extractors.base import Claims, Seen
    from vinee.extractors.command.kept import Log
    from vinee.model import Document

PREFIX = "cmd:"


@dataclass(eq=False)
class CommandExtractor:
    """A command that reads one document a line and answers one a line, in lock step.

    It is started with the first document and kept, since loading a model is slow. It must write
    its answer, and flush it, before it is given the next document; what it logs goes to its
    standard error. It ends with `close`, at the end of a ``with``, or with the program.

    Args:
        command: Program and arguments, quoted as in a shell, but read by none: for pipes and
            variables write ``bash -c '…'``.
        name: Name in results, which are published; ``cmd:`` and the command if not given, with
            what looks like a secret masked.
        version: Of whatever decides the output. While it is ``unknown``, a run that was killed
            starts anew instead of going on.
        trained_on: What it was trained on, in plain words.
        licence: Of whatever decides the output, as SPDX names it.
        texts_seen: Whether its makers or its training may have had the texts.
        claims: The labels that it can produce; all that is scored if not given.
        timeout: Most seconds for a document.
        startup: Seconds that the first document after a start has besides, to load a model.
        restarts: How often a document is tried again when the process ends over it.
        stderr_to: A file that its standard error is appended to.
        longest: Most bytes of an answer.

    Attributes:
        on_restart: Told, in words, each time that it is started again because it ended.

    Raises:
        ExtractorError: There is no command, or a quotation in it is not closed.
    """

    command: str = field(repr=False)
    _: KW_ONLY
    name: str = ""
    version: str = undeclared.VERSION
    trained_on: str = undeclared.TRAINED_ON
    licence: str = UNKNOWN
    texts_seen: Seen = "unknown"
    claims: Claims = field(default_factory=undeclared.claims)
    timeout: float = 300.0
    startup: float = 300.0
    restarts: int = 1
    stderr_to: Path | None = None
    longest: int = 50_000_000

    def __post_init__(self) -> None:
        try:
            self._arguments = shlex.split(self.command)
        except ValueError as error:
            raise ExtractorError(
                f"command {self.command!r}: {error}; quote its arguments as in a shell"
            ) from error
        if not self._arguments:
            raise ExtractorError(
                f"{PREFIX!r} names no command; write one after it, {PREFIX}python my_system.py"
            )
        self.name = self.name or masked.name_of(PREFIX, self.command)
        self.on_restart: Callable[[str], None] | None = None
        self._kept: Path | None = None
        self._process: Process | None = None
        self._finalizer: weakref.finalize[[], CommandExtractor] | None = None
        self._lock = Lock()

    def extract(self, documents: Sequence[Document]) -> Iterator[Document]:
        """Ask the command about one document after the other.

        Raises:
            ExtractorError: It cannot be started, ends or runs out of time over a document, or
                answers what is no document. It starts anew with the next one.
        """
        for document in documents:
            with self._lock:
                found = self._annotate(document)
            yield found

    def keep_stderr(self, path: Path) -> None:
        """Keep the beginning of its standard error in a file, unless ``stderr_to`` takes it.

        A file that is there is removed; there is a new one once something was written.

        Raises:
            OSError: The file that is there cannot be removed.
        """
        path.unlink(missing_ok=True)
        self._kept = path

    def close(self) -> None:
        """End the process, if it runs; a later document starts it again."""
        process = self._forget()
        if process is not None:
            process.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _annotate(self, document: Document) -> Document:
        where = f"extractor {self.name!r}, document {document.doc_id!r}"
        content = self._answer(answer.request(document), where)
        try:
            return answer.read(content, document, where)
        except ExtractorError:
            # Where one answer is wrong, the next line may be the rest of it.
            self._kill()
            raise

    def _answer(self, line: bytes, where: str) -> bytes:
        tries = 1
        while True:
            try:
                return self._ask(line, where)
            except EndedError as error:
                said = self._kill()
                ended = f"the command {_end(error.code)} before it had answered"
                if tries > self.restarts:
                    times = "" if tries == 1 else f", {tries} times in a row"
                    raise ExtractorError(f"{where}: {ended}{times}{said}") from None
                self._tell(where, ended, said)
            tries += 1

    def _ask(self, line: bytes, where: str) -> bytes:
        """Write one line and read one; after any error the process is not used again."""
        process, seconds = self._process, self.timeout
        if process is not None and process.ended:
            self._forget()
            ended = f"the command {_end(process.close())} after its last answer"
            self._tell(where, ended, _last(process))
            process = None
        if process is None:
            process = self._started(where)
            seconds += self.startup
        try:
            return process.ask(line, seconds)
        except EndedError:
            raise
        except OverrunError:
            raise ExtractorError(
                f"{where}: the command did not answer within {seconds:g} seconds; give it a "
                "longer timeout, or see that it writes out each answer before it reads on (in "
                f"Python: print(…, flush=True)){self._kill()}"
            ) from None
        except OutOfStepError as error:
            raise ExtractorError(
                f"{where}: the command {error} (got {excerpt(error.came)}); its standard output "
                "is for answers only, one line for each document; write anything else to "
                f"standard error{self._kill()}"
            ) from None
        except BaseException:
            # Whoever interrupts leaves an answer behind that nobody will read.
            self._kill()
            raise

    def _started(self, where: str) -> Process:
        try:
            process = Process(self._arguments, self._log(), self.longest)
        except (OSError, ValueError) as error:  # ValueError: a null character
            raise ExtractorError(
                f"{where}: the command cannot be started: {error}; it is run without a shell, "
                "in the current directory"
            ) from error
        self._process = process
        # For those who never close it, and for the end of the program.
        self._finalizer = weakref.finalize(self, process.close)
        return process

    def _log(self) -> Log | None:
        if self.stderr_to is not None:
            return self.stderr_to.open("ab", buffering=0)
        return None if self._kept is None else Kept(self._kept)

    def _tell(self, where: str, ended: str, said: str) -> None:
        if self.on_restart is not None:
            place = where.removeprefix(f"extractor {self.name!r}, ")
            self.on_restart(f"{place}: {ended}; it is started again{said}")

    def _forget(self) -> Process | None:
        process, self._process = self._process, None
        if self._finalizer is not None:
            self._finalizer.detach()
            self._finalizer = None
        return process

    def _kill(self) -> str:
        """End the process at once, and give the last that it said, to stand in an error."""
        process = self._forget()
        if process is None:
            return ""
        process.kill()
        return _last(process)


def _last(process: Process) -> str:
    """Give the last that an ended process said, to stand at the end of a message."""
    complaints = process.complaints()
    return f"\nthe last that it wrote to standard error:\n{complaints}" if complaints else ""


def _end(code: int | None) -> str:
    if code is None:
        return "closed its output"
    if code >= 0:
        return f"ended (exit code {code})"
    try:
        return f"was killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"was killed by signal {-code}"
