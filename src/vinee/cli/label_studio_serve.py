"""``vinee label-studio serve``: a server of one's own."""

from __future__ import annotations

import os
import signal
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vinee.cli.options import Json
from vinee.cli.service import on_signals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from vinee.labelstudio.server.process import RunningServer
    from vinee.labelstudio.server.waiting import Waiting

_POLL = 0.5
_DATABASE_VARIABLE = "VINEE_LABEL_STUDIO_DATABASE"


def serve(
    context: typer.Context,
    data: Annotated[
        Path, typer.Option(help="Folder for all that the server keeps; made if it is not there.")
    ] = Path(".label-studio"),
    host: Annotated[
        str, typer.Option(help="Where to listen; anything but loopback lets other machines in.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 for any that is free.")] = 8080,
    user: Annotated[
        str | None,
        typer.Option(
            help="E-mail address of the first user; password and key come from "
            "LABEL_STUDIO_PASSWORD and LABEL_STUDIO_USER_TOKEN, or are generated. "
            "[admin@localhost]",
            show_default=False,
        ),
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(
            envvar=_DATABASE_VARIABLE,
            help="postgresql://USER@HOST:PORT/NAME, with the password in PGPASSWORD. "
            "[SQLite in the data folder]",
            show_default=False,
        ),
    ] = None,
    environment: Annotated[
        Path | None,
        typer.Option(
            envvar="VINEE_LABEL_STUDIO_ENV",
            help="Virtual environment of the server; made on first use (1 GB). "
            "[~/.cache/vinee/label-studio-VERSION]",
            show_default=False,
        ),
    ] = None,
    timeout: Annotated[
        float, typer.Option(help="Seconds that the server may take to start.")
    ] = 600.0,
    *,
    allow_local_backends: Annotated[
        bool,
        typer.Option(
            "--allow-local-backends",
            help="Let the server ask backends on this machine, such as `vinee label-studio "
            "backend`. It is off because it lets every user make the server ask any address "
            "inside your network.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Start a Label Studio server, print how to log in, and serve until Ctrl-C.

    Other variables that start with LABEL_STUDIO_ reach the server as they are.
    """
    from vinee.errors import ServerError
    from vinee.labelstudio.server.plan import Wishes
    from vinee.labelstudio.server.running import running

    _refuse_shown_password(context, database)
    wishes = Wishes(
        data=data,
        host=host,
        port=port,
        user=user,
        database=database,
        environment=environment,
        allow_local_backends=allow_local_backends,
        timeout=timeout,
    )
    is_up = False
    try:
        with _waiting() as waiting, running(wishes, waiting) as server:
            is_up = True
            _tell(server, as_json=as_json)
            while server.is_alive:
                waiting.pause(_POLL)
            raise server.died("while it served")
    except _StopAskedError:
        if not is_up:
            raise ServerError("stopped before the server was up; nothing is left running") from None
    typer.echo("The server has ended.", err=True)


class _StopAskedError(Exception):
    """Somebody wants the program to end."""


class _Stop:
    """Notes that the program is asked to end, and says so where that leaves no process behind."""

    asked = False

    def note(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True

    def pause(self, seconds: float) -> None:
        if not self.asked:
            time.sleep(seconds)
        if self.asked:
            raise _StopAskedError


@contextmanager
def _waiting() -> Iterator[Waiting]:
    """Show on standard error what happens; wait so that Ctrl-C and SIGTERM end a server cleanly."""
    from rich.console import Console

    from vinee.labelstudio.server.waiting import Waiting

    console = Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
    status = console.status("")
    stop = _Stop()

    def progress(doing: str) -> None:
        if not doing:
            status.stop()
        elif console.is_terminal:
            status.update(doing)
            status.start()

    with on_signals(stop.note, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        try:
            yield Waiting(console.print, progress, stop.pause)
        finally:
            status.stop()


def _refuse_shown_password(context: typer.Context, database: str | None) -> None:
    """Refuse a password in the arguments, where every user of the machine sees it."""
    from vinee.errors import ServerError
    from vinee.labelstudio.server.database import has_password

    source = context.get_parameter_source("database")
    shown = source is not None and source.name == "COMMANDLINE"
    if database and shown and has_password(database):
        raise ServerError(
            "other users of this machine see a password in --database; give it in PGPASSWORD, or "
            f"the whole address in {_DATABASE_VARIABLE}"
        )


def _tell(server: RunningServer, *, as_json: bool) -> None:
    if as_json:
        _tell_program(server)
    else:
        _tell_person(server)


def _tell_program(server: RunningServer) -> None:
    import json

    known = server.plan.credentials
    told = {
        "url": server.url,
        "user": server.user,
        "password_file": str(known.password_file),
        "key_file": str(known.key_file),
        "data": str(server.plan.data),
        "log": str(server.log),
        "pid": os.getpid(),
        "server_pid": server.pid,
    }
    typer.echo(json.dumps(told, ensure_ascii=False))


def _tell_person(server: RunningServer) -> None:
    from shlex import quote

    from vinee.labelstudio.server.environment import VERSION

    plan = server.plan
    typer.echo(f"""\
Label Studio {VERSION} is up: {server.url}
Log in as {server.user}; the password is in {plan.credentials.password_file}
Annotators get accounts by the invitation link: page Organization, button Add Members.
Data: {plan.data} ({plan.database.shown}); log: {server.log}
For other commands (the key is in {plan.credentials.key_file}):
  export LABEL_STUDIO_URL={server.url}
  export LABEL_STUDIO_API_KEY="$(cat {quote(str(plan.credentials.key_file))})"
End it with Ctrl-C, or: kill {os.getpid()}""")
    if not plan.address.is_loopback:
        typer.echo(
            f"Warning: every machine that reaches {plan.address.host} can open this server, and "
            "passwords go over the network as they are; put a proxy with HTTPS before it.",
            err=True,
        )
