from __future__ import annotations

import base64
import traceback

import pytest
from command_scripts import DOCUMENTS
from http_server import Handler, putin, serving

from vinee.errors import ExtractorError
from vinee.extractors import resolve
from vinee.extractors.http import HttpExtractor
from vinee.extractors.http.endpoint import parse

ONE = DOCUMENTS[:1]
VALUE = "s3cr3t-t0ken"
VARIABLE = "MY_TOKEN"


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, VALUE)


def test_a_token_is_sent_with_each_document() -> None:
    with serving() as server, HttpExtractor(server.url, token_from=VARIABLE) as mine:
        list(mine.extract(DOCUMENTS))

    assert [headers["Authorization"] for *_, headers in server.seen] == [f"Bearer {VALUE}"] * 3


def test_without_one_nothing_is_sent() -> None:
    with serving() as server, HttpExtractor(server.url) as mine:
        list(mine.extract(ONE))

    assert "Authorization" not in server.seen[0][2]


@pytest.mark.parametrize("status", [200, 401, 500])
def test_a_server_that_repeats_the_token_does_not_bring_it_into_an_error(status: int) -> None:
    def repeat(request: Handler) -> None:
        request.reply(f"you sent {request.headers['Authorization']}".encode(), status)

    with (
        serving(repeat) as server,
        HttpExtractor(server.url, token_from=VARIABLE, retries=0) as mine,
        pytest.raises(ExtractorError) as caught,
    ):
        list(mine.extract(ONE))

    assert "s3cr3t" not in "".join(traceback.format_exception(caught.value))
    assert "token" in str(caught.value)


def test_a_token_is_not_in_the_representation() -> None:
    with serving() as server, HttpExtractor(server.url, token_from=VARIABLE) as mine:
        list(mine.extract(ONE))

        assert VALUE not in repr(mine)
        assert "MY_TOKEN" in repr(mine)


@pytest.mark.parametrize("value", ["", "  "])
def test_a_variable_without_a_token_is_named(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, value)

    with pytest.raises(ExtractorError, match="environment variable MY_TOKEN holds no token"):
        list(HttpExtractor("http://127.0.0.1/", token_from=VARIABLE).extract(ONE))


@pytest.mark.parametrize("value", ["s3cr3t two", "s3cr3t\nX: y", "s3cr3t-ệ"])
def test_what_cannot_be_a_token_is_not_shown(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, value)

    with pytest.raises(ExtractorError, match="MY_TOKEN must be printable ASCII") as caught:
        list(HttpExtractor("http://127.0.0.1/", token_from=VARIABLE).extract(ONE))

    assert "s3cr3t" not in str(caught.value)


def test_user_password_and_query_are_used_and_never_shown() -> None:
    def refuse(request: Handler) -> None:
        request.reply(b"no", 403)

    with serving(refuse) as server:
        address = server.url.replace("http://", "http://user:p%40ss@") + "?key=k3y"
        with HttpExtractor(address) as mine, pytest.raises(ExtractorError) as caught:
            list(mine.extract(ONE))
    path, _, headers = server.seen[0]

    assert path == "/extract?key=k3y"
    assert headers["Authorization"] == f"Basic {base64.b64encode(b'user:p@ss').decode()}"
    assert mine.name == server.url
    for shown in (str(caught.value), repr(mine), repr(parse(address))):
        assert "k3y" not in shown
        assert "p@ss" not in shown
        assert "p%40ss" not in shown


@pytest.mark.parametrize("spec", ["http://user:p4ss@h:x/", "http://user:p4ss@h/a b?key=k3y"])
def test_an_address_that_is_refused_is_not_shown(spec: str) -> None:
    with pytest.raises(ExtractorError) as caught:
        resolve(spec)

    assert "p4ss" not in "".join(traceback.format_exception(caught.value))


def test_a_name_stands_for_the_address() -> None:
    with serving(putin) as server, HttpExtractor(server.url, name="mine") as mine:
        list(mine.extract(ONE))

        assert server.url not in repr(mine)


def test_a_token_beside_user_and_password_is_refused() -> None:
    with pytest.raises(ExtractorError, match="only one of them can be sent") as caught:
        HttpExtractor("http://me:s3cr3t@127.0.0.1/", token_from=VARIABLE)

    assert "s3cr3t" not in str(caught.value)
