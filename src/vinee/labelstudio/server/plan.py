"""What a server is to be like: as it was wished, and as it will be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vinee.labelstudio.server.address import LOOPBACK

if TYPE_CHECKING:
    from pathlib import Path

    from vinee.labelstudio.server.address import Address
    from vinee.labelstudio.server.credentials import Credentials
    from vinee.labelstudio.server.database import Database


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What somebody wants of a server.

    Attributes:
        data: Folder for all that it keeps; made private to the user.
        host: Where it listens.
        port: Port, or 0 for any that is free.
        user: E-mail address of its first user; without it the data folder's own.
        database: URL of a PostgreSQL database; without it SQLite in the data folder.
        environment: Virtual environment that it runs in; without it the usual one.
        allow_local_backends: Whether it may ask machine-learning backends on its own machine.
        timeout: Seconds that it may take to start.
    """

    data: Path
    host: str = LOOPBACK
    port: int = 8080
    user: str | None = None
    database: str | None = field(default=None, repr=False)
    environment: Path | None = None
    allow_local_backends: bool = False
    timeout: float = 600.0


@dataclass(frozen=True)
class Plan:
    """What a server will be.

    Attributes:
        data: Its data folder, absolute.
        address: Where it listens.
        credentials: Its first user.
        database: Its database.
        allow_local_backends: Whether it may ask machine-learning backends on its own machine.
    """

    data: Path
    address: Address
    credentials: Credentials
    database: Database
    allow_local_backends: bool
