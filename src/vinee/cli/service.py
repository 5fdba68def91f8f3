"""Commands that run until they are ended: what ends them, and where they log."""

from __future__ import annotations

import logging
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    Handler = Callable[[int, FrameType | None], object]


@contextmanager
def on_signals(handler: Handler, *numbers: signal.Signals) -> Iterator[None]:
    """Have signals handled by ``handler``, and by what handled them before when this ends."""
    before = {each: signal.signal(each, handler) for each in numbers}
    try:
        yield
    finally:
        for each, other in before.items():
            signal.signal(each, other)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Raise `KeyboardInterrupt` for Ctrl-C and for the signal that ends a service alike.

    A shell that starts a command in the background has it ignore Ctrl-C's signal otherwise.
    """
    with on_signals(signal.default_int_handler, signal.SIGINT, signal.SIGTERM):
        yield


@contextmanager
def logged(name: str) -> Iterator[None]:
    """Write to standard error what a logger is told, with the time."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log = logging.getLogger(name)
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
