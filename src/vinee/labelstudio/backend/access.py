"""Who may ask a backend: everybody, or whoever has the user name and the password."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vinee.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send

USER_VARIABLE = "VINEE_BACKEND_USER"
PASSWORD_VARIABLE = "VINEE_BACKEND_PASSWORD"  # noqa: S105 - the name of a variable
_UNAUTHORIZED = 401


@dataclass(frozen=True)
class Credentials:
    """A user name and a password for HTTP's basic authentication."""

    user: str
    password: str = field(repr=False)

    def header(self) -> bytes:
        """Give the value of the header that proves them."""
        pair = f"{self.user}:{self.password}".encode()
        return b"Basic " + base64.b64encode(pair)


def credentials(environment: Mapping[str, str]) -> Credentials | None:
    """Read the credentials that the environment asks for; None if it asks for none.

    Raises:
        ServerError: Only one of the two is there, or the name has a colon.
    """
    user, password = environment.get(USER_VARIABLE), environment.get(PASSWORD_VARIABLE)
    if not user and not password:
        return None
    if not user or not password:
        raise ServerError(f"set both {USER_VARIABLE} and {PASSWORD_VARIABLE}, or neither of them")
    if ":" in user:
        raise ServerError(f"{USER_VARIABLE} must have no colon, which ends a user name in HTTP")
    return Credentials(user, password)


class BasicAuthentication:
    """Answers 401 to requests without the credentials, before anything else of them is read."""

    def __init__(self, app: ASGIApp, required: Credentials) -> None:
        self._app = app
        self._wanted = required.header()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] == "http" and not self._is_known(scope):
            from starlette.responses import JSONResponse

            detail = (
                f"the user name and password of the backend are wanted ({USER_VARIABLE} and "
                f"{PASSWORD_VARIABLE} where it was started)"
            )
            refusal = JSONResponse(
                {"detail": detail},
                _UNAUTHORIZED,
                headers={"WWW-Authenticate": 'Basic realm="vinee", charset="UTF-8"'},
            )
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_known(self, scope: Scope) -> bool:
        given = [value for name, value in scope["headers"] if name == b"authorization"]
        return len(given) == 1 and secrets.compare_digest(given[0], self._wanted)
