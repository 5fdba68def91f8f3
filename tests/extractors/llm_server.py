"""A small server on this machine that speaks as OpenAI-compatible endpoints do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from vinee.model import Document

Request = dict[str, Any]
Answer = Callable[[Request], Any]
EMPTY: Request = {"mentions": [], "timexes": [], "events": []}


class Status(Exception):  # noqa: N818 - an answer, not an error
    """Makes the server answer with a status."""

    def __init__(self, status: int, body: object = None, **headers: str) -> None:
        super().__init__(status)
        self.status, self.body, self.headers = status, body, headers


class Handler(BaseHTTPRequestHandler):
    """One request; the key of each is kept apart from what was asked."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or a second write waits for the first to be acknowledged
    server: Server

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.asked.append(request)
            self.server.seen.append((self.path, dict(self.headers)))
        try:
            self._reply(self.server.answer(request), 200, {})
        except Status as status:
            self._reply(status.body, status.status, status.headers)

    def _reply(self, body: object, status: int, headers: dict[str, str]) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Remembers the body, path and headers of each request."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.lock = Lock()
        self.asked: list[Request] = []
        self.seen: list[tuple[str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is part of some tests."""


def completion(
    content: object, finish: str = "stop", *, prompt: int = 100, completed: int = 10
) -> Request:
    """Wrap what a model says as an endpoint does; what is no text is written as JSON."""
    said = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": "tiny-2025-01-01",
        "choices": [
            {"index": 0, "message": {"role": "assistant", "content": said}, "finish_reason": finish}
        ],
        "usage": {
            "prompt_tokens": prompt,
            "completion_tokens": completed,
            "total_tokens": prompt + completed,
        },
    }


def text_of(request: Request) -> str:
    """Give the text that a request asks about, without its tags."""
    said = next(
        each["content"]
        for each in reversed(request["messages"])
        if each["role"] == "user" and each["content"].startswith("<")
    )
    first, last = said.index("\n"), said.rindex("\n")
    return str(said[first + 1 : last])


def knowing(names: dict[str, str]) -> Callable[[Request], Request]:
    """Make a model that knows some names and finds each wherever it stands."""

    def answer(request: Request) -> Request:
        text = text_of(request)
        found = [
            {"text": name, "label": label, "level": "NAM"}
            for name, label in names.items()
            for _ in range(text.count(name))
        ]
        return completion({**EMPTY, "mentions": found})

    return answer


def saying(content: object, finish: str = "stop") -> Answer:
    """Make a model that always answers the same."""
    return lambda _: completion(content, finish)


def problems(found: Document) -> dict[str, int]:
    """Give what went wrong, by kind."""
    said: dict[str, int] = (found.meta or {})["llm"]["problems"]
    return said


@contextmanager
def serving(answer: Answer) -> Iterator[Server]:
    """Run a server while a test needs it."""
    with Server(answer) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
