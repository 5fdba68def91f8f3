"""A server for as long as a block of code: made ready, started, and ended."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from vinee.errors import ServerError, printable
from vinee.labelstudio.server import (
    address,
    asking,
    children,
    credentials,
    database,
    environment,
    locking,
)
from vinee.labelstudio.server.plan import Plan
from vinee.labelstudio.server.process import PortTakenError, RunningServer
from vinee.labelstudio.server.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vinee.labelstudio.server.plan import Wishes

_TRIES = 3
_OTHERS = 0o077


@contextmanager
def running(wishes: Wishes, waiting: Waiting | None = None) -> Iterator[RunningServer]:
    """Start a server, and end it when the block is left.

    Args:
        wishes: What it is to be like.
        waiting: Says what happens, and waits.

    Raises:
        ServerError: The port or the data folder is in use, an address, a password or a key is
            none, the environment cannot be made, or the server does not start.
    """
    waiting = waiting or Waiting()
    data = wishes.data.expanduser().absolute()
    _prepare(data, waiting)
    with locking.opened(data / "server.lock") as lock:
        if not locking.taken(lock):
            raise ServerError(
                f"a server runs on {data} (process {printable(locking.noted(lock))}); "
                "use or end that, or name another folder with --data"
            )
        # What can be refused is refused before a gigabyte is installed.
        plan = _planned(wishes, data, waiting)
        program = environment.ensure(wishes.environment, waiting)
        server = RunningServer(plan, program, lock, wishes.timeout, waiting)
        waiting.say(f"starting Label Studio {environment.VERSION}; the first start takes a minute")
        try:
            _start(server, wishes)
            waiting.progress("")
            _tell_of_key(server, waiting)
            yield server
        finally:
            server.stop()


def _planned(wishes: Wishes, data: Path, waiting: Waiting) -> Plan:
    where = address.choose(wishes.host, wishes.port)
    if wishes.database is None:
        kept = database.sqlite(data)
    else:
        kept = database.postgresql(wishes.database, os.environ)
    who = credentials.ensure(data / "credentials", wishes.user, os.environ, waiting)
    return Plan(data, where, who, kept, wishes.allow_local_backends)


def _prepare(data: Path, waiting: Waiting) -> None:
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if data.stat().st_mode & _OTHERS:
        waiting.say(f"other users of this machine can look into {data}; chmod 700 keeps them out")
    # Nobody commits a password by accident.
    ignored = data / ".gitignore"
    if not ignored.exists():
        ignored.write_text("*\n", encoding="utf-8")


def _start(server: RunningServer, wishes: Wishes) -> None:
    """Start it, on another port if any will do and the one that was free is taken meanwhile."""
    for _ in range(_TRIES - 1):
        try:
            server.start()
        except PortTakenError:
            if wishes.port:
                raise
            server.plan = replace(server.plan, address=address.choose(wishes.host, 0))
        else:
            return
    server.start()


def _tell_of_key(server: RunningServer, waiting: Waiting) -> None:
    """Say it if the server does not take the key, as when its user was there before."""
    known = server.plan.credentials
    refusal = asking.refusal(server.url, known.user, known.key)
    if refusal is not None:
        shown = printable(children.masked(refusal, (known.key,)))
        waiting.say(
            f"the server does not take the key in {known.key_file} ({shown}). If {known.user} was "
            "in this database before, the password too is the one of then; log in with it, and "
            "make a personal access token on the page Account & Settings"
        )
