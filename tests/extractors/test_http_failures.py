from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from command_scripts import DOCUMENTS
from http_server import Handler, Server, putin, serving
from hypothesis import given
from hypothesis import strategies as st

from vinee.errors import ExtractorError, MissingExtraError
from vinee.extractors.http import HttpExtractor, retries
from vinee.model import Document

ONE = DOCUMENTS[:1]
VARIABLE = "MY_TOKEN"


def extractor(server: Server, **options: object) -> HttpExtractor:
    return HttpExtractor(server.url, **{"backoff": 0.01, "timeout": 5, **options})  # type: ignore[arg-type]


def at_first(times: int, wrong: Callable[[Handler], None]) -> Callable[[Handler], None]:
    """Answer wrongly that many times, and then rightly."""

    def answer(request: Handler) -> None:
        (wrong if len(request.server.seen) <= times else putin)(request)

    return answer


def broken(request: Handler) -> None:
    request.reply(b"model \x1b[31mcrashed", 500)


def hang_up(request: Handler) -> None:
    request.close_connection = True


def cut_off(request: Handler) -> None:
    request.reply(b'{"spans"', Content_Length="100")
    request.close_connection = True


def busy(request: Handler) -> None:
    request.reply(b"later", 429)


@pytest.mark.parametrize("wrong", [broken, hang_up, cut_off, busy])
def test_what_may_go_well_the_next_time_is_sent_again(wrong: Callable[[Handler], None]) -> None:
    with serving(at_first(2, wrong)) as server, extractor(server) as mine:
        (found,) = mine.extract(ONE)

    assert found.mentions is not None
    assert len(server.seen) == 3


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (broken, r"answered 500: 'model \\x1b\[31mcrashed' \(3 attempts\)"),
        (hang_up, r"the connection failed: \w+: .*\(3 attempts\)"),
        (cut_off, r"the connection failed: \w+: .*\(3 attempts\)"),
        (busy, r"answered 429: 'later' \(3 attempts\)"),
    ],
)
def test_what_goes_wrong_each_time_is_named_at_last(
    wrong: Callable[[Handler], None], problem: str
) -> None:
    with (
        serving(wrong) as server,
        extractor(server, retries=2, name="mine") as mine,
        pytest.raises(ExtractorError, match=f"'mine', document 'a': {server.url}: .*{problem}"),
    ):
        list(mine.extract(ONE))

    assert len(server.seen) == 3


def test_nobody_there_is_tried_again_and_named() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound, but nobody listens
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        with (
            HttpExtractor(url, retries=1, backoff=0.01) as mine,
            pytest.raises(ExtractorError, match=rf"{url}: .*ConnectError.*\(2 attempts\)"),
        ):
            list(mine.extract(ONE))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 422])
def test_what_would_go_wrong_again_is_not_sent_again(status: int) -> None:
    with (
        serving(lambda request: request.reply(b"no " * 1000, status)) as server,
        extractor(server) as mine,
        pytest.raises(ExtractorError, match=rf"answered {status}: '(no ){{66}}no…', 3000 bytes$"),
    ):
        list(mine.extract(ONE))

    assert len(server.seen) == 1


def test_a_server_that_asks_to_wait_is_waited_for() -> None:
    def wait(request: Handler) -> None:
        request.reply(b"", 429, Retry_After="1")

    started = time.monotonic()
    with serving(at_first(1, wait)) as server, extractor(server) as mine:
        list(mine.extract(ONE))

    assert time.monotonic() - started >= 1


def test_a_server_that_asks_to_wait_too_long_is_not_waited_for() -> None:
    with (
        serving(lambda request: request.reply(b"", 503, Retry_After="3600")) as server,
        extractor(server) as mine,
        pytest.raises(ExtractorError, match="asks to wait 3600 seconds, more than longest_wait=60"),
    ):
        list(mine.extract(ONE))

    assert len(server.seen) == 1


def test_a_server_that_does_not_answer_runs_out_of_time_once() -> None:
    def hang(_: Handler) -> None:
        time.sleep(1)

    with (
        serving(hang) as server,
        extractor(server, timeout=0.3) as mine,
        pytest.raises(ExtractorError, match=r"did not answer within 0\.3 seconds"),
    ):
        list(mine.extract(ONE))

    assert len(server.seen) == 1


def test_a_server_that_answers_drop_by_drop_runs_out_of_time() -> None:
    def drip(request: Handler) -> None:
        request.reply(b"{", Content_Length="1000")
        for _ in range(200):
            time.sleep(0.05)
            request.wfile.write(b" ")
            drops.append(1)

    drops: list[int] = []
    with (
        serving(drip) as server,
        extractor(server, timeout=0.3) as mine,
        pytest.raises(ExtractorError, match=r"not complete after 0\.3 seconds"),
    ):
        list(mine.extract(ONE))

    assert len(drops) < 100


@pytest.mark.parametrize("declared", [True, False])
def test_an_answer_that_is_too_large_is_not_read_to_its_end(declared: bool) -> None:
    written = []

    def flood(request: Handler) -> None:
        size = str(100_000_000) if declared else str(10**15)
        request.reply(b"", Content_Length=size)
        for _ in range(1000):
            request.wfile.write(b" " * 100_000)
            written.append(100_000)

    with (
        serving(flood) as server,
        extractor(server, longest=1_000_000) as mine,
        pytest.raises(ExtractorError, match="its answer has more than 1000000 bytes"),
    ):
        list(mine.extract(ONE))

    assert sum(written) < 50_000_000


def test_a_content_length_that_is_too_small_gives_a_broken_answer() -> None:
    with (
        serving(lambda request: request.reply(b'{"spans": []}', Content_Length="5")) as server,
        extractor(server) as mine,
        pytest.raises(ExtractorError, match=r"document 'a': the answer is not JSON: .*'{\"spa'"),
    ):
        list(mine.extract(ONE))


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"", r"not JSON: .*\(got nothing\)"),
        (b"<html>proxy</html>", "not JSON: .*got '<html>proxy</html>'"),
        (b"\xff", r"not JSON: .*got '\\xff'"),
        (b"[]", "must be a JSON object"),
        (b'{"doc_id": "b", "spans": []}', "for another document, 'b'"),
    ],
)
def test_what_is_no_answer_is_quoted(body: bytes, complaint: str) -> None:
    with (
        serving(lambda request: request.reply(body)) as server,
        extractor(server, name="mine") as mine,
        pytest.raises(ExtractorError, match=f"'mine', document 'a': .*{complaint}"),
    ):
        list(mine.extract(ONE))


@pytest.mark.parametrize("status", [307, 308])
def test_a_redirect_on_the_same_host_is_followed(status: int) -> None:
    def redirect(request: Handler) -> None:
        if request.path == "/extract":
            request.reply(b"", status, Location="/extract/")
        else:
            putin(request)

    with serving(redirect) as server, extractor(server) as mine:
        (found,) = mine.extract(ONE)

    assert found.mentions is not None
    assert [path for path, *_ in server.seen] == ["/extract", "/extract/"]


@pytest.mark.parametrize("to", ["localhost", "evil.invalid"])
def test_a_redirect_to_another_host_is_refused(to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "s3cr3t-token")

    def redirect(request: Handler) -> None:
        port = request.server.server_port
        request.reply(b"", 307, Location=f"http://u:pw@{to}:{port}/x?key=k3y")

    with (
        serving(redirect) as server,
        extractor(server, token_from=VARIABLE) as mine,
        pytest.raises(ExtractorError, match=f"redirected to another host, http://{to}:") as caught,
    ):
        list(mine.extract(ONE))

    assert len(server.seen) == 1
    assert "k3y" not in str(caught.value)
    assert "pw" not in str(caught.value)


@pytest.mark.parametrize("location", ["http://[::1/", "ftp://x/", "http://h:x/"])
def test_a_redirect_to_what_is_no_address_is_refused(location: str) -> None:
    with (
        serving(lambda request: request.reply(b"", 308, Location=location)) as server,
        extractor(server) as mine,
        pytest.raises(ExtractorError, match="redirected to what is no address"),
    ):
        list(mine.extract(ONE))


def test_redirects_in_a_circle_are_left() -> None:
    with (
        serving(lambda request: request.reply(b"", 307, Location="/extract")) as server,
        extractor(server) as mine,
        pytest.raises(ExtractorError, match="redirected more than 5 times"),
    ):
        list(mine.extract(ONE))


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_redirect_that_would_drop_the_document_is_refused(status: int) -> None:
    with (
        serving(lambda request: request.reply(b"", status, Location="/other")) as server,
        extractor(server) as mine,
        pytest.raises(ExtractorError, match=f"answered {status}, a redirect after which"),
    ):
        list(mine.extract(ONE))


def test_without_the_package_the_command_that_installs_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "httpx2", None)

    with pytest.raises(MissingExtraError, match=r"vinee\[http\]"):
        list(HttpExtractor("http://127.0.0.1/").extract(ONE))


def test_a_document_without_text_is_named() -> None:
    with pytest.raises(ExtractorError, match="document 'x' has no text"):
        list(HttpExtractor("http://127.0.0.1/").extract([Document("x")]))


NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("7", 7),
        ("0.5", 0.5),
        ("-3", 0),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90),
        (format_datetime(NOW - timedelta(seconds=90), usegmt=True), 0),
        ("Sun, 22 Nov 2026 12:00:30 -0000", 30),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert retries.asked(header, NOW) == seconds


@given(st.integers(1, 10_000), st.floats(0.01, 10), st.floats(1, 100))
def test_the_pause_doubles_up_to_its_limit(attempt: int, first: float, longest: float) -> None:
    ceiling = min(longest, first * 2 ** min(attempt - 1, 32))

    assert ceiling / 2 <= retries.pause(attempt, first, longest) <= ceiling
