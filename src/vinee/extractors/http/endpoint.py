"""The address of an extractor, and how much of it may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

from vinee.errors import ExtractorError

SCHEMES = {"http": 80, "https": 443}


@dataclass(frozen=True, repr=False)
class Endpoint:
    """An address.

    Attributes:
        url: What to ask, without user and password.
        shown: The same without the query, in which a key may stand.
        origin: Scheme, host and port.
        login: User and password, if the address has them.
    """

    url: str
    shown: str
    origin: tuple[str, str, int]
    login: tuple[str, str] | None = None

    def __repr__(self) -> str:
        return f"Endpoint({self.shown!r})"

    @property
    def loopback(self) -> bool:
        """Whether it is this machine."""
        host = self.origin[1]
        try:
            return host == "localhost" or ip_address(host).is_loopback
        except ValueError:
            return False


def parse(url: str) -> Endpoint:
    """Read an address, ``http://…`` or ``https://…``.

    Raises:
        ExtractorError: It is none. Its text is not in the message: it may hold a password.
    """
    if not url.isprintable() or " " in url:
        raise ExtractorError("the address holds white space or control characters; remove them")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:  # UnicodeError too
        raise _no_address() from None
    if parts.scheme not in SCHEMES or not host:
        raise _no_address()
    if port == 0:
        raise ExtractorError("the address has port 0, which is none; write the real one")
    netloc = f"[{host}]" if ":" in host else host
    if port is not None:
        netloc = f"{netloc}:{port}"
    bare = SplitResult(parts.scheme, netloc, parts.path or "/", parts.query, "")
    return Endpoint(
        bare.geturl(),
        bare._replace(query="").geturl(),
        (parts.scheme, host, port or SCHEMES[parts.scheme]),
        None
        if parts.username is None
        else (unquote(parts.username), unquote(parts.password or "")),
    )


def _no_address() -> ExtractorError:
    return ExtractorError(
        "the address of an extractor must be http://host/path or https://host/path, with a port "
        "after the host if need be: http://127.0.0.1:8000/extract"
    )
