"""Asking a server again that went away for a while."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from vinee.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Callable

    from vinee.labelstudio.connection import Connection

_Answer = TypeVar("_Answer")
_FIRST, _LONGEST = 0.5, 8.0  # seconds between two attempts, doubled each time
# What a server, or one before it, answers while it starts, stops or is busy.
_PASSING = frozenset({408, 429, 502, 503, 504})


@dataclass
class Patience:
    """How long to go on asking, and whom to tell.

    Attributes:
        seconds: How long a server may be away before that is an error.
        on_wait: Is told what the server was asked to do, at the first attempt that failed.
    """

    seconds: float = 120.0
    on_wait: Callable[[str], None] = field(default=lambda _: None)

    def ask(self, connection: Connection, doing: str, question: Callable[[], _Answer]) -> _Answer:
        """Ask until there is an answer.

        Args:
            connection: To the server.
            doing: What it is asked to do, for messages.
            question: Asks, and reads the whole answer; it may be called again.

        Raises:
            ServerError: The server was away for too long, or refuses.
        """
        import httpx
        from label_studio_sdk.core.api_error import ApiError

        begin, pause = time.monotonic(), _FIRST
        while True:
            try:
                with connection.calls(doing):
                    return question()
            except ServerError as error:
                cause = error.__cause__
                passing = isinstance(cause, httpx.TransportError | ValueError) or (
                    isinstance(cause, ApiError) and cause.status_code in _PASSING
                )
                if not passing or time.monotonic() - begin + pause > self.seconds:
                    raise
                if pause == _FIRST:
                    self.on_wait(doing)
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST)
