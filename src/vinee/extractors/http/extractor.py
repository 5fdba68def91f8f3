"""An HTTP endpoint as an extractor."""

from __future__ import annotations

import os
import weakref
from dataclasses import KW_ONLY, InitVar, dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Self

from vinee.errors import ExtractorError
from vinee.extractors.base import UNKNOWN
from vinee.extractors.command import answer, undeclared
from vinee.extractors.http import endpoint, retries
from vinee.extractors.http.client import Client, FinalError, Limits, TemporaryError
from vinee.extractors.http.in_order import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from threading import Event
    from types import TracebackType

    from vinee.extractors.base import Claims, Seen
    from vinee.model import Document


@dataclass(eq=False)
class HttpExtractor:
    """An address to which one document is posted as JSON, and which answers one.

    What may go well the next time is tried again after a while that doubles: no connection, a
    connection that broke, 429 and the failures of the server (5xx). Redirects are followed on the
    same host only. Proxies come from the environment, except for this machine itself.

    Args:
        url: ``http://…`` or ``https://…``; user, password and query are never shown.
        name: Name in results; the address if not given.
        version: Of whatever decides the output. While it is ``unknown``, a run that was killed
            starts anew instead of going on.
        trained_on: What it was trained on, in plain words.
        licence: Of whatever decides the output, as SPDX names it.
        texts_seen: Whether its makers or its training may have had the texts.
        claims: The labels that it can produce; all that is scored if not given.
        token_from: Name of the environment variable that holds a bearer token; not beside user
            and password in the address.
        connect: Most seconds to connect.
        timeout: Most seconds for an answer.
        retries: How often a document is sent again.
        backoff: Seconds before it is sent again for the first time.
        longest_wait: Most seconds to wait; a server that asks for more is not waited for.
        concurrency: How many documents are under way at a time.
        longest: Most bytes of an answer.

    Raises:
        ExtractorError: The URL is none, or has user and password beside a token; or fewer than
            one document is to be under way.
    """

    url: InitVar[str]
    _: KW_ONLY
    name: str = ""
    version: str = undeclared.VERSION
    trained_on: str = undeclared.TRAINED_ON
    licence: str = UNKNOWN
    texts_seen: Seen = "unknown"
    claims: Claims = field(default_factory=undeclared.claims)
    token_from: str | None = None
    connect: float = 10.0
    timeout: float = 300.0
    retries: int = 4
    backoff: float = 1.0
    longest_wait: float = 60.0
    concurrency: int = 1
    longest: int = 50_000_000

    def __post_init__(self, url: str) -> None:
        if self.concurrency < 1:
            raise ExtractorError(f"concurrency must be at least 1 (got {self.concurrency!r})")
        self._endpoint = endpoint.parse(url)
        if self.token_from is not None and self._endpoint.login is not None:
            raise ExtractorError(
                f"{self._endpoint.shown}: the address has user and password, and token_from="
                f"{self.token_from!r} a token; only one of them can be sent: remove the other"
            )
        self.name = self.name or self._endpoint.shown
        self._client: Client | None = None
        self._finalizer: weakref.finalize[[], HttpExtractor] | None = None
        self._lock = Lock()

    def extract(self, documents: Sequence[Document]) -> Iterator[Document]:
        """Post documents, several at a time if so asked, and yield answers in their order.

        Raises:
            ExtractorError: There is no answer, or it is no document.
            MissingExtraError: The package for it is not installed.
        """
        return in_order(self._annotate, documents, self.concurrency)

    def close(self) -> None:
        """Close the connections; a later document opens new ones."""
        with self._lock:
            client, self._client = self._client, None
            if self._finalizer is not None:
                self._finalizer.detach()
                self._finalizer = None
        if client is not None:
            client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _annotate(self, document: Document, stop: Event) -> Document:
        where = f"extractor {self.name!r}, document {document.doc_id!r}"
        request = answer.request(document)
        client = self._opened(where)
        content = self._answer(client, request, f"{where}: {self._endpoint.shown}", stop)
        try:
            return answer.read(content, document, where)
        except ExtractorError:
            if client.has_token(content):
                raise ExtractorError(
                    f"{where}: the answer is no document; it is not shown, since it repeats the "
                    f"token from {self.token_from}"
                ) from None
            raise

    def _answer(self, client: Client, request: bytes, where: str, stop: Event) -> bytes:
        attempt = 1
        while True:
            try:
                return client.post(request)
            except FinalError as error:
                raise ExtractorError(f"{where}: {error}") from None
            except TemporaryError as error:
                wait = self._wait(error, attempt, where)
            if stop.wait(wait):
                raise ExtractorError(f"{where}: stopped")
            attempt += 1

    def _wait(self, error: TemporaryError, attempt: int, where: str) -> float:
        if attempt > self.retries:
            times = "" if attempt == 1 else f" ({attempt} attempts)"
            raise ExtractorError(f"{where}: {error}{times}") from None
        wait = retries.pause(attempt, self.backoff, self.longest_wait)
        if error.wait is None:
            return wait
        if error.wait > self.longest_wait:
            raise ExtractorError(
                f"{where}: {error}; it asks to wait {error.wait:.0f} seconds, more than "
                f"longest_wait={self.longest_wait:g}; come back later"
            ) from None
        return max(wait, error.wait)

    def _opened(self, where: str) -> Client:
        with self._lock:
            if self._client is None:
                limits = Limits(self.connect, self.timeout, self.longest, self.concurrency)
                client = Client(self._endpoint, limits, self._token(where))
                self._client = client
                # For those who never close it, and for the end of the program.
                self._finalizer = weakref.finalize(self, client.close)
            return self._client

    def _token(self, where: str) -> str:
        if self.token_from is None:
            return ""
        token = os.environ.get(self.token_from, "").strip()
        if not token:
            raise ExtractorError(
                f"{where}: the environment variable {self.token_from} holds no token; set it"
            )
        if not (token.isascii() and token.isprintable()) or " " in token:
            raise ExtractorError(
                f"{where}: the token in {self.token_from} must be printable ASCII without spaces"
            )
        return token
