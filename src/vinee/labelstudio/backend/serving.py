"""Serving a backend: a port of its own, and a clean end."""

from __future__ import annotations

import errno
import ipaddress
import socket
import time
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from vinee.errors import MissingExtraError, ServerError, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp
    from uvicorn import Server

# Seconds.
_STARTING = 30.0
_STOPPING = 3
_AT_ONCE = 200


class Serving:
    """A backend that answers.

    Attributes:
        address: Where, such as ``http://127.0.0.1:9090``.
    """

    def __init__(self, address: str, thread: Thread) -> None:
        self.address = address
        self._thread = thread

    def wait(self) -> None:
        """Wait until it ends, or until a signal raises something here."""
        while self._thread.is_alive():
            self._thread.join(1.0)


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach a host's address."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def serving(app: ASGIApp, host: str, port: int) -> Iterator[Serving]:
    """Serve an application in a thread until the end of the ``with``.

    Args:
        app: The application.
        host: Address to listen on.
        port: Port to listen on; 0 for any that is free.

    Raises:
        MissingExtraError: uvicorn is not installed.
        ServerError: The port is taken, the host is none of this machine's, or it does not start.
    """
    try:
        import uvicorn
    except ImportError as error:
        raise MissingExtraError("uvicorn", "label-studio") from error
    with _listening(host, port) as listener:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            limit_concurrency=_AT_ONCE,
            timeout_graceful_shutdown=_STOPPING,
        )
        server = uvicorn.Server(config)
        thread = Thread(
            target=server.run, kwargs={"sockets": [listener]}, name="backend", daemon=True
        )
        thread.start()
        try:
            _wait_until_started(server, thread)
            yield Serving(_address(host, listener.getsockname()[1]), thread)
        finally:
            server.should_exit = True
            thread.join(2 * _STOPPING)


def _wait_until_started(server: Server, thread: Thread) -> None:
    until = time.monotonic() + _STARTING
    while not server.started:
        if not thread.is_alive() or time.monotonic() > until:
            raise ServerError("the backend does not start; its log says why")
        time.sleep(0.02)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        problem = f"{printable(host)!r} is no address of this machine; give --host 127.0.0.1"
        raise ServerError(problem) from error
    with socket.socket(family, kind, protocol) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(place)
            listener.listen()
        except OSError as error:
            raise ServerError(_why_not(error, host, port)) from error
        yield listener


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} of {host} is taken; give another with --port, or --port 0 for any "
            "that is free"
        )
    if error.errno == errno.EACCES:
        return f"port {port} is for the system alone; give one above 1023 with --port"
    return f"cannot listen on port {port} of {printable(host)} ({error.strerror}); see --host"


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
