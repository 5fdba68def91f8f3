"""One request and its response; what went wrong is told apart by whether to try again."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from vinee.errors import ExtractorError, MissingExtraError, printable
from vinee.extractors.command.excerpt import excerpt
from vinee.extractors.http import retries
from vinee.extractors.http.endpoint import parse

if TYPE_CHECKING:
    import httpx2

    from vinee.extractors.http.endpoint import Endpoint

_PACKAGE = "httpx2"
_EXTRA = "http"
_KEPT = (307, 308)  # redirects that keep the method
_TURNED = (301, 302, 303)  # those after which clients ask with GET
_MOST_REDIRECTS = 5
_TOO_MANY = 429
_BROKEN = 500
_ERROR_BODY = 4096
_HEADERS = {
    "Content-Type": "application/json",
    "Accept": "application/json",
    # What is not compressed is as large as it says.
    "Accept-Encoding": "identity",
}


class FinalError(Exception):
    """It would go wrong again."""


class TemporaryError(Exception):
    """It may go well the next time, after ``wait`` seconds if the other side asked for them."""

    def __init__(self, problem: str, wait: float | None = None) -> None:
        super().__init__(problem)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, and how much to take.

    Attributes:
        connect: Most seconds to connect.
        timeout: Most seconds for an answer.
        longest: Most bytes of an answer.
        concurrency: Most connections.
    """

    connect: float
    timeout: float
    longest: int
    concurrency: int


class Client:
    """Connections to an endpoint; several threads may use them.

    The environment's proxies are used, except on this machine.

    Raises:
        MissingExtraError: The package for it is not installed.
    """

    def __init__(self, endpoint: Endpoint, limits: Limits, token: str) -> None:
        try:
            import httpx2
        except ModuleNotFoundError as error:
            raise MissingExtraError(_PACKAGE, _EXTRA) from error
        self._endpoint = endpoint
        self._limits = limits
        self._token = token
        self._client = httpx2.Client(
            headers=_HEADERS | ({"Authorization": f"Bearer {token}"} if token else {}),
            auth=None if endpoint.login is None else httpx2.BasicAuth(*endpoint.login),
            timeout=httpx2.Timeout(limits.timeout, connect=limits.connect, pool=None),
            limits=httpx2.Limits(
                max_connections=limits.concurrency,
                max_keepalive_connections=limits.concurrency,
            ),
            follow_redirects=False,
            trust_env=not endpoint.loopback,
        )

    def post(self, content: bytes) -> bytes:
        """Send one document and return the body of the answer.

        Raises:
            TemporaryError: No connection, one that broke, 429, or a failure of the server.
            FinalError: Out of time, too large, a redirect to elsewhere, or any other status.
        """
        import httpx2

        try:
            return self._redirected(content)
        except (httpx2.ReadTimeout, httpx2.WriteTimeout):
            raise FinalError(
                f"it did not answer within {self._limits.timeout:g} seconds; allow more with "
                "timeout"
            ) from None
        except (
            httpx2.ConnectTimeout,
            httpx2.NetworkError,
            httpx2.ProxyError,
            httpx2.RemoteProtocolError,
        ) as error:
            raise TemporaryError(f"the connection failed: {self._said(error)}") from None
        except httpx2.HTTPError as error:
            raise FinalError(f"the request failed: {self._said(error)}") from None

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def has_token(self, content: bytes) -> bool:
        """Tell whether the token stands in some bytes, so that they must not be shown."""
        return bool(self._token) and self._token.encode() in content

    def _redirected(self, content: bytes) -> bytes:
        url = self._endpoint.url
        deadline = monotonic() + self._limits.timeout
        for _ in range(_MOST_REDIRECTS + 1):
            with self._client.stream("POST", url, content=content) as response:
                if response.status_code not in _KEPT:
                    return self._body(response, deadline)
                url = self._target(response)
        raise FinalError(f"it redirected more than {_MOST_REDIRECTS} times")

    def _body(self, response: httpx2.Response, deadline: float) -> bytes:
        if response.is_success:
            return self._read(response, deadline)
        status = response.status_code
        if status in _TURNED:
            raise FinalError(
                f"it answered {status}, a redirect after which the document would not be sent; "
                "give the address that it leads to"
            )
        problem = f"it answered {status}: {self._complaint(response)}"
        if status == _TOO_MANY or status >= _BROKEN:
            raise TemporaryError(problem, retries.asked(response.headers.get("Retry-After")))
        raise FinalError(problem)

    def _read(self, response: httpx2.Response, deadline: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in response.iter_bytes():
            size += len(part)
            if size > self._limits.longest:
                raise FinalError(f"its answer has more than {self._limits.longest} bytes")
            if monotonic() > deadline:
                raise FinalError(
                    f"its answer was not complete after {self._limits.timeout:g} seconds; allow "
                    "more with timeout"
                )
            parts.append(part)
        return b"".join(parts)

    def _complaint(self, response: httpx2.Response) -> str:
        content = b""
        for part in response.iter_bytes():
            content += part
            if len(content) >= _ERROR_BODY:
                break
        return excerpt(self._without_token(content[:_ERROR_BODY]))

    def _target(self, response: httpx2.Response) -> str:
        import httpx2

        try:
            joined = str(response.url.join(response.headers.get("Location", "")))
            target = parse(joined)
        except (httpx2.InvalidURL, ExtractorError):
            raise FinalError("it redirected to what is no address") from None
        if target.origin != self._endpoint.origin:
            # A document, and a token with it, goes nowhere but where it was meant to go.
            raise FinalError(
                f"it redirected to another host, {self._without(target.shown)}; give that address "
                "itself if you trust it"
            )
        return target.url

    def _said(self, error: Exception) -> str:
        return f"{type(error).__name__}: {printable(self._without(str(error)))[:200]}"

    def _without(self, text: str) -> str:
        return text.replace(self._token, "[token]") if self._token else text

    def _without_token(self, content: bytes) -> bytes:
        return content.replace(self._token.encode(), b"[token]") if self._token else content
