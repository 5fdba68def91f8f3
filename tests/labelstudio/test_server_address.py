"""Where a server listens."""

from __future__ import annotations

import errno
import socket
from typing import TYPE_CHECKING

import pytest

from vinee.errors import ServerError
from vinee.labelstudio.server.address import Address, choose

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def busy() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_zero_gives_a_port_that_is_free() -> None:
    chosen = choose("127.0.0.1", 0)

    with socket.socket() as probe:
        probe.bind((chosen.host, chosen.port))


def test_busy_port_is_named_with_the_remedy(busy: int) -> None:
    with pytest.raises(ServerError, match=rf"port {busy} of 127.0.0.1 is in use; .*--port 0"):
        choose("127.0.0.1", busy)


def test_port_that_is_busy_on_loopback_only_is_busy_for_the_server(busy: int) -> None:
    with pytest.raises(ServerError, match=f"port {busy} of 127.0.0.1 is in use"):
        choose("127.0.0.2", busy)


@pytest.mark.parametrize("port", [-1, 65_536])
def test_port_must_be_one(port: int) -> None:
    with pytest.raises(ServerError, match="from 0 to 65535"):
        choose("127.0.0.1", port)


@pytest.mark.parametrize("host", ["no such name", "a" * 300, "::1"])
def test_host_must_be_a_name_or_an_address(host: str) -> None:
    with pytest.raises(ServerError, match="must be a name or an IPv4 address"):
        choose(host, 0)


def test_host_must_be_of_this_machine() -> None:
    with pytest.raises(ServerError, match=r"192\.0\.2\.1 is no address of this machine"):
        choose("192.0.2.1", 0)


def test_low_port_needs_an_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", forbidden)

    with pytest.raises(ServerError, match="only an administrator may listen on port 80"):
        choose("127.0.0.1", 80)


@pytest.mark.parametrize(
    ("host", "is_loopback", "url"),
    [
        ("127.0.0.1", True, "http://127.0.0.1:8080"),
        ("0.0.0.0", False, "http://127.0.0.1:8080"),  # noqa: S104 - only read here
        ("192.0.2.1", False, "http://192.0.2.1:8080"),
    ],
)
def test_address_tells_who_reaches_it_and_how(host: str, is_loopback: bool, url: str) -> None:
    address = Address(host, 8080)

    assert (address.is_loopback, address.url) == (is_loopback, url)
