"""What may come of a case: scores that hide nothing, or an error that says what is wrong.

Each is read strictly and leniently, by what a user calls, within a time and a memory that a
broken file may not exceed. Whatever else comes is a failure, so nothing is let through here.
"""

from __future__ import annotations

import resource
import shutil
import signal
import tempfile
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cases import REMOVING, put
from counts import TASKS, SilentError, accounted, counted, still_there
from valid import registered

from vinee.corpus import predictions
from vinee.corpus.findings import FindingsError
from vinee.corpus.foreign import opening
from vinee.errors import InputError, VineeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import FrameType

    from cases import Case

    from vinee.model import Document

MOST_SECONDS = 10
_WAITING = 6
MOST_BYTES = 1 << 30


class Outcome(NamedTuple):
    """What came of a case: ``scored``, the code of an error, or a failure in words."""

    format: str
    number: int
    result: str
    failure: str = ""


class TooLongError(BaseException):
    """It took too long; no `Exception`, so that no reader takes it for a broken file."""


@contextmanager
def _watched() -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooLongError(f"more than {MOST_SECONDS} s, or {_WAITING} times as long with waiting")

    # Seconds of the processor, as others may keep it busy; what only waits uses none.
    clocks = {
        signal.SIGPROF: (signal.ITIMER_PROF, MOST_SECONDS),
        signal.SIGALRM: (signal.ITIMER_REAL, _WAITING * MOST_SECONDS),
    }
    before = {number: signal.signal(number, stop) for number in clocks}
    for clock, seconds in clocks.values():
        signal.setitimer(clock, seconds)
    try:
        yield
    finally:
        for clock, _ in clocks.values():
            signal.setitimer(clock, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


def outcome(
    made: Case, reference: Sequence[Document], before: Mapping[str, int], every: int = 1
) -> Outcome:
    """Read and score a case.

    Args:
        made: The case.
        reference: The gold.
        before: How many items of each layer all valid predictions have in this format.
        every: Of how many cases one is scored, since that takes longest.
    """
    folder = Path(tempfile.mkdtemp(prefix="vinee-fuzz-"))
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        path = put(made, folder)
        with _watched():
            result = _judged(path, made, reference, before, every)
    except (Exception, TooLongError) as error:  # noqa: BLE001 - whatever comes is the finding
        told = f"{type(error).__name__}: {error}\n{traceback.format_exc()[-3000:]}"
        return Outcome(made.format, made.number, "failure", told)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    grown = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - used)
    if grown > MOST_BYTES:
        return Outcome(made.format, made.number, "failure", f"{grown} bytes of memory")
    return Outcome(made.format, made.number, result)


def _judged(
    path: Path,
    made: Case,
    reference: Sequence[Document],
    before: Mapping[str, int],
    every: int,
) -> str:
    form = registered(made.format) if made.named else None
    strict: predictions.Predictions | None = None
    code = "scored"
    try:
        strict = predictions.read(path, reference, format=form)
    except VineeError as error:
        code = _told(error, path, reference)
    try:
        lenient = predictions.read(path, reference, format=form, lenient=True)
    except VineeError as error:
        _told(error, path, reference)
        if strict is not None:
            raise SilentError("read strictly, and not leniently") from error
        return code
    if strict is None and not lenient.findings:
        raise SilentError(f"strictly {code}, and leniently without a finding")
    if strict is not None and (lenient.findings or strict.documents != lenient.documents):
        raise SilentError("strict and lenient reads differ")
    texts = {each.doc_id: each.text or "" for each in reference}
    rows = [item for _, item in opening.read(path, form, texts).rows]
    accounted(rows, lenient)
    if made.number % every == 0:
        counted(lenient, TASKS[made.number // every % len(TASKS)], reference)
    if strict is not None and REMOVING.isdisjoint(made.kinds):
        still_there(strict, before)
    return code


def _told(error: VineeError, path: Path, reference: Sequence[Document]) -> str:
    """Give an error's code, after a look at what it says."""
    message = str(error)
    names = [path.name, *(each.doc_id for each in reference)]
    if not any(name in message for name in names):
        raise SilentError(f"names neither file nor document: {message}") from error
    if isinstance(error, FindingsError):
        for finding in error.findings:
            if finding.where.file is None or not finding.message:
                raise SilentError(f"a finding without its place: {finding}")
        return "findings"
    return error.code if isinstance(error, InputError) else type(error).__name__
