"""A connection, and a clear word for each way that it can fail."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from sessions import Session, log_in

from vinee.errors import ServerError
from vinee.labelstudio.connection import Connection, connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.labelstudio.server.process import RunningServer

ANYWHERE = "http://127.0.0.1:9"
LEGACY = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def session(server: RunningServer) -> Iterator[Session]:
    with log_in(server.url, server.user, server.plan.credentials.password) as opened:
        yield opened


@pytest.fixture
def personal(session: Session) -> str:
    return session.personal_access_token()


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def signed(payload: dict[str, Any], secret: str) -> str:
    head = {"alg": "HS256", "typ": "JWT"}
    content = ".".join(encoded(json.dumps(part).encode()) for part in (head, payload))
    signature = hmac.new(secret.encode(), content.encode(), hashlib.sha256).digest()
    return f"{content}.{encoded(signature)}"


def payload_of(token: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    return read


def secret_of(server: RunningServer) -> str:
    found = re.search(r"SECRET_KEY=(.*)", (server.plan.data / ".env").read_text())
    assert found
    return found.group(1)


@contextmanager
def listening(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{other.server_port}"
        other.shutdown()


def answering(content: bytes, kind: str = "application/json") -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_: object) -> None: ...

    return Handler


class Files(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


def refused(url: str | None, key: str | None) -> str:
    with pytest.raises(ServerError) as caught:
        connect(url, key)
    assert not key or len(key.strip()) < 10 or key not in str(caught.value)
    return str(caught.value)


def test_legacy_token_connects_as_its_owner(server: RunningServer, connection: Connection) -> None:
    assert connection.email == server.user
    assert connection.url == server.url


@pytest.mark.parametrize("form", ["{}", "Token {}", "  {}\n"])
def test_key_may_be_copied_with_what_stands_around_it(server: RunningServer, form: str) -> None:
    assert connect(server.url, form.format(server.key)).email == server.user


def test_address_may_end_with_a_slash(server: RunningServer) -> None:
    assert connect(f"{server.url}/", server.key).url == server.url


def test_personal_access_token_connects_as_its_owner(server: RunningServer, personal: str) -> None:
    assert connect(server.url, personal).email == server.user


def test_connection_never_shows_the_key(server: RunningServer, connection: Connection) -> None:
    assert server.key not in repr(connection)


def test_wrong_token(server: RunningServer) -> None:
    assert "no token of anybody on this server" in refused(server.url, LEGACY)


def test_legacy_tokens_that_are_off(server: RunningServer, session: Session) -> None:
    session.let_keys(legacy=False)
    try:
        assert "organization does not take; make a personal" in refused(server.url, server.key)
    finally:
        session.let_keys(legacy=True)


def test_personal_access_tokens_that_are_off(
    server: RunningServer, session: Session, personal: str
) -> None:
    session.let_keys(legacy=True, personal=False)
    try:
        assert "or give a legacy token" in refused(server.url, personal)
    finally:
        session.let_keys(legacy=True)


def test_personal_access_token_that_was_revoked(
    server: RunningServer, session: Session, personal: str
) -> None:
    session.revoke(personal)

    assert "was revoked" in refused(server.url, personal)


def test_access_token_in_place_of_a_personal_one(
    server: RunningServer, session: Session, personal: str
) -> None:
    assert "short-lived access token" in refused(server.url, session.access_token(personal))


def test_personal_access_token_of_another_server(server: RunningServer, personal: str) -> None:
    foreign = signed(payload_of(personal), "the secret of another server, long enough")

    assert "that this server did not make" in refused(server.url, foreign)


@pytest.mark.parametrize("kept", [20, 100, -10, -1])
def test_personal_access_token_that_is_cut_off(
    server: RunningServer, personal: str, kept: int
) -> None:
    assert "cut off" in refused(server.url, personal[:kept])


def test_personal_access_token_without_its_signature(server: RunningServer, personal: str) -> None:
    assert "cut off" in refused(server.url, personal.rpartition(".")[0])


def test_personal_access_token_that_has_expired(server: RunningServer, personal: str) -> None:
    old = {**payload_of(personal), "exp": int(time.time()) - 60}

    assert "has expired" in refused(server.url, signed(old, secret_of(server)))


def test_web_token_of_something_else(server: RunningServer, personal: str) -> None:
    endless = {key: value for key, value in payload_of(personal).items() if key != "exp"}

    assert "not one of Label Studio's" in refused(server.url, signed(endless, secret_of(server)))


@pytest.mark.parametrize("key", ["abc def", "abc\ndef", "khoá", "a\x00b"])
def test_key_with_characters_that_no_token_has(key: str) -> None:
    assert "characters that no token has" in refused(ANYWHERE, key)


@pytest.mark.parametrize("key", [None, "", "  \n"])
def test_no_key(key: str | None) -> None:
    assert "set LABEL_STUDIO_API_KEY" in refused(ANYWHERE, key)


@pytest.mark.parametrize("url", [None, ""])
def test_no_address(url: str | None) -> None:
    assert "set LABEL_STUDIO_URL" in refused(url, LEGACY)


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8080",
        "ftp://127.0.0.1",
        "http://",
        "http://[",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:port",
        "http://lan:secret-word@127.0.0.1:8080",
    ],
)
def test_address_that_is_none(url: str) -> None:
    said = refused(url, LEGACY)

    assert "such as http://127.0.0.1:8080" in said
    assert "secret-word" not in said


def test_nothing_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        said = refused(f"http://127.0.0.1:{unused.getsockname()[1]}", LEGACY)

    assert "cannot reach" in said
    assert "vinee label-studio serve starts one" in said


def test_page_of_a_project_in_place_of_the_server(server: RunningServer) -> None:
    assert "not at that path" in refused(f"{server.url}/projects/1", server.key)


def test_https_in_place_of_http(server: RunningServer) -> None:
    assert "cannot reach" in refused(server.url.replace("http:", "https:"), server.key)


@pytest.mark.parametrize(
    "handler",
    [
        Files,
        answering(b"<html></html>", "text/html"),
        answering(b"{}"),
        answering(b"[]"),
        answering(b'{"id": "x", "email": 1}'),
        answering(b"\xff\xfe"),
        answering(b""),
    ],
)
@pytest.mark.parametrize("kind", ["legacy", "personal"])
def test_something_else_listens(handler: type[BaseHTTPRequestHandler], kind: str) -> None:
    personal = signed({"token_type": "refresh", "exp": int(time.time()) + 3600}, "s" * 40)
    with listening(handler) as url:
        said = refused(url, LEGACY if kind == "legacy" else personal)

    assert "check the address" in said
