"""A small server on this machine that answers as each test has it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request; ``document`` is what was posted."""

    protocol_version = "HTTP/1.1"
    server: Server
    document: dict[str, Any]

    def do_POST(self) -> None:
        self.document = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.seen.append((self.path, self.document["doc_id"], dict(self.headers)))
        self.server.answer(self)

    def do_GET(self) -> None:
        self.reply(b'{"spans": []}')

    def reply(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Remembers the path, ``doc_id`` and headers of each request."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.lock = Lock()
        self.seen: list[tuple[str, str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/extract"

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is part of some tests."""


def putin(request: Handler) -> None:
    """Answer with the first occurrence of "Putin"."""
    start = request.document["text"].find("Putin")
    spans = [[start, start + 5, "PER"]] if start >= 0 else []
    request.reply(json.dumps({"spans": spans}).encode())


@contextmanager
def serving(answer: Answer = putin) -> Iterator[Server]:
    """Run a server while a test needs it."""
    with Server(answer) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
