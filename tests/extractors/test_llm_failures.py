from __future__ import annotations

import traceback
from itertools import count
from typing import Any

import pytest
from llm_server import (
    EMPTY,
    Answer,
    Request,
    Status,
    completion,
    knowing,
    problems,
    saying,
    serving,
)

from vinee.errors import ExtractorError
from vinee.extractors.llm import LlmExtractor
from vinee.model import Document

DOCUMENT = Document("a", text="Ông Putin gặp ông Trump.\nPutin về.")
KEY = "s3cr3t-k3y"
VARIABLE = "MY_KEY"
UNKNOWN_FORMAT = {"error": {"message": "response_format is not supported", "code": 400}}


def simple(kinds: tuple[str, ...]) -> tuple[Answer, list[str]]:
    """Make an endpoint that takes some kinds of response format only."""
    tried: list[str] = []

    def answer(request: Request) -> Request:
        kind = request.get("response_format", {}).get("type", "text")
        tried.append(kind)
        if kind not in kinds:
            raise Status(400, UNKNOWN_FORMAT)
        return knowing({"Putin": "PER"})(request)

    return answer, tried


@pytest.mark.parametrize(
    ("kinds", "tries"),
    [
        (("json_object", "text"), ["json_schema", "json_object", "json_object"]),
        (("text",), ["json_schema", "json_object", "text", "text"]),
    ],
)
def test_an_endpoint_without_schemas_is_asked_in_a_simpler_way_from_then_on(
    kinds: tuple[str, ...], tries: list[str]
) -> None:
    answer, tried = simple(kinds)

    with serving(answer) as server, LlmExtractor("tiny", url=server.url) as mine:
        (found,) = mine.extract([DOCUMENT])

    assert len(found.mentions or ()) == 2
    assert tried == tries
    assert (found.meta or {})["llm"]["formats"] == [kinds[0]]


def test_a_format_that_is_refused_as_a_failure_of_the_server_is_not_asked_for_again() -> None:
    # what llama-cpp-python's server answers to json_schema
    said = {"error": {"message": "{'loc': ('body', 'response_format', 'type'), 'input': …}"}}
    tried: list[str] = []

    def answer(request: Request) -> Request:
        tried.append(request["response_format"]["type"])
        if tried[-1] == "json_schema":
            raise Status(500, said)
        return knowing({"Putin": "PER"})(request)

    with serving(answer) as server, LlmExtractor("tiny", url=server.url) as mine:
        (found,) = mine.extract([DOCUMENT])

    assert len(found.mentions or ()) == 2
    assert tried == ["json_schema", "json_object", "json_object"]


def fails(answer: Answer, document: Document = DOCUMENT, **keywords: Any) -> str:
    with (
        serving(answer) as server,
        LlmExtractor("tiny", url=server.url, **{"retries": 0, **keywords}) as mine,
        pytest.raises(ExtractorError) as caught,
    ):
        list(mine.extract([document]))
    message = str(caught.value)
    assert message.startswith("extractor 'llm:tiny', document 'a': http://127.0.0.1:")
    assert KEY not in "".join(traceback.format_exception(caught.value))
    return message


def refusing(status: int, body: object = None, **headers: str) -> Answer:
    def answer(_: Request) -> None:
        raise Status(status, body, **headers)

    return answer


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "temperature=None"),
        (401, "environment variable OPENAI_API_KEY"),
        (403, "environment variable OPENAI_API_KEY"),
        (404, "no model 'tiny'"),
        (429, "it answered 429"),
        (500, "it answered 500"),
        (302, "redirect"),
    ],
)
def test_a_refusal_says_what_to_do(status: int, message: str) -> None:
    assert message in fails(refusing(status, {"error": "no"}))


def test_what_is_busy_or_broken_is_asked_again() -> None:
    number = count()

    def busy(request: Request) -> Request:
        if (turn := next(number)) < 2:
            raise Status((429, 503)[turn], {"error": "later"}, Retry_After="0")
        return knowing({"Putin": "PER"})(request)

    with serving(busy) as server, LlmExtractor("tiny", url=server.url, backoff=0.01) as mine:
        (found,) = mine.extract([DOCUMENT])

    assert len(found.mentions or ()) == 2
    assert len(server.asked) == 4


def test_one_that_asks_for_too_long_a_wait_is_not_waited_for() -> None:
    assert "come back later" in fails(refusing(429, {}, Retry_After="3600"), retries=3)


def test_one_that_is_not_there_is_named() -> None:
    with serving(saying(EMPTY)) as server:
        url = server.url
    with (
        LlmExtractor("tiny", url=url, retries=0) as mine,
        pytest.raises(ExtractorError, match="the connection failed"),
    ):
        list(mine.extract([DOCUMENT]))


@pytest.mark.parametrize("body", [b"<html>", {}, [], {"error": {"message": "overloaded"}}, b"\xff"])
def test_what_is_no_completion_is_shown(body: object) -> None:
    assert "OpenAI-compatible" in fails(lambda _: body)


def test_a_prompt_that_is_too_long_is_sent_in_halves() -> None:
    too_long = {"error": {"message": "This model's maximum context length is 9 tokens."}}

    def narrow(request: Request) -> Request:
        if request["messages"][-1]["content"].count("Putin") > 1:
            raise Status(400, too_long)
        return knowing({"Putin": "PER"})(request)

    with serving(narrow) as server, LlmExtractor("tiny", url=server.url, unit="document") as mine:
        (found,) = mine.extract([DOCUMENT])

    assert len(found.mentions or ()) == 2
    assert problems(found) == {"halved": 1, "too_long": 1}
    assert len(server.asked) == 3


def test_a_sentence_that_is_too_long_is_an_error() -> None:
    with (
        serving(refusing(413, "too large")) as server,
        LlmExtractor("tiny", url=server.url) as mine,
        pytest.raises(ExtractorError, match="one sentence with the instructions is too long"),
    ):
        list(mine.extract([DOCUMENT]))


def test_a_prompt_that_is_held_back_is_lost() -> None:
    filtered = {"error": {"code": "content_filter", "message": "The prompt was filtered"}}

    with serving(refusing(400, filtered)) as server, LlmExtractor("tiny", url=server.url) as mine:
        (found,) = mine.extract([DOCUMENT])

    assert problems(found) == {"filtered": 2, "lost": 2}


def test_a_key_is_sent_and_nowhere_else_to_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f" {KEY}\n")

    with (
        serving(saying(EMPTY)) as server,
        LlmExtractor("tiny", url=server.url, token_from=VARIABLE) as mine,
    ):
        (found,) = mine.extract([DOCUMENT])

    assert server.seen[0][0] == "/v1/chat/completions"
    assert server.seen[0][1]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in f"{mine!r}{mine.version}{found}{server.asked}"


def test_without_a_key_none_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)

    with serving(saying(EMPTY)) as server, LlmExtractor("tiny", url=server.url) as mine:
        list(mine.extract([DOCUMENT]))

    assert "Authorization" not in server.seen[0][1]


@pytest.mark.parametrize("status", [200, 400, 500])
def test_an_endpoint_that_repeats_the_key_does_not_bring_it_into_an_error(
    status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    def repeat(_: Request) -> object:
        if status == 200:
            return completion(f"you sent {KEY}")
        raise Status(status, f"you sent {KEY}")

    assert "key" in fails(repeat) or status != 200


def test_a_key_that_cannot_stand_in_a_header_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", f"{KEY} {KEY}")
    mine = LlmExtractor("tiny", url="http://127.0.0.1:9/v1")

    with pytest.raises(ExtractorError, match="OPENAI_API_KEY must be printable") as caught:
        list(mine.extract([DOCUMENT]))

    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("base", "path"),
    [
        ("/v1", "/v1/chat/completions"),
        ("/v1/", "/v1/chat/completions"),
        ("/v1/chat/completions", "/v1/chat/completions"),
        ("", "/chat/completions"),
        ("/openai?api-version=1", "/openai/chat/completions?api-version=1"),
    ],
)
def test_the_address_may_be_written_as_other_clients_take_it(base: str, path: str) -> None:
    with serving(saying(EMPTY)) as server:
        root = server.url.removesuffix("/v1")
        with LlmExtractor("tiny", url=root + base) as mine:
            list(mine.extract([DOCUMENT]))

    assert server.seen[0][0] == path
