from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from llm_server import EMPTY, Request, Status, completion, knowing, saying, serving

from vinee.errors import ExtractorError
from vinee.extractors.llm import LlmExtractor, Usage
from vinee.extractors.llm.cache import Cache, canonical
from vinee.extractors.llm.usage import reported
from vinee.model import Document

DOCUMENT = Document("a", text="Ông Putin gặp ông Trump.\nPutin về.")
KEY = "s3cr3t-k3y"
MODEL = knowing({"Putin": "PER"})


def test_what_was_answered_once_is_not_asked_again(tmp_path: Path) -> None:
    with serving(MODEL) as server:
        with LlmExtractor("tiny", url=server.url, cache=tmp_path, price=(3, 6)) as first:
            (found,) = first.extract([DOCUMENT])
        with LlmExtractor("tiny", url=server.url, cache=tmp_path, price=(3, 6)) as second:
            (again,) = second.extract([DOCUMENT])

    assert again == found
    assert len(server.asked) == 2
    assert first.usage == Usage(2, 0, 200, 20, 0, 720 / 1e6)
    assert second.usage == Usage(0, 2, 0, 0, 0, 0.0)
    assert (again.meta or {})["usage"] == {
        "answers": 2,
        "prompt_tokens": 200,
        "completion_tokens": 20,
        "unreported": 0,
        "cost": 720 / 1e6,
    }


def test_a_rerun_needs_no_endpoint_even_where_it_refused_a_format(tmp_path: Path) -> None:
    def plain(request: Request) -> Request:
        if "response_format" in request:
            raise Status(400, {"error": "response_format"})
        return MODEL(request)

    with serving(plain) as server, LlmExtractor("tiny", url=server.url, cache=tmp_path) as mine:
        (found,) = mine.extract([DOCUMENT])
        url = server.url
    with LlmExtractor("tiny", url=url, cache=tmp_path, retries=0) as mine:
        (again,) = mine.extract([DOCUMENT])

    assert again == found
    assert mine.usage.answers == 0


@pytest.mark.parametrize(
    "other",
    [
        {"temperature": 0.5},
        {"language": "vi"},
        {"options": {"top_p": 0.9}},
        {"layers": ("events",)},
    ],
)
def test_another_request_is_another_answer(tmp_path: Path, other: Request) -> None:
    with serving(saying(EMPTY)) as server:
        for keywords in ({}, other):
            with LlmExtractor("tiny", url=server.url, cache=tmp_path, **keywords) as mine:
                list(mine.extract([DOCUMENT]))

    assert len(server.asked) == 4


def test_without_a_folder_nothing_is_stored() -> None:
    with serving(MODEL) as server, LlmExtractor("tiny", url=server.url) as mine:
        for _ in range(2):
            list(mine.extract([DOCUMENT]))

    assert len(server.asked) == 4


def test_files_are_named_by_their_request_and_hold_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with serving(MODEL) as server:
        url = server.url.replace("http://", "http://me:pass-w0rd@") + "?key=qu3ry"
        with LlmExtractor("tiny", url=url, cache=tmp_path) as mine:
            list(mine.extract([DOCUMENT]))

    files = sorted(tmp_path.iterdir())
    assert len(files) == 2
    for path in files:
        content = path.read_text(encoding="utf-8")
        stored = json.loads(content)
        named = canonical({"url": stored["url"], "request": stored["request"]})
        assert path.name == f"{sha256(named).hexdigest()}.json"
        assert stored["request"] in server.asked
        for secret in (KEY, "pass-w0rd", "qu3ry"):
            assert secret not in content
            assert secret not in f"{mine!r}{mine.version}"


def test_the_order_of_keys_does_not_make_another_request(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("u", {"a": 1, "b": 2}, b'{"choices": []}')

    assert cache.get("u", {"b": 2, "a": 1}) == b'{"choices": []}'
    assert cache.get("other", {"a": 1, "b": 2}) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"schema": "vinee.llm/1"}', b"\xff"])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    cache = Cache(tmp_path)
    cache.put("u", {}, b"1")
    (path,) = tmp_path.iterdir()
    path.write_bytes(content)

    with pytest.raises(ExtractorError, match=f"{path.name}.*delete the file"):
        cache.get("u", {})


def test_a_file_of_another_request_is_not_taken_for_this_ones(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("u", {"a": 1}, b"1")
    (path,) = tmp_path.iterdir()
    content = path.read_bytes()
    cache.put("u", {"a": 2}, b"2")
    for each in tmp_path.iterdir():
        each.write_bytes(content)

    with pytest.raises(ExtractorError, match="answers another request"):
        cache.get("u", {"a": 2})


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(ExtractorError, match="cannot be"):
        Cache(tmp_path / "file").put("u", {}, b"1")
    with pytest.raises(ExtractorError, match="cannot be read"):
        Cache(tmp_path / "file").get("u", {})


def test_an_answer_without_content_is_asked_for_anew_in_a_later_run(tmp_path: Path) -> None:
    with serving(lambda _: {"choices": []}) as server:
        for _ in range(2):
            with (
                LlmExtractor("tiny", url=server.url, cache=tmp_path, unit="document") as mine,
                pytest.raises(ExtractorError, match="none of 1 stretches"),
            ):
                list(mine.extract([DOCUMENT]))

    assert len(server.asked) == 4
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "usage", [None, 7, {}, {"prompt_tokens": 1}, {"prompt_tokens": -1, "completion_tokens": True}]
)
def test_tokens_that_are_not_reported_are_counted_as_such(usage: object) -> None:
    assert reported(usage) == Usage(1, unreported=1)


def test_an_answer_that_reports_no_tokens_costs_nothing_that_is_known() -> None:
    with (
        serving(lambda _: completion(EMPTY) | {"usage": None}) as server,
        LlmExtractor("tiny", url=server.url, price=(1, 1)) as mine,
    ):
        list(mine.extract([DOCUMENT]))

    assert mine.usage == Usage(2, unreported=2, cost=0.0)
