"""Keeping standard output for what a command prints, whatever others print there."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, contextmanager, redirect_stdout, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

_OUT, _ERR = 1, 2


@contextmanager
def kept_apart() -> Iterator[None]:
    """Send to standard error what is printed to standard output, also by programs and C libraries.

    It is for code that is not ours, whose output would stand amid the tables or the JSON that a
    command prints.
    """
    before = sys.stdout
    _flush(before)
    with ExitStack() as stack:
        stack.enter_context(_descriptor())
        # What code prints that took hold of it earlier goes out while the descriptor is turned.
        stack.callback(_flush, before)
        stack.enter_context(redirect_stdout(sys.stderr))
        yield


@contextmanager
def _descriptor() -> Iterator[None]:
    try:
        kept = os.dup(_OUT)
    except OSError:  # there is no standard output, so nothing can get into it
        yield
        return
    try:
        with suppress(OSError):  # there is no standard error
            os.dup2(_ERR, _OUT)
        yield
    finally:
        _flush_c()
        os.dup2(kept, _OUT)
        os.close(kept)


def _flush(stream: TextIO | None) -> None:
    if stream is not None and not stream.closed:  # None where there is no standard output
        stream.flush()


def _flush_c() -> None:
    """Write out what C libraries hold back, which would otherwise come when the program ends."""
    import ctypes

    with suppress(OSError, TypeError, AttributeError):  # no such library, as on Windows
        ctypes.CDLL(None).fflush(None)
