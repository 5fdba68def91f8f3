"""Requests to a chat endpoint: where they go, what a refusal says, when to try again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from vinee.errors import ExtractorError
from vinee.extractors.http import endpoint, retries
from vinee.extractors.http.client import Client, FinalError, TemporaryError

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    import httpx2

    from vinee.extractors.http.endpoint import Endpoint

_PATH = "/chat/completions"
_FORMAT = "response_format"


class StatusError(FinalError):
    """The endpoint answered with a status that asking again would not change.

    Attributes:
        status: The status; one of its own failures (5xx) if it blames the response format for it.
    """

    def __init__(self, status: int, problem: str) -> None:
        super().__init__(problem)
        self.status = status


class StoppedError(Exception):
    """Nobody wants the answer any more."""


class ChatClient(Client):
    """Connections that tell apart by which status they were refused."""

    def _body(self, response: httpx2.Response, deadline: float) -> bytes:
        try:
            return super()._body(response, deadline)
        except FinalError as error:
            if response.is_success:
                raise
            raise StatusError(response.status_code, str(error)) from None
        except TemporaryError as error:
            # llama-cpp-python's server calls a response format that it does not know a failure of
            # its own, 500. It would be the same again.
            if _FORMAT in str(error):
                raise StatusError(response.status_code, str(error)) from None
            raise


@dataclass(frozen=True, slots=True)
class Patience:
    """How often, and how long, a request is tried again.

    Attributes:
        retries: How often it is sent again.
        backoff: Seconds before it is sent again for the first time.
        longest_wait: Most seconds to wait.
    """

    retries: int
    backoff: float
    longest_wait: float

    def answered(self, send: Callable[[], bytes], stop: Event) -> bytes:
        """Send until there is an answer.

        Raises:
            FinalError: There will be none, or not soon.
            StoppedError: The event was set meanwhile.
        """
        attempt = 1
        while True:
            try:
                return send()
            except TemporaryError as error:
                wait = self._wait(error, attempt)
            if stop.wait(wait):
                raise StoppedError
            attempt += 1

    def _wait(self, error: TemporaryError, attempt: int) -> float:
        if attempt > self.retries:
            times = "" if attempt == 1 else f" ({attempt} attempts)"
            raise FinalError(f"{error}{times}") from None
        wait = retries.pause(attempt, self.backoff, self.longest_wait)
        if error.wait is None:
            return wait
        if error.wait > self.longest_wait:
            raise FinalError(
                f"{error}; it asks to wait {error.wait:.0f} seconds, more than "
                f"longest_wait={self.longest_wait:g}; come back later"
            ) from None
        return max(wait, error.wait)


def address(base: str) -> Endpoint:
    """Give the address of chat completions under the base address of an endpoint.

    Args:
        base: As other clients take it, ``https://host/v1``; the full address will do too.

    Raises:
        ExtractorError: It is none. Its text is not in the message: it may hold a password.
    """
    try:
        parts = urlsplit(base)
    except ValueError:
        return endpoint.parse("")
    path = parts.path.rstrip("/")
    if not path.endswith(_PATH):
        path += _PATH
    return endpoint.parse(parts._replace(path=path).geturl())


def remedy(error: FinalError, *, model: str, token_from: str) -> str:
    """Say what to do about an error; empty where it says so itself."""
    status = error.status if isinstance(error, StatusError) else None
    if status in (401, 403):
        return f"; put a key that may use it into the environment variable {token_from}"
    if status == 404:  # noqa: PLR2004 - not found
        return (
            f"; it has no model {model!r}, or the address is not the one that ends where "
            f"{_PATH} begins, such as https://host/v1"
        )
    if status in (400, 422):
        return (
            "; if it names a parameter, leave that out (temperature=None, seed=None), "
            "or set it in options"
        )
    return ""


def checked_token(token: str, token_from: str) -> str:
    """Check that a key can stand in a header; an endpoint that wants none is given none.

    Raises:
        ExtractorError: It cannot. It is not in the message.
    """
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise ExtractorError(f"the key in {token_from} must be printable ASCII without spaces")
    return token
