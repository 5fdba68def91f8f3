"""The database of a server: SQLite in its data folder, or PostgreSQL at an address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from vinee.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PASSWORD_VARIABLE = "PGPASSWORD"  # noqa: S105 - the name of a variable
_SCHEMES = frozenset({"postgresql", "postgres"})
_FORM = "postgresql://USER@HOST:PORT/NAME"
_DEFAULT_PORT = 5432


@dataclass(frozen=True)
class Database:
    """Where a server keeps projects and annotations.

    Attributes:
        shown: What a person is told of it, without a password.
        variables: Label Studio's environment variables for it.
        password: Its password, or nothing.
    """

    shown: str
    variables: Mapping[str, str] = field(repr=False)
    password: str = field(default="", repr=False)


def sqlite(data: Path) -> Database:
    """Use a file in the server's data folder."""
    path = data / "label_studio.sqlite3"
    return Database(
        f"SQLite, {path}",
        {"LABEL_STUDIO_DJANGO_DB": "sqlite", "LABEL_STUDIO_DATABASE_NAME": str(path)},
    )


def postgresql(url: str, environment: Mapping[str, str]) -> Database:
    """Use a PostgreSQL server.

    Args:
        url: ``postgresql://user@host:port/name``; the port may be left out.
        environment: Holds the password in ``PGPASSWORD``, unless the URL does; without one
            PostgreSQL's own ways (``~/.pgpass``, trust) are left to work.

    Raises:
        ServerError: The URL is not of that form; the message does not repeat it, for it may hold
            a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _DEFAULT_PORT
    except ValueError as error:
        raise ServerError(f"the database must be {_FORM}; its port is no number") from error
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in _SCHEMES or parts.query or parts.fragment:
        raise ServerError(f"the database must be {_FORM}, without ? and #")
    if not (parts.username and parts.hostname and name) or "/" in name:
        raise ServerError(f"the database must be {_FORM}, with a user, a host and a name")
    user = unquote(parts.username)
    password = unquote(parts.password or "") or environment.get(PASSWORD_VARIABLE, "")
    return Database(
        f"PostgreSQL, {name} at {parts.hostname}:{port} as {user}",
        {
            "LABEL_STUDIO_DJANGO_DB": "postgresql",
            "LABEL_STUDIO_POSTGRE_USER": user,
            # Label Studio would take the word `postgres` for one that is not set.
            "LABEL_STUDIO_POSTGRE_PASSWORD": password,
            "LABEL_STUDIO_POSTGRE_NAME": name,
            "LABEL_STUDIO_POSTGRE_HOST": parts.hostname,
            "LABEL_STUDIO_POSTGRE_PORT": str(port),
        },
        password,
    )


def has_password(url: str) -> bool:
    """Tell whether a URL holds a password, or may, for it cannot be read."""
    try:
        return bool(urlsplit(url).password)
    except ValueError:
        return "@" in url
