"""How long a push waits for a server that is away."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vinee.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 300.0
_FIRST_WAIT = 0.5
_LONGEST_WAIT = 10.0
# A server that answers, but with an error of its own, is likely to do so again.
_MOST_FAILURES = 3
_TOO_MANY = 429
_INTERNAL = 500
_GATEWAY = frozenset({502, 503, 504})


def is_away(error: ServerError) -> bool:
    """Tell whether the server could not be reached, or is to be asked later."""
    import httpx
    from label_studio_sdk.core.api_error import ApiError

    cause = error.__cause__
    if isinstance(cause, ApiError):
        return cause.status_code in {_TOO_MANY, *_GATEWAY}
    return isinstance(cause, httpx.TransportError)


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
        """Wait a while.

        Args:
            error: What happened.
            done: How far the work is, as messages say it.

        Raises:
            ServerError: Waiting does not help, or was in vain.
        """
        now = time.monotonic()
        self._since = now if self._since is None else self._since
        away = is_away(error)
        self._failures += not away
        if not away and not has_failed(error):
            raise ServerError(f"{error}; {done}") from error
        if self._failures > _MOST_FAILURES or now - self._since + self._wait > self.seconds:
            raise ServerError(
                f"{error}; {done}; the same command goes on where this one stopped"
            ) from error
        self.on_wait(f"{error}; trying again in {self._wait:g} s")
        time.sleep(self._wait)
        self._wait = min(self._wait * 2, _LONGEST_WAIT)
