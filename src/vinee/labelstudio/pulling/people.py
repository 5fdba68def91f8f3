"""Annotators: from their numbers on the server to the folders of their passes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vinee.bench.file_names import file_name
from vinee.errors import InvalidError, UnknownNameError, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vinee.labelstudio.connection import Connection
    from vinee.labelstudio.patience import Patience

# An address is fit as it is, as long as it begins and ends harmlessly.
_FIT = re.compile(r"\w(?:[\w.+@-]{0,98}\w)?", re.ASCII)


@dataclass(frozen=True)
class Annotator:
    """Somebody who annotated.

    Attributes:
        user: The number on the server.
        folder: Name of the folder of the passes.
        is_here: Whether the server still lists the user.
    """

    user: int
    folder: str
    is_here: bool = True


class People:
    """Annotators by number and by address."""

    def __init__(self, emails: Mapping[int, str], renamed: Mapping[str, str]) -> None:
        self._folders = {
            user: renamed.get(email) or _folder(email) for user, email in emails.items()
        }
        self._users = {email: user for user, email in emails.items()}

    def by_number(self, user: int) -> Annotator:
        """Give the annotator of that number, who may have left."""
        folder = self._folders.get(user)
        return Annotator(user, folder or f"user-{user}", folder is not None)

    def by_email(self, email: str) -> Annotator | None:
        """Give the annotator of that address, if the server lists one."""
        user = self._users.get(email)
        return None if user is None else self.by_number(user)


def people(connection: Connection, renames: Iterable[str], patience: Patience) -> People:
    """Ask the server who there is.

    Args:
        connection: To the server.
        renames: ``address=folder`` for each annotator whose folder has another name.
        patience: How long to ask.

    Raises:
        InvalidError: A rename is not written so, or two people would share a folder.
        UnknownNameError: Nobody has the address.
        ServerError: The server was away for too long, or refuses.
    """
    listed: list[Any] = patience.ask(
        connection, "list the users", lambda: list(connection.sdk.users.list())
    )
    emails = {int(user.id): str(user.email) for user in listed}
    renamed = dict(map(_rename, renames))
    for email in renamed:
        if email not in emails.values():
            raise UnknownNameError("annotator", email, emails.values())
    _check_apart(emails.values(), renamed)
    return People(emails, renamed)


def _rename(written: str) -> tuple[str, str]:
    email, _, folder = written.rpartition("=")
    if not email or not _FIT.fullmatch(folder):
        problem = (
            f"{written!r} must be an address and the name of a folder, such as lan@example.org=a5; "
            "write it so"
        )
        raise InvalidError("rename", Where(), problem)
    return email, folder


def _check_apart(emails: Iterable[str], renamed: Mapping[str, str]) -> None:
    taken: dict[str, str] = {}
    for email in emails:
        folder = renamed.get(email) or _folder(email)
        # Some file systems do not tell case apart.
        other = taken.setdefault(folder.casefold(), email)
        if other != email:
            problem = (
                f"{other!r} and {email!r} would share the folder {folder!r}; give one of them "
                "another with --rename"
            )
            raise InvalidError("rename", Where(), problem)


def _folder(email: str) -> str:
    return email if _FIT.fullmatch(email) else file_name(f"user {email}")
