"""Somebody at the pages of a server, without a browser: logs in, signs up, makes keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import httpx


class LoginError(Exception):
    """The server does not take the password, or the form."""


@dataclass(frozen=True)
class Session:
    """A session of a user who is logged in."""

    client: httpx.Client

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def get(self, path: str) -> Any:
        answer = self.client.get(path)
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, content: dict[str, Any] | None = None) -> Any:
        headers = {"X-CSRFToken": self.client.cookies["csrftoken"]}
        answer = self.client.post(path, json=content or {}, headers=headers)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def personal_access_token(self) -> str:
        """Make a personal access token; a user has but one, so an older one is revoked."""
        for old in self.get("/api/token/"):
            self.revoke(old["token"])
        return str(self.post("/api/token/")["token"])

    def access_token(self, personal: str) -> str:
        return str(self.post("/api/token/refresh/", {"refresh": personal})["access"])

    def revoke(self, personal: str) -> None:
        self.post("/api/token/blacklist/", {"refresh": personal})

    def let_keys(self, *, legacy: bool, personal: bool = True) -> None:
        settings = {"api_tokens_enabled": personal, "legacy_api_tokens_enabled": legacy}
        self.post("/api/jwt/settings", settings)

    def invitation(self) -> str:
        """Path of the page where somebody who was invited signs up."""
        return str(self.get("/api/invite")["invite_url"])


def log_in(url: str, email: str, password: str) -> Session:
    return _opened(url, "/user/login/", {"email": email, "password": password})


def sign_up(url: str, path: str, email: str, password: str) -> Session:
    """Make an account by the page at ``path``, such as an invitation."""
    form = {"email": email, "password": password, "allow_newsletters": "false"}
    return _opened(url, path, form)


def _opened(url: str, path: str, form: dict[str, str]) -> Session:
    client = httpx.Client(base_url=url, follow_redirects=True, timeout=60)
    try:
        client.get(path).raise_for_status()
        hidden = {"csrfmiddlewaretoken": client.cookies["csrftoken"]}
        answer = client.post(path, data={**form, **hidden}).raise_for_status()
    except BaseException:
        client.close()
        raise
    # Whoever is let in is sent on; the same page again says what is wrong.
    if answer.url.path == path.partition("?")[0]:
        client.close()
        raise LoginError
    return Session(client)
