"""Where a server listens: a host, a port that is free, and what it means to listen there."""

from __future__ import annotations

import errno
import ipaddress
import socket
from dataclasses import dataclass

from vinee.errors import ServerError, printable

LOOPBACK = "127.0.0.1"
_EVERYWHERE = "0.0.0.0"  # noqa: S104 - to compare with, not to bind
_HIGHEST = 65_535
_CONNECTED = 0


@dataclass(frozen=True)
class Address:
    """A host and a port.

    Attributes:
        host: An IPv4 address of this machine; ``0.0.0.0`` for all that it has.
        port: From 1 to 65535.
    """

    host: str
    port: int

    @property
    def url(self) -> str:
        """Give the address by which this machine reaches the server."""
        return f"http://{LOOPBACK if self.host == _EVERYWHERE else self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Tell whether only this machine reaches the server."""
        return ipaddress.ip_address(self.host).is_loopback


def choose(host: str, port: int) -> Address:
    """Find the address of a host and a port, and see that the port is free.

    Args:
        host: Name or IPv4 address of this machine.
        port: Port, or 0 for any that is free.

    Raises:
        ServerError: There is no such host here, or no such port, or it is in use.
    """
    if port not in range(_HIGHEST + 1):
        raise ServerError(f"--port must be a number from 0 to {_HIGHEST} (got {port})")
    try:
        found = socket.gethostbyname(host)
    except (OSError, UnicodeError) as error:
        raise ServerError(
            f"--host must be a name or an IPv4 address of this machine (got {printable(host)!r})"
        ) from error
    address = Address(found, _bindable(found, port))
    # Label Studio looks there, whatever host it is given, and takes the next port if one answers.
    if _answers(LOOPBACK, address.port):
        raise _in_use(LOOPBACK, address.port)
    return address


def _bindable(host: str, port: int) -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the server does, so that a port that was left a moment ago counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise ServerError(
                f"only an administrator may listen on port {port}; give one above 1023 with --port"
            ) from error
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise _in_use(host, port) from error
            raise ServerError(
                f"{host} is no address of this machine ({error.strerror}); check --host"
            ) from error
        return int(probe.getsockname()[1])


def _answers(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == _CONNECTED


def _in_use(host: str, port: int) -> ServerError:
    return ServerError(
        f"port {port} of {host} is in use; give another with --port, or --port 0 for any that is "
        "free"
    )
