"""A connection to a Label Studio server, with a clear word for each way that it can fail."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from vinee.errors import MissingExtraError, ServerError, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from label_studio_sdk import LabelStudio
    from label_studio_sdk.core.api_error import ApiError

URL_VARIABLE = "LABEL_STUDIO_URL"
KEY_VARIABLE = "LABEL_STUDIO_API_KEY"
# Seconds; a batch of large articles takes a small server a while.
_TIMEOUT = 300.0
_MOST_SHOWN = 300
_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND = 401, 403, 404

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
}


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
    try:
        # The SDK joins the path of one of its calls onto the address, and needs the slash for it.
        sdk: LabelStudio = made(base_url=f"{address}/", api_key=token, timeout=_TIMEOUT)
    except ApiError as error:
        raise _refused(address, error) from error
    with _translated(address, "ask whose the key is"):
        user = sdk.users.whoami()
    if not isinstance(user.id, int) or not isinstance(user.email, str):
        raise ServerError(
            f"{address} answers, but not as Label Studio does; check the address ({URL_VARIABLE})"
        )
    return Connection(address, sdk, user.id, user.email)


def _address(url: str | None) -> str:
    if not url:
        raise ServerError(
            f"there is no address of a server; give --url or set {URL_VARIABLE}, such as "
            "http://127.0.0.1:8080 (vinee label-studio serve starts a server)"
        )
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.username is not None:
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
def _translated(url: str, doing: str) -> Iterator[None]:
    import json

    import httpx
    from label_studio_sdk.core.api_error import ApiError
    from pydantic import ValidationError

    try:
        yield
    except ApiError as error:
        raise _refused(url, error, doing) from error
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


def _refused(url: str, error: ApiError, doing: str = "ask whose the key is") -> ServerError:
    said = _said(error.body)
    if error.status_code == _UNAUTHORIZED:
        for part, told in _KEY_FAILURES.items():
            if part in said.casefold():
                return ServerError(f"{url} refuses the key: it {told}")
        return ServerError(
            f"{url} refuses the key ({said}); copy it again from the page Account & Settings"
        )
    if error.status_code == _FORBIDDEN:
        return ServerError(
            f"{url} does not let the key's owner {doing} ({said}); use the key of somebody who may"
        )
    if error.status_code == _NOT_FOUND:
        return ServerError(
            f"{url} knows no such thing when asked to {doing} ({said}); check address and project"
        )
    return ServerError(
        f"{url} answered {error.status_code} when asked to {doing}: {said}; "
        "see the server's log, then do this again"
    )


def _said(body: object) -> str:
    """Give what the server said in one line that is not too long."""
    if isinstance(body, dict):
        parts = [str(body[key]) for key in ("detail", "validation_errors") if body.get(key)]
        body = ": ".join(parts) or body
    text = printable(" ".join(str(body).split()))
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
