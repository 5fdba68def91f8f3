"""Asking a server that starts whether it is up, and whether it takes a key."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

_TIMEOUT = 10.0
# A proxy has nothing to do with a server of one's own.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def is_up(url: str) -> bool:
    """Tell whether the server says that it is healthy."""
    answer = _get(f"{url}/health", {})
    return isinstance(answer, dict) and answer.get("status") == "UP"


def refusal(url: str, user: str, key: str) -> str | None:
    """Ask whose a legacy token is; give what the server says if it is not the user's."""
    answer = _get(f"{url}/api/current-user/whoami", {"Authorization": f"Token {key}"})
    if not isinstance(answer, dict):
        return "it gave no answer that could be read"
    if answer.get("email") == user:
        return None
    return str(answer.get("detail") or f"it is the key of {answer.get('email')}")


def _get(url: str, headers: dict[str, str]) -> Any:  # noqa: ANN401 - JSON of somebody else
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - the URL is ours, http
    try:
        with _direct.open(request, timeout=_TIMEOUT) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        with error:
            return _parsed(error.read())
    except (OSError, ValueError):
        return None


def _parsed(body: bytes) -> Any:  # noqa: ANN401 - JSON of somebody else
    try:
        return json.loads(body)
    except ValueError:
        return None
