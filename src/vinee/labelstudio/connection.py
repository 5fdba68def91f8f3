"""A connection to a Label Studio server, with a clear word for each way that it can fail."""

from __future__ import annotations

import weakref
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from vinee.errors import MissingExtraError, ServerError, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx
    from label_studio_sdk import LabelStudio
    from label_studio_sdk.core.api_error import ApiError

URL_VARIABLE = "LABEL_STUDIO_URL"
KEY_VARIABLE = "LABEL_STUDIO_API_KEY"
# Seconds; a batch of large articles takes a small server a while.
_TIMEOUT = 300.0
_MOST_SHOWN = 300
_PAGE = "a web page"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_OK, _UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND = 200, 401, 403, 404

# What the server or its SDK says of a key, in part, and what to do about it.
_KEY_FAILURES = {
    "legacy token authentication has been disabled": (
        "is a legacy token, which the server's organization does not take; make a "
        "personal access token on the page Account & Settings"
    ),
    "blacklisted": (
        "is a personal access token that was revoked; make another on the page Account & Settings"
    ),
    "expired": (
        "is a personal access token that has expired; make another on the page Account & Settings"
    ),
    "wrong type": (
        "is a short-lived access token; give the personal access token that it was made from"
    ),
    "does not have an expiration": (
        "is a JSON web token, but not one of Label Studio's; copy the personal access token again"
    ),
    "token is invalid": (
        "is a personal access token that this server did not make, or is cut off; check "
        f"{URL_VARIABLE}, and copy the token again"
    ),
    "invalid token": (
        "is no token of anybody on this server; copy it again from the page Account & Settings"
    ),
    "credentials were not provided": (
        "is a personal access token, which the server's organization does not take; its owner "
        "can let them on the page Organization, or give a legacy token"
    ),
}
# A personal access token without its end is sent as a legacy token would be, and is none.
_LIKE_PERSONAL = "eyJ"
_CUT_OFF = (
    "looks like a personal access token that is cut off or changed; copy it again, all of it, "
    "from where it was kept"
)


@dataclass(frozen=True)
class Connection:
    """A server that answers, and the user whose key is used.

    Attributes:
        url: Address of the server, without a slash at its end.
        sdk: The client; wrap calls in `calls`.
        user_id: The user's number on the server.
        email: The user's address, which is also the name to log in by.
    """

    url: str
    sdk: LabelStudio
    user_id: int
    email: str

    @contextmanager
    def calls(self, doing: str) -> Iterator[None]:
        """Turn what goes wrong in the SDK into a `ServerError` that says what was being done."""
        with _translated(self.url, doing):
            yield


def connect(url: str | None, key: str | None) -> Connection:
    """Connect to a server and find out whose the key is.

    Args:
        url: Address such as ``http://127.0.0.1:8080``.
        key: A legacy token or a personal access token.

    Raises:
        MissingExtraError: The SDK is not installed.
        ServerError: There is no address or no key, nothing answers there, what answers is no
            Label Studio, or the key is refused; the message tells which, and what to do.
    """
    address = _address(url)
    token = _token(key)
    try:
        from label_studio_sdk import LabelStudio
        from label_studio_sdk.core.api_error import ApiError
    except ImportError as error:
        raise MissingExtraError("label-studio-sdk", "label-studio") from error
    made: Any = LabelStudio
    client = _client(address)
    try:
        # The SDK joins the path of one of its calls onto the address, and needs the slash for it.
        sdk: LabelStudio = made(
            base_url=f"{address}/", api_key=token, timeout=_TIMEOUT, httpx_client=client
        )
    except ApiError as error:
        raise _refused(address, error) from error
    foreign = ServerError(
        f"{address} answers, but not as Label Studio does; check the address ({URL_VARIABLE})"
    )
    with _translated(address, "ask whose the key is", token):
        try:
            user = sdk.users.whoami()
        except TypeError as error:  # the SDK takes any JSON for the object that it expects
            raise foreign from error
    if not isinstance(user.id, int) or not isinstance(user.email, str):
        raise foreign
    return Connection(address, sdk, user.id, user.email)


def _client(address: str) -> httpx.Client:
    import httpx

    if urlsplit(address).hostname not in _LOOPBACK:
        return httpx.Client(timeout=_TIMEOUT, follow_redirects=True)
    # No proxy that is set for the world outside leads to a server on this machine.
    transport = httpx.HTTPTransport()
    client = httpx.Client(transport=transport, timeout=_TIMEOUT, follow_redirects=True)
    # The SDK has no way to close what it opened.
    weakref.finalize(client, transport.close)
    return client


def _address(url: str | None) -> str:
    if not url:
        raise ServerError(
            f"there is no address of a server; give --url or set {URL_VARIABLE}, such as "
            "http://127.0.0.1:8080 (vinee label-studio serve starts a server)"
        )
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError as error:
        raise ServerError(
            f"the address of the server cannot be read ({printable(str(error))}); it must be such "
            "as http://127.0.0.1:8080; check --url"
        ) from error
    if not good or parts.username is not None:
        shown = printable(parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl())
        raise ServerError(
            f"{shown!r} must be an address such as http://127.0.0.1:8080, "
            "without a user name; check --url"
        )
    return url.rstrip("/")


def _token(key: str | None) -> str:
    if key is None or not key.strip():
        raise ServerError(
            f"there is no key; set {KEY_VARIABLE} to a legacy token or a personal access token, "
            "both from the page Account & Settings of the server"
        )
    token = key.strip()
    for prefix in ("Token ", "Bearer "):
        token = token.removeprefix(prefix).strip()
    # A header takes nothing else, and the client's own message would show the token.
    if not token.isascii() or not token.isprintable() or " " in token:
        raise ServerError(
            "the key has characters that no token has, such as a space; copy it again, alone"
        )
    return token


@contextmanager
def _translated(url: str, doing: str, token: str = "") -> Iterator[None]:
    import json

    import httpx
    from label_studio_sdk.core.api_error import ApiError
    from pydantic import ValidationError

    try:
        yield
    except ApiError as error:
        raise _refused(url, error, doing, token) from error
    except httpx.TimeoutException as error:
        raise ServerError(
            f"{url} did not answer in {_TIMEOUT:g} seconds when asked to {doing}; "
            "see whether it is busy, then do this again"
        ) from error
    except httpx.HTTPError as error:
        raise ServerError(
            f"cannot reach {url} to {doing} ({printable(str(error)) or type(error).__name__}); see "
            "whether the server runs (vinee label-studio serve starts one), then do this again"
        ) from error
    except (json.JSONDecodeError, ValidationError, UnicodeDecodeError) as error:
        raise ServerError(
            f"{url} does not answer as Label Studio does when asked to {doing}; check the address"
        ) from error


def _refused(
    url: str, error: ApiError, doing: str = "ask whose the key is", token: str = ""
) -> ServerError:
    said = _said(error.body)
    if error.status_code == _UNAUTHORIZED:
        return _key_refused(url, said, token)
    if error.status_code == _FORBIDDEN:
        return ServerError(
            f"{url} does not let the key's owner {doing} ({said}); use the key of somebody who may"
        )
    if error.status_code == _OK or (error.status_code == _NOT_FOUND and said == _PAGE):
        return ServerError(
            f"what answers at {url} is no Label Studio, or not at that path; check the address "
            f"({URL_VARIABLE})"
        )
    if error.status_code == _NOT_FOUND:
        return ServerError(
            f"{url} knows no such thing when asked to {doing} ({said}); check address and project"
        )
    return ServerError(
        f"{url} answered {error.status_code} when asked to {doing}: {said}; "
        "see the server's log, then do this again"
    )


def _key_refused(url: str, said: str, token: str) -> ServerError:
    told = next((told for part, told in _KEY_FAILURES.items() if part in said.casefold()), None)
    if told is None:
        return ServerError(
            f"{url} refuses the key ({said}); copy it again from the page Account & Settings"
        )
    if told is _KEY_FAILURES["invalid token"] and token.startswith(_LIKE_PERSONAL):
        told = _CUT_OFF
    return ServerError(f"{url} refuses the key: it {told}")


def _said(body: object) -> str:
    """Give what the server said in one line that is not too long."""
    if isinstance(body, dict):
        parts = [str(body[key]) for key in ("detail", "validation_errors") if body.get(key)]
        body = ": ".join(parts) or body
    text = printable(" ".join(str(body).split()))
    if text.startswith("<"):
        return _PAGE
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
