"""How long to wait for a server that is away."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from vinee.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Callable

    from vinee.labelstudio.connection import Connection

_Answer = TypeVar("_Answer")
PATIENCE = 300.0
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 10.0
# A server that answers, but with an error of its own, is likely to do so again.
_MOST_FAILURES = 3
_INTERNAL = 500
# What a server, or one before it, answers while it starts, stops or is busy.
_PASSING = frozenset({408, 429, 502, 503, 504})


def is_away(error: ServerError) -> bool:
    """Tell whether the server could not be reached, broke off, or is to be asked later."""
    import json

    import httpx
    from label_studio_sdk.core.api_error import ApiError

    cause = error.__cause__
    if isinstance(cause, ApiError):
        return cause.status_code in _PASSING
    return isinstance(cause, httpx.TransportError | json.JSONDecodeError | UnicodeDecodeError)


def has_failed(error: ServerError) -> bool:
    """Tell whether the server answered, and with an error that is its own."""
    from label_studio_sdk.core.api_error import ApiError

    cause = error.__cause__
    return isinstance(cause, ApiError) and (cause.status_code or 0) >= _INTERNAL


@dataclass
class Patience:
    """Waits longer each time that something fails, and gives up after a bounded time.

    Attributes:
        seconds: How long, at most, nothing may succeed.
        on_wait: Told why, and how long it waits.
    """

    seconds: float = PATIENCE
    on_wait: Callable[[str], None] = lambda _: None
    _since: float | None = field(default=None, init=False)
    _wait: float = field(default=_FIRST_WAIT, init=False)
    _failures: int = field(default=0, init=False)

    def succeeded(self) -> None:
        """Begin anew: the server did what it was asked for."""
        self._since, self._wait, self._failures = None, _FIRST_WAIT, 0

    def wait(self, error: ServerError, done: str) -> None:
        """Wait a while, before what changes something is tried again.

        Args:
            error: What happened.
            done: How far the work is, as messages say it.

        Raises:
            ServerError: Waiting does not help, or was in vain.
        """
        if self._waited(error):
            return
        again = "; the same command goes on where this one stopped" if _may_pass(error) else ""
        raise ServerError(f"{error}; {done}{again}") from error

    def ask(self, connection: Connection, doing: str, question: Callable[[], _Answer]) -> _Answer:
        """Ask for something, which may be asked for many times, until there is an answer.

        The time counts from here on; several threads may ask at once.

        Args:
            connection: To the server.
            doing: What it is asked to do, for messages.
            question: Asks, and reads the whole answer.

        Raises:
            ServerError: The server was away for too long, or refuses.
        """
        own = Patience(self.seconds, self.on_wait)
        while True:
            try:
                with connection.calls(doing):
                    return question()
            except ServerError as error:
                if not own._waited(error):
                    raise

    def _waited(self, error: ServerError) -> bool:
        """Wait, if that may help and there is time."""
        now = time.monotonic()
        self._since = now if self._since is None else self._since
        self._failures += not is_away(error)
        is_late = self._failures > _MOST_FAILURES or now - self._since + self._wait > self.seconds
        if is_late or not _may_pass(error):
            return False
        self.on_wait(f"{error}; trying again in {self._wait:g} s")
        time.sleep(self._wait)
        self._wait = min(self._wait * 2, _LONGEST_WAIT)
        return True


def _may_pass(error: ServerError) -> bool:
    return is_away(error) or has_failed(error)
