"""Requests whose bodies are bytes, with the address and the key that the SDK has.

The SDK itself converts each item of a request one by one, and sends what failed again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.labelstudio.connection import Connection

_FIRST_FAILURE = 400
_JSON = {"content-type": "application/json"}


def encoded(value: object) -> bytes:
    """Write JSON, be it with half a surrogate pair or a number that is none."""
    try:
        return msgspec.json.encode(value)
    except (UnicodeEncodeError, ValueError):
        return json.dumps(value).encode("ascii")


def decoded(content: bytes | msgspec.Raw) -> Any:  # noqa: ANN401 - JSON of any kind
    """Read JSON as Python's own reader does, which lets pass what is no JSON elsewhere.

    Raises:
        ValueError: It is cut off, or no JSON at all.
    """
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return json.loads(bytes(content))


def get(connection: Connection, doing: str, path: str, **query: str | int | Sequence[int]) -> bytes:
    """Ask for something.

    Args:
        connection: To a server.
        doing: What this is for, as messages say it.
        path: Path below the server's address, such as ``api/tasks``.
        query: Parameters of the query.

    Returns:
        The body of the answer.

    Raises:
        ServerError: The server is away, or refuses.
    """
    return _request(connection, doing, path, method="GET", params=query)


def post(connection: Connection, doing: str, path: str, body: bytes) -> bytes:
    """Send JSON, once: what may have been done is never sent again without a look.

    Raises:
        ServerError: The server is away, or refuses; it may have done what it was asked for.
    """
    return _request(connection, doing, path, method="POST", content=body, headers=_JSON)


def patch(connection: Connection, doing: str, path: str, body: bytes) -> bytes:
    """Change what is given as JSON, and nothing else.

    Raises:
        ServerError: The server is away, or refuses; it may have done what it was asked for.
    """
    return _request(connection, doing, path, method="PATCH", content=body, headers=_JSON)


def _request(connection: Connection, doing: str, path: str, **request: Any) -> bytes:  # noqa: ANN401 - the SDK's
    from label_studio_sdk.core.api_error import ApiError

    # The SDK has no other way to send bytes with its key.
    client = connection.sdk._client_wrapper.httpx_client  # noqa: SLF001
    with connection.calls(doing):
        answer = client.request(path, request_options={"max_retries": 0}, **request)
        if answer.status_code >= _FIRST_FAILURE:
            try:
                said = answer.json()
            except ValueError:
                said = answer.text
            raise ApiError(status_code=answer.status_code, body=said)
    return bytes(answer.content)
