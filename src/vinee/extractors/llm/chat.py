"""Talking to one endpoint: the cache first, then the network; and which formats it knows."""

from __future__ import annotations

import os
import re
import weakref
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec

from vinee.errors import ExtractorError
from vinee.extractors.command.excerpt import excerpt
from vinee.extractors.http.client import FinalError
from vinee.extractors.llm import completion
from vinee.extractors.llm.completion import FILTERED, Reply
from vinee.extractors.llm.transport import ChatClient, StatusError, checked_token, remedy
from vinee.extractors.llm.usage import CACHED, Usage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from threading import Event

    from vinee.extractors.http.client import Limits
    from vinee.extractors.http.endpoint import Endpoint
    from vinee.extractors.llm.cache import Cache
    from vinee.extractors.llm.prompts import Message
    from vinee.extractors.llm.transport import Patience

_TEXT = "text"
_NOT_SO = (400, 415, 422)
_TOO_LARGE = 413
_BROKEN = 500
# What endpoints say of a prompt that is too long, and of one that they hold back.
_TOO_LONG = re.compile(
    r"context.{0,20}(length|window|size)|(prompt|input).{0,40}too long", re.IGNORECASE
)
_FILTER = re.compile(r"content.{0,2}(filter|management)|responsible.?ai", re.IGNORECASE)


class TooLongError(Exception):
    """The endpoint says that the prompt is too long for the model."""


@dataclass(frozen=True)
class Line:
    """How an endpoint is reached.

    Attributes:
        endpoint: Its address.
        limits: How long to wait, and how much to take.
        patience: How often to try again.
        token_from: Name of the environment variable that holds a key.
        cache: Where answers are stored; None if they are not.
    """

    endpoint: Endpoint
    limits: Limits
    patience: Patience
    token_from: str
    cache: Cache | None


class Chat:
    """Asks a model, from several threads if need be.

    Where the endpoint refuses a response format and takes the request with the next simpler one,
    that one is used from then on.

    Attributes:
        understood: Whether an answer could be read yet, which who reads it says.

    Args:
        line: How the endpoint is reached.
        model: Name of the model.
        fields: Fields of each request besides model, messages and response format.
        formats: Response formats by kind, from the strictest on; the last resort is none at all.
    """

    def __init__(
        self,
        line: Line,
        model: str,
        fields: Mapping[str, Any],
        formats: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self.understood = False
        self._line = line
        self._model = model
        self._fields = fields
        self._formats: dict[str, Mapping[str, Any] | None] = {**formats, _TEXT: None}
        self._kinds = tuple(self._formats)
        self._first = 0
        self._used = Usage()
        self._client: ChatClient | None = None
        self._finalizer: weakref.finalize[[], Chat] | None = None
        self._lock = Lock()

    @property
    def usage(self) -> Usage:
        """What all answers so far took, without the price."""
        return self._used

    def ask(self, messages: Sequence[Message], stop: Event) -> Reply:
        """Ask the model.

        Raises:
            TooLongError: The messages are too long for the model.
            ExtractorError: The endpoint does not answer, or not with a completion.
            StoppedError: The event was set meanwhile.
            MissingExtraError: The package for it is not installed.
        """
        try:
            return self._asked(messages, self._first, stop)
        except FinalError as error:
            advice = remedy(error, model=self._model, token_from=self._line.token_from)
            raise ExtractorError(f"{self._line.endpoint.shown}: {error}{advice}") from None

    def shown(self, reply: Reply) -> str:
        """Quote the beginning of an answer for an error, unless it holds the key."""
        content = reply.content.encode()
        # The key in JSON's escapes was not seen when the answer came.
        has_key = self._opened().has_token(content)
        return f"the key from {self._line.token_from}" if has_key else excerpt(content)

    def close(self) -> None:
        """Close the connections; a later request opens new ones."""
        with self._lock:
            client, self._client = self._client, None
            if self._finalizer is not None:
                self._finalizer.detach()
                self._finalizer = None
        if client is not None:
            client.close()

    def _asked(self, messages: Sequence[Message], number: int, stop: Event) -> Reply:
        """Ask with the response format of that number, or else with a simpler one."""
        kind = self._kinds[number]
        if self._is_refused(kind):
            return self._asked(messages, number + 1, stop)
        try:
            return self._answer(messages, kind, stop)
        except StatusError as error:
            if _is_too_long(error):
                raise TooLongError(str(error)) from None
            if error.status in _NOT_SO and _FILTER.search(str(error)):
                return Reply("", FILTERED, kind=kind)
            is_refusal = error.status in _NOT_SO or error.status >= _BROKEN
            if not is_refusal or kind == _TEXT:
                raise
        reply = self._asked(messages, number + 1, stop)
        # Only now is it known that it was the format that it would not take.
        self._refuse(kind, number)
        return reply

    def _answer(self, messages: Sequence[Message], kind: str, stop: Event) -> Reply:
        body: dict[str, Any] = {"model": self._model, "messages": list(messages), **self._fields}
        wanted = self._formats[kind]
        if wanted is not None:
            body["response_format"] = wanted
        cache, shown = self._line.cache, self._line.endpoint.shown
        stored = None if cache is None else cache.get(shown, body)
        if stored is not None:
            reply = completion.read(stored, kind)
            self._count(CACHED)
            return reply
        content = self._sent(msgspec.json.encode(body), stop)
        reply = completion.read(content, kind)
        self._count(reply.taken)
        if cache is not None and (reply.content or reply.ending):
            cache.put(shown, body, content)
        return reply

    def _sent(self, body: bytes, stop: Event) -> bytes:
        client = self._opened()
        content = self._line.patience.answered(lambda: client.post(body), stop)
        if client.has_token(content):
            raise FinalError(
                f"its answer repeats the key from {self._line.token_from}, so it is neither shown "
                "nor used; do not trust this endpoint"
            )
        return content

    def _opened(self) -> ChatClient:
        with self._lock:
            if self._client is None:
                name = self._line.token_from
                token = checked_token(os.environ.get(name, "").strip(), name)
                client = ChatClient(self._line.endpoint, self._line.limits, token)
                self._client = client
                # For those who never close it, and for the end of the program.
                self._finalizer = weakref.finalize(self, client.close)
            return self._client

    def _is_refused(self, kind: str) -> bool:
        cache = self._line.cache
        return (
            kind != _TEXT
            and cache is not None
            and cache.refused(self._line.endpoint.shown, self._model, kind)
        )

    def _refuse(self, kind: str, number: int) -> None:
        with self._lock:
            self._first = max(self._first, number + 1)
        if self._line.cache is not None:
            self._line.cache.refuse(self._line.endpoint.shown, self._model, kind)

    def _count(self, taken: Usage) -> None:
        with self._lock:
            self._used += taken


def _is_too_long(error: StatusError) -> bool:
    return error.status == _TOO_LARGE or (
        error.status in _NOT_SO and _TOO_LONG.search(str(error)) is not None
    )
