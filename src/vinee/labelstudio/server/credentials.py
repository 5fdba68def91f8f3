"""The user of a server, with password and key in files that only their owner reads."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vinee.errors import ServerError, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vinee.labelstudio.server.waiting import Waiting

PASSWORD_VARIABLE = "LABEL_STUDIO_PASSWORD"  # noqa: S105 - the name of a variable
KEY_VARIABLE = "LABEL_STUDIO_USER_TOKEN"
DEFAULT_USER = "admin@localhost"
# What Label Studio's forms and tables take.
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+", re.ASCII)
_LONGEST_ADDRESS = 254
_PASSWORD_LENGTHS = range(8, 129)
_KEY = re.compile(r"[!-~]{6,40}")
_OTHERS = 0o077


@dataclass(frozen=True)
class Credentials:
    """Who may log in to a server, and with what.

    Attributes:
        user: E-mail address, which is the name to log in by.
        password: The password.
        key: The user's legacy token.
        password_file: Where the password is kept.
        key_file: Where the key is kept.
    """

    user: str
    password: str = field(repr=False)
    key: str = field(repr=False)
    password_file: Path
    key_file: Path


def ensure(
    folder: Path, user: str | None, environment: Mapping[str, str], waiting: Waiting
) -> Credentials:
    """Read the credentials of a data folder, or make them on first use.

    Args:
        folder: Where they are kept, one file each.
        user: Address of the user; without it the folder's own, or `DEFAULT_USER`.
        environment: Variables that may hold password and key; what they do not hold is generated.
        waiting: Is told of files that others could read.

    Raises:
        ServerError: A value is none that Label Studio takes, or the folder keeps another.
    """
    place = _Kept(folder, waiting)
    name = place.value("user", "--user", user.lower() if user else None, DEFAULT_USER, _user)
    password = place.value(
        "password",
        PASSWORD_VARIABLE,
        environment.get(PASSWORD_VARIABLE),
        secrets.token_urlsafe(18),
        _password,
    )
    key = place.value(
        "api-key", KEY_VARIABLE, environment.get(KEY_VARIABLE), secrets.token_hex(20), _key
    )
    return Credentials(name, password, key, folder / "password", folder / "api-key")


@dataclass(frozen=True)
class _Kept:
    folder: Path
    waiting: Waiting

    def value(
        self,
        name: str,
        source: str,
        given: str | None,
        otherwise: str,
        check: Callable[[str], str | None],
    ) -> str:
        """Give what the folder keeps; else what was given, or else ``otherwise``, and keep it."""
        kept = self._read(self.folder / name)
        if kept is not None and given not in {None, "", kept}:
            raise ServerError(
                f"{source} is not what {self.folder / name} keeps from the first start, and the "
                "server would go on with that; leave it out, or name another folder with --data"
            )
        value = kept if kept is not None else given or otherwise
        wrong = check(value)
        if wrong is not None:
            raise ServerError(f"{source} {wrong}")
        if kept is None:
            _write(self.folder / name, value)
        return value

    def _read(self, path: Path) -> str | None:
        if not path.exists():
            return None
        if path.stat().st_mode & _OTHERS:
            path.chmod(0o600)
            self.waiting.say(f"other users could read {path}; now they cannot")
        return path.read_text(encoding="utf-8").removesuffix("\n")


def _write(path: Path, value: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A file of mkstemp is private from the first moment on.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{value}\n")
    Path(name).replace(path)


def _user(address: str) -> str | None:
    if _ADDRESS.fullmatch(address) and len(address) <= _LONGEST_ADDRESS:
        return None
    return f"must be an e-mail address such as lan@example.org (got {printable(address)!r})"


def _password(password: str) -> str | None:
    if len(password) in _PASSWORD_LENGTHS and password.isprintable():
        return None
    return "must have 8 to 128 characters, all printable"


def _key(key: str) -> str | None:
    return None if _KEY.fullmatch(key) else "must have 6 to 40 ASCII characters and no space"
